package dev.crowdlab.engine.numeric;

/**
 * Scores in [0, 1] as integers, in units of 2^-62, for sums that do not depend on their order. A score of at least 2^-9
 * is represented exactly, a smaller one to less than 2^-62. A sum is kept in two longs, the high and the low 31 bits of
 * each addend apart, so that 2^32 scores fit and sums merge by addition.
 */
public final class FixedPoint {

    private static final int HALF_BITS = 31;
    private static final long LOW_MASK = (1L << HALF_BITS) - 1;
    private static final double SCALE = 0x1p62;
    private static final double HIGH_UNIT = 0x1p-31;
    private static final double LOW_UNIT = 0x1p-62;

    private FixedPoint() {}

    /** Returns the score in units of 2^-62, cut off below. */
    public static long of(double score) {
        return (long) (score * SCALE);
    }

    /**
     * Adds one score to a sum.
     *
     * @param sums written into at {@code index} (high half) and {@code index + 1} (low half)
     * @param fixedScore what {@link #of} returned
     */
    public static void add(long[] sums, int index, long fixedScore) {
        sums[index] += fixedScore >>> HALF_BITS;
        sums[index + 1] += fixedScore & LOW_MASK;
    }

    /** Returns the mean of {@code count} scores from the two halves of their sum; NaN if there are none. */
    public static double mean(long high, long low, long count) {
        long carried = high + (low >>> HALF_BITS);
        return (carried * HIGH_UNIT + (low & LOW_MASK) * LOW_UNIT) / count;
    }

    /** Compares two sums exactly, given by their halves. */
    public static int compare(long high, long low, long otherHigh, long otherLow) {
        int highOrder = Long.compare(high + (low >>> HALF_BITS), otherHigh + (otherLow >>> HALF_BITS));
        return highOrder != 0 ? highOrder : Long.compare(low & LOW_MASK, otherLow & LOW_MASK);
    }

    /** Returns a sum minus another, given by their halves, rounded once for each half. */
    public static double difference(long high, long low, long otherHigh, long otherLow) {
        return (high - otherHigh) * HIGH_UNIT + (low - otherLow) * LOW_UNIT;
    }
}
