package dev.crowdlab.engine;

import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.share.SamplePrefix;
import dev.crowdlab.engine.share.SamplePrefixPass;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.share.SharePass;
import dev.crowdlab.engine.stop.GoldShift;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.stop.StopPass;
import dev.crowdlab.engine.stop.StopRefusal;
import dev.crowdlab.engine.stop.StopRule;
import java.util.Optional;

/** Finds what is wanted beside a consensus that has been scored; nothing is done for what is not. Used by one thread. */
final class SupplementFinder {

    private final PassRunner passes;
    private final Options options;
    private final Supplements wanted;
    private final ConsensusMethod method;

    SupplementFinder(PassRunner passes, Options options) {
        this.passes = passes;
        this.options = options;
        wanted = options.supplements();
        method = options.consensusMethods().get(0);
    }

    /** What was found; empty where it is not wanted. */
    record Found(Optional<ShareEstimates> shares, Optional<StopEstimates> stop) {}

    /**
     * Takes the passes that are needed.
     *
     * @param isSingle whether no example has two annotations
     */
    Found find(boolean isSingle) {
        if (!wanted.shares() && wanted.stop().isEmpty()) {
            return new Found(Optional.empty(), Optional.empty());
        }
        boolean hasGold = options.gold() != GoldUse.NONE;
        Optional<SamplePrefix> prefix = hasGold && wanted.isGoldSampled()
                ? Optional.of(passes.run("goldSample", new SamplePrefixPass()))
                : Optional.empty();
        ShareEstimates shares = new ShareEstimates(
                passes.run("shares", new SharePass(method, wanted.periodCount() > 0, hasGold, prefix)),
                prefix,
                wanted.periodCount(),
                options.gold());
        Optional<StopEstimates> stop = wanted.stop().map(rule -> stop(rule, shares, prefix, isSingle));
        return new Found(wanted.shares() ? Optional.of(shares) : Optional.empty(), stop);
    }

    private StopEstimates stop(StopRule rule, ShareEstimates shares, Optional<SamplePrefix> prefix, boolean isSingle) {
        boolean hasGold = shares.hasRandomGold();
        if (!hasGold && rule.target().isPresent()) {
            return StopEstimates.refused(rule, StopRefusal.TARGET_WITHOUT_GOLD);
        }
        if (!hasGold && rule.needsGold()) {
            return StopEstimates.refused(rule, StopRefusal.MACHINES_WITHOUT_GOLD);
        }
        GoldShift fitted = hasGold
                ? GoldShift.fit(shares.counts().goldQualities(), shares.counts().rightCount())
                : GoldShift.NONE;
        GoldShift shift = rule.target().isPresent() ? fitted : fitted.onlyDown();
        StopPass.Source source = new StopPass.Source(method, !isSingle, hasGold, prefix.orElse(null));
        return StopEstimates.of(rule, shift, passes.run("stopStates", new StopPass(rule, shift, source)), !isSingle);
    }
}
