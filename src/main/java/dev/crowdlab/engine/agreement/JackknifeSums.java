package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Mergeable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Sums over examples of how far some statistics move if one example is left out, and of the squares of that: exact sums
 * of the moves rounded to multiples of 2^-48, so that their order does not matter.
 */
public final class JackknifeSums implements Mergeable<JackknifeSums> {

    private static final int BITS = 48;
    private static final double SCALE = 1L << BITS;
    private static final int HALF_BITS = 32;
    private static final long LOW_MASK = (1L << HALF_BITS) - 1;

    private static final int MOVES = 0;
    private static final int SQUARES = 2;
    private static final int COUNT = 5;
    private static final int UNDEFINED = 6;
    private static final int COLUMNS = 7;

    /**
     * [statistics × 7] the sum of the moves in two parts, that of the squares in three, the lower ones without sign and
     * of 32 bits; how many moves; without how many examples the statistic is undefined.
     */
    private final long[] sums;

    JackknifeSums(int statisticCount) {
        sums = new long[COLUMNS * statisticCount];
    }

    /**
     * Adds examples without each of which the statistic moves by the same.
     *
     * @param move the statistic without one of them minus the statistic, in [-2, 2]; NaN if it is undefined without
     * @param count how many there are
     */
    void addMoves(int statistic, double move, long count) {
        int row = COLUMNS * statistic;
        sums[row + COUNT] += count;
        if (Double.isNaN(move)) {
            sums[row + UNDEFINED] += count;
            return;
        }
        long rounded = Math.round(move * SCALE);
        sums[row + MOVES] += (rounded >> HALF_BITS) * count;
        sums[row + MOVES + 1] += (rounded & LOW_MASK) * count;
        long low = rounded * rounded;
        sums[row + SQUARES] += Math.multiplyHigh(rounded, rounded) * count;
        sums[row + SQUARES + 1] += (low >>> HALF_BITS) * count;
        sums[row + SQUARES + 2] += (low & LOW_MASK) * count;
    }

    @Override
    public void add(JackknifeSums other) {
        Mergeable.add(sums, other.sums);
    }

    /** Returns whether the statistic is defined whichever example is left out, and there are two or more. */
    public boolean isDefined(int statistic) {
        return sums[COLUMNS * statistic + UNDEFINED] == 0 && sums[COLUMNS * statistic + COUNT] > 1;
    }

    /**
     * Returns the standard error: the root of (n - 1) / n × the sum of squared deviations of the moves from their mean.
     */
    public double standardError(int statistic) {
        int row = COLUMNS * statistic;
        BigInteger count = BigInteger.valueOf(sums[row + COUNT]);
        BigInteger moves = joined(BigInteger.valueOf(sums[row + MOVES]), sums[row + MOVES + 1]);
        BigInteger squares = joined(
                joined(BigInteger.valueOf(sums[row + SQUARES]), sums[row + SQUARES + 1]), sums[row + SQUARES + 2]);
        double deviations = new BigDecimal(count.multiply(squares).subtract(moves.multiply(moves))).doubleValue();
        double examples = sums[row + COUNT];
        return Math.sqrt((examples - 1) * deviations) / examples / SCALE;
    }

    private static BigInteger joined(BigInteger high, long low) {
        return high.shiftLeft(HALF_BITS).add(BigInteger.valueOf(low));
    }
}
