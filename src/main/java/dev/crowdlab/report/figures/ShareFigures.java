package dev.crowdlab.report.figures;

import java.util.List;

/**
 * How many examples are of each class, in the whole dataset.
 *
 * @param rows a row for each class, the greatest share first; empty: the run stored none
 * @param examples how many labeled examples there are
 * @param gold how many of them have gold that counts as drawn at random
 * @param more how many more gold labels would halve the intervals; 0 where nothing was corrected
 * @param reason why nothing was corrected; empty: it was
 * @param isSample whether gold counts only as far as it was asked for in the order of a sample
 * @param periods how many periods have shares of their own
 */
public record ShareFigures(
        List<Row> rows, long examples, long gold, long more, String reason, boolean isSample, long periods) {

    /** For a run without gold, or of an earlier version. */
    public static final ShareFigures NONE = new ShareFigures(List.of(), 0, 0, 0, "", false, 0);

    /** Lists are copied. */
    public ShareFigures {
        rows = List.copyOf(rows);
    }

    /** A class: its share of the labels, and as gold corrects it with a 90 % interval, or NaN. */
    public record Row(String label, double counted, double corrected, double lower, double upper) {

        /** Whether the counted share is outside the interval. */
        public boolean isOff() {
            return counted < lower || counted > upper;
        }

        /** How far the counted share is from the corrected one. */
        public double difference() {
            return Math.abs(counted - corrected);
        }

        /** The corrected share, or the counted one where nothing was corrected. */
        public double share() {
            return Double.isNaN(corrected) ? counted : corrected;
        }
    }
}
