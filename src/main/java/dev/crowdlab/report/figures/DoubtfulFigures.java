package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import java.util.List;
import java.util.Map;

/**
 * Single annotations that consensus and models speak against, the least quality first.
 *
 * @param rows at most {@value #MAX_ROWS}, of one annotator at most {@value #MAX_OF_ONE}
 * @param left how many annotations of an annotator were left out that are worse than the last row
 */
public record DoubtfulFigures(List<Row> rows, Map<String, Long> left) {

    public static final int MAX_ROWS = 50;
    public static final int MAX_OF_ONE = 10;

    /** For a run whose rows were removed. */
    public static final DoubtfulFigures NONE = new DoubtfulFigures(List.of(), Map.of());

    /** An annotation: who gave which label to which example, its quality, the consensus, and what the models say. */
    public record Row(
            String example, String annotator, String given, double quality, String consensus, ModelLabel model) {}
}
