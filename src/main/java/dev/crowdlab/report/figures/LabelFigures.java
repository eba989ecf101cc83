package dev.crowdlab.report.figures;

import java.util.List;

/**
 * The consensus labels as a whole.
 *
 * @param bins examples by quality, in {@value #BINS} steps from 0 to 1; empty: the rows were removed
 * @param byAnnotations examples by number of annotations: 0, 1, …, {@value #MAX_ANNOTATIONS} and more
 * @param overlapping examples with two or more annotations
 * @param below examples whose quality is below {@value #THRESHOLD}
 * @param mostAnnotations the most annotations that an example has
 */
public record LabelFigures(
        List<Long> bins, List<Long> byAnnotations, long overlapping, long below, long mostAnnotations) {

    public static final int BINS = 20;
    public static final int MAX_ANNOTATIONS = 12;
    public static final double THRESHOLD = 0.5;

    /** For a run whose rows were removed. */
    public static final LabelFigures NONE = new LabelFigures(List.of(), List.of(), 0, 0, 0);
}
