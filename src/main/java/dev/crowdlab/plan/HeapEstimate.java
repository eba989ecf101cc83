package dev.crowdlab.plan;

import java.time.Duration;

/**
 * Estimates the memory and the time that a dataset needs from its number of rows. All constants of the estimate are
 * here. The memory constants were fitted to the smallest heap (-Xmx) with which runs of the shipped program succeed;
 * memory.md has the formula, studies.md the measurements. The time constants were fitted to the runs in performance.md,
 * between 1,000 and 10,000,000 examples: the launcher, two cores, ample heap, the database on the same machine.
 */
final class HeapEstimate {

    /** A dataset of a few rows: Spring, the driver, the current blocks. */
    private static final long BASE_BYTES = 45 << 20;

    /** The columns as read, then grouped by example, then in the engine. */
    private static final double ANNOTATION_BYTES = 20;

    /** The columns as read, without the probability. */
    private static final double PREDICTION_BYTES = 14;

    /** Stored once, as read and as analyzed, plus a seventh for the young generation. */
    private static final double PROBABILITY_BYTES = 9.5;

    /**
     * An id of about 16 bytes in the annotations, the predictions and the results, and the values computed for the
     * example.
     */
    private static final double EXAMPLE_BYTES = 110;

    /** The columns in the engine, and the quality of the annotation. */
    private static final double ANALYZED_ANNOTATION_BYTES = 17;

    /** Stored once, plus a share of the young generation; as much again where there is a calibrated copy. */
    private static final double ANALYZED_PROBABILITY_BYTES = 8.75;

    /** The posteriors of the experts before and after a round, and the candidates. */
    private static final double COMMITTEE_ANNOTATION_BYTES = 60;

    /**
     * A cell of an annotator's matrix: the counts and parameters of the experts, before and after a round and in two
     * threads.
     */
    private static final double COMMITTEE_CELL_BYTES = 250;

    /** Cells of sparse matrices that an annotation brings about, at most. */
    private static final long CELLS_OF_ANNOTATION = 2;

    /** The id in the results, and the values computed for the example by CROWDLAB and ActiveLab. */
    private static final double ANALYZED_EXAMPLE_BYTES = 75;

    /** The rows of an example in three tables with their keys, assuming ids of about 16 bytes. */
    private static final long EXAMPLE_DISK_BYTES = 420;

    private static final long ANNOTATION_DISK_BYTES = 140;

    /** A row of label_posterior with its key, without the probabilities. */
    private static final long POSTERIOR_DISK_BYTES = 130;

    /** A row of soft_label with its key. */
    private static final long SOFT_LABEL_DISK_BYTES = 140;

    /** A row of label_state with its key. */
    private static final long STATE_DISK_BYTES = 110;

    /** The state of an example now and in the run before, and since when it had that. */
    private static final long STATE_BYTES = 14;

    /** Start and end of the process and of the steps. */
    private static final double BASE_SECONDS = 1.5;

    private static final double ANNOTATIONS_PER_SECOND = 800_000;
    private static final double PREDICTIONS_PER_SECOND = 6_000_000;
    private static final double PROBABILITIES_PER_SECOND = 4_300_000;

    /** Assumed if the number of annotations or probabilities per example is not known. */
    private static final int ANNOTATIONS_OF_EXAMPLE = 3;

    private static final int CLASSES = 10;

    /**
     * Runs may succeed with this share of the estimated heap, depending on how much the threads hold at the same time;
     * only less than that certainly fails.
     */
    private static final double CERTAIN_SHARE = 0.8;

    /** The planner's row count may be too high by this factor. */
    static final int PLANNER_ERROR = 3;

    private HeapEstimate() {}

    /**
     * Returns the expected size of the input.
     *
     * @param probabilities in all prediction rows
     * @param classCount 0 if not known
     */
    static InputSize expected(long annotationRows, long predictionRows, long probabilities, int classCount) {
        long examples = predictionRows == 0
                ? annotationRows / ANNOTATIONS_OF_EXAMPLE
                : probabilities / (classCount == 0 ? CLASSES : classCount);
        return new InputSize(annotationRows, predictionRows, probabilities, examples);
    }

    /**
     * The approximate heap that a run needs: to build the dataset, or to analyze it, whichever is more.
     *
     * @param isCalibrated whether the analysis calibrates, and so has a second copy of the labeled examples'
     *     probabilities
     * @param hasCommittee whether a committee is asked for, which keeps the posteriors of six experts
     * @param cells of its matrices, see {@link #committeeCells}; 0 without a committee, or if not known
     */
    static long heapBytes(InputSize size, boolean isCalibrated, boolean hasCommittee, long cells) {
        return heapBytes(size, isCalibrated ? 1 : 0, hasCommittee, cells);
    }

    /**
     * The same.
     *
     * @param copies how many calibrated copies of the labeled examples' probabilities there are at a time, from 0 to 2
     */
    static long heapBytes(InputSize size, int copies, boolean hasCommittee, long cells) {
        return copies > 0 || hasCommittee
                ? Math.max(
                        buildingBytes(size),
                        analysisBytes(size, copies, hasCommittee) + (long) (COMMITTEE_CELL_BYTES * cells))
                : buildingBytes(size);
    }

    /**
     * Returns how many cells the annotators' matrices have: all pairs of classes, or those that occur where these are
     * fewer.
     *
     * @param classCount 0 if not known
     */
    static long committeeCells(long annotators, long annotationRows, int classCount) {
        long classes = classCount == 0 ? CLASSES : classCount;
        return Math.min(annotators * classes * classes, CELLS_OF_ANNOTATION * annotationRows);
    }

    private static long analysisBytes(InputSize size, int copies, boolean hasCommittee) {
        double labeledShare =
                size.annotationRows() < size.examples() ? (double) size.annotationRows() / size.examples() : 1;
        double annotationBytes = ANALYZED_ANNOTATION_BYTES + (hasCommittee ? COMMITTEE_ANNOTATION_BYTES : 0);
        return (long) (BASE_BYTES
                + annotationBytes * size.annotationRows()
                + ANALYZED_PROBABILITY_BYTES * (1 + copies * labeledShare) * size.probabilities()
                + ANALYZED_EXAMPLE_BYTES * size.examples());
    }

    private static long buildingBytes(InputSize size) {
        return (long) (BASE_BYTES
                + ANNOTATION_BYTES * size.annotationRows()
                + PREDICTION_BYTES * size.predictionRows()
                + PROBABILITY_BYTES * size.probabilities()
                + EXAMPLE_BYTES * size.examples());
    }

    /** The heap below which every run with at least that many rows fails. */
    static long certainHeapBytes(InputSize counted) {
        return (long) (CERTAIN_SHARE * buildingBytes(counted));
    }

    /** The disk space that the tables of a run take on the server while they are kept. */
    static long diskBytes(InputSize size) {
        return EXAMPLE_DISK_BYTES * size.examples() + ANNOTATION_DISK_BYTES * size.annotationRows();
    }

    /**
     * The disk space that the posterior takes.
     *
     * @param classCount 0 if not known
     */
    static long posteriorDiskBytes(InputSize size, int classCount) {
        long labeled = Math.min(size.examples(), size.annotationRows());
        return labeled * (POSTERIOR_DISK_BYTES + (long) Double.BYTES * (classCount == 0 ? CLASSES : classCount));
    }

    /**
     * The disk space that soft labels take.
     *
     * @param classCount 0 if not known
     */
    static long softLabelDiskBytes(InputSize size, int classCount) {
        long labeled = Math.min(size.examples(), size.annotationRows());
        return labeled * SOFT_LABEL_DISK_BYTES * (classCount == 0 ? CLASSES : classCount);
    }

    /** The disk space that the states of labeled examples take. */
    static long stateDiskBytes(InputSize size) {
        return STATE_DISK_BYTES * Math.min(size.examples(), size.annotationRows());
    }

    /** The heap that the states of labeled examples take. */
    static long stateBytes(InputSize size) {
        return STATE_BYTES * Math.min(size.examples(), size.annotationRows());
    }

    /** The expected duration of a run. */
    static Duration duration(InputSize size) {
        return Duration.ofSeconds(Math.round(BASE_SECONDS
                + size.annotationRows() / ANNOTATIONS_PER_SECOND
                + size.predictionRows() / PREDICTIONS_PER_SECOND
                + size.probabilities() / PROBABILITIES_PER_SECOND));
    }
}
