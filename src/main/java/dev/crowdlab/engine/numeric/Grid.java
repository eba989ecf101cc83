package dev.crowdlab.engine.numeric;

/**
 * Numbers as integers in units of 2^-30, for sums that do not depend on their order. A number is rounded to the closest
 * unit. Sums of posteriors fit into one long; a sum of logarithms is kept in two, the high part and the low 31 bits of
 * each addend apart, so that it merges by addition, too. Safe for use by many threads.
 */
public final class Grid {

    /** Units per 1 are a power of 2, this one. */
    public static final int BITS = 30;

    /** Units per 1. */
    public static final double SCALE = 0x1p30;

    /** The size of a unit. */
    public static final double UNIT = 0x1p-30;

    private static final int LOW_BITS = 31;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;

    private Grid() {}

    /**
     * Returns the number in units.
     *
     * @param value between -2^32 and 2^32
     */
    public static long of(double value) {
        return (long) Math.rint(value * SCALE);
    }

    /**
     * Adds a number to a sum of up to 2^31.
     *
     * @param sums written into at {@code index} (high part) and {@code index + 1} (low part)
     * @param units what {@link #of} returned
     */
    public static void add(long[] sums, int index, long units) {
        sums[index] += units >> LOW_BITS;
        sums[index + 1] += units & LOW_MASK;
    }

    /**
     * Adds a number to a sum several times, up to 2^31 in all.
     *
     * @param sums written into at {@code index} (high part) and {@code index + 1} (low part)
     * @param units what {@link #of} returned
     */
    public static void add(long[] sums, int index, long units, long times) {
        sums[index] += times * (units >> LOW_BITS);
        sums[index + 1] += times * (units & LOW_MASK);
    }

    /** Returns the sum from its two parts. */
    public static double value(long high, long low) {
        long carried = high + (low >>> LOW_BITS);
        return carried * 2.0 + (low & LOW_MASK) * UNIT;
    }
}
