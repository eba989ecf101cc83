package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import java.util.List;

/**
 * What to label next.
 *
 * @param rows the examples for which another label is worth most, at most {@value #MAX_ROWS}
 */
public record NextFigures(List<Row> rows) {

    public static final int MAX_ROWS = 50;

    /** Of a run without scores. */
    public static final NextFigures NONE = new NextFigures(List.of());

    /** An example, its annotations so far, its consensus (empty: none), what the models say, and its score. */
    public record Row(String example, long annotations, String consensus, ModelLabel model, double score) {}
}
