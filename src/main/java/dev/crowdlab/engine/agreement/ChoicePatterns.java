package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.NotThreadSafe;

/**
 * How many examples have how many answers, and how many of them choose a class: all that agreement about the class
 * follows from. Equal to {@link dev.crowdlab.engine.Agreement} for two classes.
 */
@NotThreadSafe
public final class ChoicePatterns {

    private static final int HALF_BITS = 31;

    /** [slots] answers in the high half, the choosing ones in the low half; 0 where there is none. */
    private long[] keys = new long[64];

    private long[] counts = new long[64];
    private int size;
    private int largest;

    /**
     * Counts examples.
     *
     * @param answers how many each has, at least 1
     * @param choosing how many of these choose the class
     * @param count how many examples there are
     */
    public void add(int answers, int choosing, long count) {
        long key = ((long) answers << Integer.SIZE) | choosing;
        int slot = slot(key);
        if (keys[slot] == 0) {
            if (2 * size >= keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            size++;
            largest = Math.max(largest, answers);
        }
        counts[slot] += count;
    }

    private int slot(long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & (keys.length - 1);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new long[keys.length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != 0) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                counts[slot] = oldCounts[old];
            }
        }
    }

    private static int answers(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    private static int choosing(long key) {
        return (int) key;
    }

    /** Returns how far answers agree about the class, by a measure that compares all annotations of an example. */
    public AgreementEstimate estimate(AgreementMeasure measure) {
        ExampleAgreement whole = new ExampleAgreement(counts());
        AgreementJackknifePass jackknife = new AgreementJackknifePass(whole);
        int statistic = AgreementJackknifePass.MEASURES.indexOf(measure);
        double value = whole.value(measure);
        if (whole.comparedCount() == 0) {
            return AgreementEstimate.undefined(0, AgreementEstimate.NOTHING_COMPARED);
        }
        if (Double.isNaN(value)) {
            return AgreementEstimate.undefined(whole.comparedCount(), AgreementEstimate.ONE_CLASS);
        }
        JackknifeSums moves = moves(jackknife);
        double least = measure == AgreementMeasure.PERCENT_AGREEMENT ? 0 : -1;
        return AgreementEstimate.within(value, least, whole.comparedCount(), moves, statistic);
    }

    private JackknifeSums moves(AgreementJackknifePass jackknife) {
        JackknifeSums sums = new JackknifeSums(AgreementJackknifePass.MEASURES.size());
        int[] labels = new int[largest];
        int[] votes = new int[2];
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                for (int index = 0; index < answers(keys[slot]); index++) {
                    labels[index] = index < choosing(keys[slot]) ? 1 : 0;
                }
                jackknife.addMoves(sums, labels, answers(keys[slot]), votes, counts[slot]);
            }
        }
        return sums;
    }

    private AgreementPass.Counts counts() {
        AgreementPass.Counts all = new AgreementPass.Counts(2, largest);
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                add(all, answers(keys[slot]), choosing(keys[slot]), counts[slot]);
            }
        }
        return all;
    }

    private static void add(AgreementPass.Counts all, int answers, int choosing, long count) {
        long others = answers - (long) choosing;
        all.examplesBySize[answers] += count;
        if (answers > 1) {
            all.agreeingBySize[answers] += count * (choosing * (choosing - 1L) + others * (others - 1));
            all.comparedByClass[1] += count * choosing;
            all.comparedByClass[0] += count * others;
        }
        addShares(all.shareSums, 0, (double) others / answers, count);
        addShares(all.shareSums, 2, (double) choosing / answers, count);
    }

    /** As many additions as there are examples, at once. */
    private static void addShares(long[] sums, int index, double share, long count) {
        long fixed = FixedPoint.of(share);
        sums[index] += (fixed >>> HALF_BITS) * count;
        sums[index + 1] += (fixed & ((1L << HALF_BITS) - 1)) * count;
    }
}
