package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How all annotators together confuse classes: G[k, l] is the share of label l where class k is true,
 *
 * <pre>
 *   G[k, l] is proportional to  sum over m of c_m[k, l] + u (1 + (K - 1) [k = l]),  u = min(2 K - 1, 31) / (2 K - 1)
 * </pre>
 *
 * <p>with K the number of classes, and one more if anybody abstains, which is a label l like any other and no class k. G is kept as its
 * diagonal and, off it, the pattern of errors G[k, l] / (1 - G[k, k]). A pair of classes that does not
 * occur has the pattern of its class alone, so that pairs are not kept all. Immutable.
 */
final class PooledConfusion implements Serializable {

    private static final double MAX_UNIFORM = 31;

    private final PooledLayout layout;
    private final int answerKinds;
    /** [classes] the diagonal, in (0, 1). */
    private final double[] hits;
    /** [pairs] of a true class and another one: the pattern. */
    private final double[] misses;
    /** [classes] the pattern of a pair that does not occur. */
    private final double[] others;

    /**
     * Sums up.
     *
     * @param cells [cells] counts in units of 2^-30; not modified
     */
    PooledConfusion(CommitteeInput input, long[] cells) {
        layout = input.pooledLayout;
        long[] sums = sums(input, cells);
        int classCount = layout.classCount();
        answerKinds = input.layout.answerKinds();
        long[] hitSums = new long[classCount];
        long[] missSums = new long[classCount];
        for (int pair = 0; pair < sums.length; pair++) {
            int label = layout.label(pair);
            long[] ofKind = layout.given(pair) == label ? hitSums : missSums;
            ofKind[label] += sums[pair];
        }
        double uniform = Math.min(2.0 * answerKinds - 1, MAX_UNIFORM) / (2.0 * answerKinds - 1);
        double[] missTotals = new double[classCount];
        hits = new double[classCount];
        others = new double[classCount];
        for (int label = 0; label < classCount; label++) {
            double hit = hitSums[label] * Grid.UNIT + uniform * answerKinds;
            missTotals[label] = missSums[label] * Grid.UNIT + uniform * (answerKinds - 1);
            hits[label] = hit / (hit + missTotals[label]);
            others[label] = uniform / missTotals[label];
        }
        misses = new double[sums.length];
        for (int pair = 0; pair < sums.length; pair++) {
            misses[pair] = (sums[pair] * Grid.UNIT + uniform) / missTotals[layout.label(pair)];
        }
    }

    private static long[] sums(CommitteeInput input, long[] cells) {
        CellLayout layout = input.layout;
        long[] sums = new long[input.pooledLayout.pairCount()];
        for (int group = 0; group < layout.groupCount(); group++) {
            int given = layout.given(group);
            for (int cell = layout.firstCell(group); cell < layout.firstCell(group + 1); cell++) {
                sums[input.pooledLayout.pair(cell, given, layout.label(cell))] += cells[cell];
            }
        }
        return sums;
    }

    /** Returns G[k, k], in (0, 1). */
    double hit(int label) {
        return hits[label];
    }

    /** Returns the share of errors where the pair's class is true that give the pair's other class. */
    double miss(int pair) {
        return misses[pair];
    }

    /**
     * Returns [given classes] the mean of the pattern over the other true classes.
     *
     * @param weights [classes] of the true classes; not modified
     */
    double[] meanMisses(double[] weights) {
        double uniform = 0;
        double total = 0;
        for (int label = 0; label < weights.length; label++) {
            uniform += weights[label] * others[label];
            total += weights[label];
        }
        double[] means = new double[answerKinds];
        Arrays.fill(means, uniform);
        for (int label = 0; label < weights.length; label++) {
            means[label] = uniform - weights[label] * others[label];
        }
        for (int pair = 0; pair < misses.length; pair++) {
            int label = layout.label(pair);
            int given = layout.given(pair);
            if (label != given) {
                means[given] += weights[label] * (misses[pair] - others[label]);
            }
        }
        for (int given = 0; given < means.length; given++) {
            means[given] /= given < weights.length ? total - weights[given] : total;
        }
        return means;
    }
}
