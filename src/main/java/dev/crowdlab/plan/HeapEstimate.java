package dev.crowdlab.plan;

import java.time.Duration;

/**
 * The memory and the time that a dataset takes, by its rows. All constants of the estimate are here. Those of memory were fitted
 * to the least heap (-Xmx) with which runs of the program as shipped succeed; operations.md has the figures and the formula. Those
 * of time were fitted to the runs in performance.md, between 1,000 and 10,000,000 examples: the launcher, two cores, ample heap, the
 * database on the same machine.
 */
public final class HeapEstimate {

    /** A dataset of a few rows: Spring, the driver, the blocks under way. */
    private static final long BASE_BYTES = 45 << 20;

    /** The columns as read, then grouped by example, and the engine's. */
    private static final double ANNOTATION_BYTES = 20;

    /** The columns as read, without the probability. */
    private static final double PREDICTION_BYTES = 14;

    /** Once, as read and as analysed; and a seventh of it, where the young objects are. */
    private static final double PROBABILITY_BYTES = 9.5;

    /** Its id, of some 16 bytes, among the annotations, the predictions and the results, and what is computed of it. */
    private static final double EXAMPLE_BYTES = 110;

    /** Its rows in three tables and their keys; those of the annotation in one. The ids of both have some 16 and 4 bytes. */
    private static final long EXAMPLE_DISK_BYTES = 420;

    private static final long ANNOTATION_DISK_BYTES = 140;

    /** Start and end of the process and of the steps. */
    private static final double BASE_SECONDS = 1.5;

    private static final double ANNOTATIONS_PER_SECOND = 800_000;
    private static final double PREDICTIONS_PER_SECOND = 6_000_000;
    private static final double PROBABILITIES_PER_SECOND = 4_300_000;

    /** Where nothing tells how many annotations, or probabilities, an example has. */
    private static final int ANNOTATIONS_OF_EXAMPLE = 3;

    private static final int CLASSES = 10;

    /** The rest is not certain: some runs succeed with so much less, as luck has it with what the threads hold at a time. */
    private static final double CERTAIN_SHARE = 0.8;

    /** How many times fewer than the planner believes the rows of a table may be. */
    static final int PLANNER_ERROR = 3;

    private HeapEstimate() {}

    /**
     * What is to be expected of so many rows.
     *
     * @param probabilities in all prediction rows
     * @param classCount 0: not known
     */
    static InputSize expected(long annotationRows, long predictionRows, long probabilities, int classCount) {
        long examples = predictionRows == 0
                ? annotationRows / ANNOTATIONS_OF_EXAMPLE
                : probabilities / (classCount == 0 ? CLASSES : classCount);
        return new InputSize(annotationRows, predictionRows, probabilities, examples);
    }

    /** The heap that a run needs, about. */
    public static long heapBytes(InputSize size) {
        return (long) (BASE_BYTES
                + ANNOTATION_BYTES * size.annotationRows()
                + PREDICTION_BYTES * size.predictionRows()
                + PROBABILITY_BYTES * size.probabilities()
                + EXAMPLE_BYTES * size.examples());
    }

    /** The heap without which no run of a dataset with at least so many rows succeeds. */
    static long certainHeapBytes(InputSize counted) {
        return (long) (CERTAIN_SHARE * heapBytes(counted));
    }

    /** What the tables of a run take of the server's disk, as long as they are kept. */
    static long diskBytes(InputSize size) {
        return EXAMPLE_DISK_BYTES * size.examples() + ANNOTATION_DISK_BYTES * size.annotationRows();
    }

    /** The time that a run takes. */
    static Duration duration(InputSize size) {
        return Duration.ofSeconds(Math.round(BASE_SECONDS
                + size.annotationRows() / ANNOTATIONS_PER_SECOND
                + size.predictionRows() / PREDICTIONS_PER_SECOND
                + size.probabilities() / PROBABILITIES_PER_SECOND));
    }
}
