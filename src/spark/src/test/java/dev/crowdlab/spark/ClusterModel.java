package dev.crowdlab.spark;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a run on a cluster would take, by rates that were measured on two cores, and where more executors stop to help. A model,
 * not a measurement: {@code cluster.md} has its assumptions.
 *
 * @param shape of the data
 * @param executors of {@link #CORES} cores each
 */
record ClusterModel(Shape shape, int executors) {

    /** Cores of an executor, and of PostgreSQL's server. */
    static final int CORES = 16;

    private static final double MICRO = 1e-6;

    /** Of the server's processors for a row that COPY sends, and for one that a reader skips because another reads it. */
    private static final double READ_ROW = 0.5 * MICRO;

    private static final double SKIPPED_ROW = 0.047 * MICRO;

    /** Of an executor's processors, for an example of three annotations and one model of ten classes. */
    private static final double BUILT_EXAMPLE = 0.7 * MICRO;

    private static final double ANALYZED_EXAMPLE = 1.3 * MICRO;

    /** Jobs of Spark in a run, and what each takes on a cluster however little there is to do. */
    private static final int JOBS = 40;

    private static final double JOB = 0.5;

    /** Counts that are sent, read and added up, bytes per second of one core. */
    private static final double MERGED_BYTES = 190e6;

    /** Bytes for an annotator, over all passes that count by annotator; for a pair with a class where predictions are adjusted. */
    private static final double ANNOTATOR_BYTES = 24 + 32 + 16;

    private static final double PAIR_BYTES = 24;

    /** Of the server's processors for a row that COPY stores; of one session for its key, and for its digest. */
    private static final double STORED_ROW = 0.5 * MICRO;

    private static final double KEY_ROW = 0.64 * MICRO;
    private static final double DIGEST_ROW = 0.96 * MICRO;

    /**
     * The shape of data.
     *
     * @param examples with one row of predictions each
     * @param annotations of all examples
     * @param annotators who gave them
     * @param classes they choose from
     * @param isAdjusted whether the confidence of each annotator in each class is counted
     */
    record Shape(long examples, long annotations, long annotators, int classes, boolean isAdjusted) {

        /** Rows of the large tables: consensus, an alternative and ActiveLab for each example, quality for each annotation. */
        long resultRows() {
            return 3 * examples + annotations;
        }
    }

    private int cores() {
        return executors * CORES;
    }

    /** Reads by as many readers as the server has cores; each skips the rows of the others. */
    double read() {
        long rows = shape.examples + shape.annotations;
        int readers = Math.min(CORES, cores());
        return rows * READ_ROW / readers + rows * SKIPPED_ROW;
    }

    /** Builds and analyzes the examples. */
    double analyze() {
        return JOBS * JOB + shape.examples * (BUILT_EXAMPLE + ANALYZED_EXAMPLE) / cores();
    }

    /** Bytes that a task sends of all passes together, if every annotator occurs in every part. */
    double countedBytes() {
        double pairs =
                shape.isAdjusted ? PAIR_BYTES * Math.min(shape.annotators * shape.classes, shape.annotations) : 0;
        return ANNOTATOR_BYTES * shape.annotators + pairs;
    }

    /** Bytes that reach the driver at once, from the last level of the tree. */
    double driverBytes() {
        return Math.ceil(Math.sqrt(cores())) * countedBytes();
    }

    /** Adds counts up: the square root of the tasks in the executors, then as many at the driver. */
    double merge() {
        return 2 * driverBytes() / MERGED_BYTES;
    }

    /** Stores the rows, as many at a time as the server has cores. */
    double store() {
        return shape.resultRows() * STORED_ROW / Math.min(CORES, cores());
    }

    /** Builds keys and reads the tables back for their digests, one session for each table at the same time. */
    double complete() {
        return Math.max(shape.examples, shape.annotations) * (KEY_ROW + DIGEST_ROW);
    }

    double seconds() {
        return read() + analyze() + merge() + store() + complete();
    }

    /**
     * Distributes examples to parts by a hash, as the program does.
     *
     * @param sizes [examples] annotations of each
     * @return the annotations of the largest part over those of the mean one, at least 1: by so much longer a pass takes
     */
    static double skew(int[] sizes, int parts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] loads = new long[parts];
        for (int size : sizes) {
            loads[random.nextInt(parts)] += size;
        }
        return Arrays.stream(loads).max().orElseThrow()
                / Arrays.stream(loads).average().orElseThrow();
    }
}
