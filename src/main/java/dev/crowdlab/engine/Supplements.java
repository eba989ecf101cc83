package dev.crowdlab.engine;

import dev.crowdlab.engine.agreement.ClassScale;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.share.ClassShares;
import dev.crowdlab.engine.share.GoldSample;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.stop.StopRule;
import java.util.Optional;

/**
 * What is wanted beside the consensus; none of it changes the consensus.
 *
 * @param shares whether {@link ClassShares} are estimated
 * @param periodCount for how many periods in addition to the data set, greater than every {@link Column#PERIOD}; 0 for none
 * @param isGoldSampled whether gold was asked for in the order of {@link GoldSample}: then only the first examples in that order that all have gold, by {@link Column#SAMPLE_KEY}, count as random;
 *     else all with gold
 * @param stop when to stop asking; empty if examples need no state. For the committee only
 * @param softLabels whether {@link SoftLabels} can be read. For the committee only
 * @param scale on which the classes stand, in their order; empty if they have none
 */
public record Supplements(
        boolean shares,
        int periodCount,
        boolean isGoldSampled,
        Optional<StopRule> stop,
        boolean softLabels,
        Optional<ClassScale> scale) {

    /** Nothing. */
    public static final Supplements NONE = new Supplements(false, 0, false, Optional.empty(), false, Optional.empty());

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the number of periods is negative
     */
    public Supplements {
        if (periodCount < 0) {
            throw new IllegalArgumentException("periodCount is " + periodCount + "; it must be at least 0");
        }
    }

    /** Returns these with shares of the data set and of so many periods. */
    public Supplements withShares(int periods) {
        return new Supplements(true, periods, isGoldSampled, stop, softLabels, scale);
    }

    /** Returns these with gold that was asked for in the order of {@link GoldSample}, or was not. */
    public Supplements withGoldSampled(boolean isSampled) {
        return new Supplements(shares, periodCount, isSampled, stop, softLabels, scale);
    }

    /** Returns these with a rule when to stop asking. */
    public Supplements withStop(StopRule rule) {
        return new Supplements(shares, periodCount, isGoldSampled, Optional.of(rule), softLabels, scale);
    }

    /** Returns these with soft labels. */
    public Supplements withSoftLabels() {
        return new Supplements(shares, periodCount, isGoldSampled, stop, true, scale);
    }

    /** Returns these with the scale on which the classes stand. */
    public Supplements withScale(ClassScale known) {
        return new Supplements(shares, periodCount, isGoldSampled, stop, softLabels, Optional.of(known));
    }

    /** Returns whether only the committee can give these. */
    boolean needCommittee() {
        return stop.isPresent() || softLabels;
    }
}
