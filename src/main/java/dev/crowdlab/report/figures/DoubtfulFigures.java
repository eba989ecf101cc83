package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import java.util.List;
import java.util.Map;

/**
 * Single annotations that consensus and models speak against, by example; the example with the least quality first.
 *
 * @param rows at most {@value #MAX_ROWS} examples, with at most {@value #MAX_OF_ONE} annotations of one annotator
 * @param left how many annotations of an annotator were left out that are worse than the last one shown
 */
public record DoubtfulFigures(List<Row> rows, Map<String, Long> left) {

    public static final int MAX_ROWS = 50;
    public static final int MAX_LABELS = 150;
    public static final int MAX_OF_ONE = 10;

    /** For a run whose rows were removed. */
    public static final DoubtfulFigures NONE = new DoubtfulFigures(List.of(), Map.of());

    /** An example: its consensus, what the models say, and the annotations that are doubtful, the worst first. */
    public record Row(String example, String consensus, ModelLabel model, List<Doubt> doubts) {

        /** The least quality. */
        public double quality() {
            return doubts.get(0).quality();
        }
    }

    /** An annotation: who gave which label, and its quality. */
    public record Doubt(String annotator, String given, double quality) {}
}
