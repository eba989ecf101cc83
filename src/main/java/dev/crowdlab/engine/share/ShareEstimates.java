package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.Column;
import java.util.Optional;

/**
 * The shares of the classes, in the data set and in each period, and what the gold labels are worth that correct them. Periods are numbered as in {@link
 * Column#PERIOD}; one out of range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ShareEstimates {

    /** Gold is not random where the mean quality of its examples is off by more standard errors. */
    public static final double MAX_DISTANCE = 3;

    private final ShareCounts counts;
    private final Optional<SamplePrefix> prefix;
    private final ClassShares[] shares;
    private final boolean isFixed;

    /**
     * Computes what the shares follow from.
     *
     * @param counts not to be modified any more
     * @param prefix how far the sample is answered; empty if nobody says how gold was chosen
     * @param periodCount greater than every period
     * @param isFixed whether the consensus of examples with gold is gold itself: then no share is corrected
     */
    public ShareEstimates(ShareCounts counts, Optional<SamplePrefix> prefix, int periodCount, boolean isFixed) {
        this.counts = counts;
        this.prefix = prefix;
        this.isFixed = isFixed;
        ShareTable[] tables = counts.tables(periodCount);
        Optional<ShareRefusal> refused = isFixed ? Optional.of(ShareRefusal.GOLD_DECIDES) : refusal();
        double lambda = tables[0].goldCount > 0 ? tables[0].power() : 0;
        shares = new ClassShares[tables.length];
        for (int index = 0; index < shares.length; index++) {
            shares[index] = new ClassShares(tables[index], lambda, refused);
        }
    }

    private Optional<ShareRefusal> refusal() {
        if (counts.goldCount() < ClassShares.MIN_GOLD) {
            return Optional.of(ShareRefusal.FEW_GOLD);
        }
        return origin() == GoldOrigin.NOT_RANDOM ? Optional.of(ShareRefusal.GOLD_NOT_RANDOM) : Optional.empty();
    }

    /** Returns the shares of the data set. */
    public ClassShares dataset() {
        return shares[0];
    }

    /** Returns the number of periods. */
    public int periodCount() {
        return shares.length - 1;
    }

    /** Returns the shares of a period: of its own examples and gold, with λ of the data set. */
    public ClassShares period(int period) {
        if (period < 0) {
            throw new IndexOutOfBoundsException(period);
        }
        return shares[period + 1];
    }

    /**
     * Returns whether examples with gold were drawn at random; from fewer than {@link ClassShares#MIN_GOLD} of them nothing is concluded.
     */
    public GoldOrigin origin() {
        if (counts.goldCount() == 0) {
            return GoldOrigin.NONE;
        }
        if (counts.goldCount() >= ClassShares.MIN_GOLD && !isFixed && Math.abs(randomness()) > MAX_DISTANCE) {
            return GoldOrigin.NOT_RANDOM;
        }
        return prefix.isPresent() ? GoldOrigin.RANDOM : GoldOrigin.UNCHECKED;
    }

    /** Returns {@link ShareCounts#randomness}. */
    public double randomness() {
        return counts.randomness();
    }

    /** Returns {@link SamplePrefix#end}; NaN if nobody says how gold was chosen. */
    public double sampleEnd() {
        return prefix.map(SamplePrefix::end).orElse(Double.NaN);
    }

    /** Returns whether gold can tell how far qualities are from the shares of right labels. */
    public boolean hasRandomGold() {
        return !isFixed && counts.goldCount() >= ClassShares.MIN_GOLD && origin() != GoldOrigin.NOT_RANDOM;
    }

    /** Returns the counts. */
    public ShareCounts counts() {
        return counts;
    }
}
