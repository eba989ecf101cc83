package dev.crowdlab.engine.share;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.SparseCounts;
import java.util.Arrays;

/**
 * How often each class is the consensus, by period, and of the examples with random gold how often by true class: integers, as many as occur. In
 * addition exact sums of the qualities P, of all and of those with gold, and the qualities of the latter one by one.
 */
@NotThreadSafe
public final class ShareCounts implements Mergeable<ShareCounts> {

    private static final int SQUARES = 2;
    private static final int OF_GOLD = 4;
    private static final int FIRST_CAPACITY = 16;

    /** Below this all qualities are the same but for rounding. */
    private static final double MIN_ERROR = 1e-8;

    private final int classCount;
    /** By period, true class (0: labels of all, k + 1: gold of class k), and consensus class. */
    private final SparseCounts counts = new SparseCounts(1);
    /** [6] sums of P, of P², and of P where there is gold, in two halves each. */
    private final long[] moments = new long[6];
    /** [2] examples, and those of them with gold whose consensus is right. */
    private final long[] totals = new long[2];
    /** [examples with gold] P, and room for more. */
    private double[] goldQualities = new double[FIRST_CAPACITY];

    private int goldCount;

    ShareCounts(Dimensions dimensions) {
        classCount = dimensions.classCount();
    }

    /**
     * Counts an example.
     *
     * @param period from 0 on; -1 for none
     * @param label its consensus; the number of classes for none
     */
    void addExample(int period, int label, double quality) {
        counts.add(key(period, 0, label), 1);
        long fixed = FixedPoint.of(quality);
        FixedPoint.add(moments, 0, fixed);
        FixedPoint.add(moments, SQUARES, FixedPoint.of(quality * quality));
        totals[0] += 1;
    }

    /** Counts the gold of an example that was counted. */
    void addGold(int period, int truth, int label, double quality) {
        counts.add(key(period, truth + 1, label), 1);
        FixedPoint.add(moments, OF_GOLD, FixedPoint.of(quality));
        totals[1] += truth == label ? 1 : 0;
        makeRoom(1);
        goldQualities[goldCount++] = quality;
    }

    private long key(int period, int row, int label) {
        return ((period + 1L) * (classCount + 1) + row) * (classCount + 1) + label;
    }

    private void makeRoom(int count) {
        if (goldCount + count > goldQualities.length) {
            goldQualities = Arrays.copyOf(goldQualities, 2 * (goldCount + count));
        }
    }

    @Override
    public void add(ShareCounts other) {
        counts.add(other.counts);
        Mergeable.add(moments, other.moments);
        Mergeable.add(totals, other.totals);
        makeRoom(other.goldCount);
        System.arraycopy(other.goldQualities, 0, goldQualities, goldCount, other.goldCount);
        goldCount += other.goldCount;
    }

    /**
     * Returns the tables of the data set and of all periods.
     *
     * @param periodCount greater than every period
     */
    ShareTable[] tables(int periodCount) {
        ShareTable[] tables = new ShareTable[periodCount + 1];
        Arrays.setAll(tables, index -> new ShareTable(classCount));
        for (int row = 0; row < counts.rowCount(); row++) {
            long key = counts.key(row);
            int label = (int) (key % (classCount + 1));
            int truth = (int) (key / (classCount + 1) % (classCount + 1)) - 1;
            int period = (int) (key / (classCount + 1) / (classCount + 1));
            if (period > periodCount) {
                throw new IllegalArgumentException(
                        "an example is of period " + (period - 1) + "; there are only " + periodCount + " from 0 on");
            }
            tables[0].add(truth, label, counts.count(row, 0));
            if (period > 0) {
                tables[period].add(truth, label, counts.count(row, 0));
            }
        }
        return tables;
    }

    /** Returns the number of examples with random gold. */
    public int goldCount() {
        return goldCount;
    }

    /** Returns how many of them have the right consensus. */
    public long rightCount() {
        return totals[1];
    }

    /** Returns their qualities, ascending, in an array of the caller's own. */
    public double[] goldQualities() {
        double[] sorted = Arrays.copyOf(goldQualities, goldCount);
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * Returns how far the mean quality of the examples with gold is from that of all,
     *
     * <pre>
     *   z = (mean P of gold - mean P of all) / sqrt(var(P) / n × (1 - n / N))
     * </pre>
     *
     * <p>about standard normal where n examples were drawn at random from N; 0 where P is the same everywhere or all have gold; NaN without gold.
     */
    public double randomness() {
        long exampleCount = totals[0];
        double mean = FixedPoint.mean(moments[0], moments[1], exampleCount);
        double variance = FixedPoint.mean(moments[SQUARES], moments[SQUARES + 1], exampleCount) - mean * mean;
        double ofGold = FixedPoint.mean(moments[OF_GOLD], moments[OF_GOLD + 1], goldCount);
        double error = Math.sqrt(Math.max(0, variance) / goldCount * (1 - (double) goldCount / exampleCount));
        if (goldCount == 0) {
            return Double.NaN;
        }
        return error > MIN_ERROR ? (ofGold - mean) / error : 0;
    }
}
