package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.NotThreadSafe;

/**
 * The counts that the shares of a data set or period follow from: C[k, l], the examples with random gold of true class k and consensus l, as its sums
 * and diagonal; L[l], all examples with consensus l. Label K stands for none: no true class, but a consensus. Filled by one thread, then only read.
 */
@NotThreadSafe
final class ShareTable {

    /** [classes + 1] g: sums over C's rows. */
    final long[] gold;
    /** [classes + 1] f: sums over C's columns. */
    final long[] goldLabels;
    /** [classes + 1] C's diagonal. */
    final long[] right;
    /** [classes + 1] L. */
    final long[] labels;
    /** n. */
    long goldCount;
    /** N. */
    long exampleCount;

    ShareTable(int classCount) {
        gold = new long[classCount + 1];
        goldLabels = new long[classCount + 1];
        right = new long[classCount + 1];
        labels = new long[classCount + 1];
    }

    /**
     * Adds a count.
     *
     * @param truth the true class; -1 to count all examples, with gold or without
     */
    void add(int truth, int label, long count) {
        if (truth < 0) {
            labels[label] += count;
            exampleCount += count;
        } else {
            gold[truth] += count;
            goldLabels[label] += count;
            right[label] += truth == label ? count : 0;
            goldCount += count;
        }
    }

    int classCount() {
        return labels.length - 1;
    }

    /**
     * Returns how far consensus labels move with gold, one number for all classes, so that shares sum to 1:
     *
     * <pre>
     *   λ = (sum of C[k, k] - sum of g_k f_k / n) / (n - sum of f_k² / n), within [0, 1]; 0 if the denominator is 0
     * </pre>
     */
    double power() {
        double n = goldCount;
        double covariance = 0;
        double products = 0;
        double squares = 0;
        for (int label = 0; label < labels.length; label++) {
            covariance += right[label];
            products += (double) gold[label] * goldLabels[label];
            squares += (double) goldLabels[label] * goldLabels[label];
        }
        double variance = n - squares / n;
        return variance > 0 ? Math.max(0, Math.min(1, (covariance - products / n) / variance)) : 0;
    }
}
