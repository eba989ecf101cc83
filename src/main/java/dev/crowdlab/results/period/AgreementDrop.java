package dev.crowdlab.results.period;

/**
 * How much less an annotator agrees with the consensus than before: the share of all labels of the last {@value
 * #RECENT_PERIODS} periods that equal the consensus label, compared with that of up to {@value #EARLIER_PERIODS}
 * periods before them. Two periods and not one, since one often holds too few labels to tell.
 *
 * <p>A drop is called a drift if it exceeds three standard errors, {@code sqrt(q (1 - q) (1/n + 1/m))}, with q halfway
 * between the two shares, n recent labels, at least {@value #MIN_RECENT}, and m earlier ones, at least {@value
 * #MIN_EARLIER}. Halfway q lies nearer to 1/2 than the share of all labels does, so that two errors in a row by an
 * annotator who hardly errs are not enough.
 */
public final class AgreementDrop {

    static final int RECENT_PERIODS = 2;
    static final int EARLIER_PERIODS = 8;
    static final long MIN_RECENT = 10;
    static final long MIN_EARLIER = 20;

    private static final double STANDARD_ERRORS = 3;

    private final long recentCount;
    private final long earlierCount;
    private final double recentShare;
    private final double earlierShare;

    /**
     * Looks back from a period of an annotator.
     *
     * @param counts labels of each period, not modified
     * @param agreeing how many of them equal the consensus label, not modified
     * @param first the annotator's first period
     * @param last the period to look back from
     */
    public AgreementDrop(long[] counts, long[] agreeing, int first, int last) {
        int recent = Math.max(first, last + 1 - RECENT_PERIODS);
        int earlier = Math.max(first, recent - EARLIER_PERIODS);
        recentCount = sum(counts, recent, last + 1);
        earlierCount = sum(counts, earlier, recent);
        recentShare = (double) sum(agreeing, recent, last + 1) / recentCount;
        earlierShare = (double) sum(agreeing, earlier, recent) / earlierCount;
    }

    private static long sum(long[] values, int from, int to) {
        long sum = 0;
        for (int period = from; period < to; period++) {
            sum += values[period];
        }
        return sum;
    }

    /** Returns how much the share has dropped, in [-1, 1]; negative where it rose, NaN without earlier periods. */
    public double size() {
        return earlierShare - recentShare;
    }

    /** Returns whether that is more than chance would explain. */
    public boolean isDrift() {
        return size() > 0 && isChange();
    }

    /** Returns whether the share fell or rose by more than chance would explain. */
    public boolean isChange() {
        return recentCount >= MIN_RECENT
                && earlierCount >= MIN_EARLIER
                && isChange(recentShare, recentCount, earlierShare, earlierCount);
    }

    /** Returns whether two shares differ by more than three standard errors, with the error of their middle. */
    public static boolean isChange(double share, long count, double otherShare, long otherCount) {
        double middle = (share + otherShare) / 2;
        double error = Math.sqrt(middle * (1 - middle) * (1.0 / count + 1.0 / otherCount));
        return Math.abs(share - otherShare) > STANDARD_ERRORS * error;
    }

    /** Returns the share of the last periods. */
    public double recentShare() {
        return recentShare;
    }

    /** Returns the share of the periods before; NaN without any. */
    public double earlierShare() {
        return earlierShare;
    }
}
