package dev.crowdlab.engine;

import dev.crowdlab.engine.agreement.ClassScale;
import dev.crowdlab.engine.agreement.SignedDifferencePass;
import dev.crowdlab.engine.agreement.SignedDifferences;
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
    record Found(
            Optional<ShareEstimates> shares, Optional<StopEstimates> stop, Optional<SignedDifferences> differences) {}

    /**
     * Takes the passes that are needed.
     *
     * @param isSingle whether no example has two annotations
     * @param isFixed whether the consensus of examples with gold is gold itself, whatever it was before
     */
    Found find(boolean isSingle, boolean isFixed) {
        Optional<SignedDifferences> differences = wanted.scale().map(this::differences);
        if (!wanted.shares() && wanted.stop().isEmpty()) {
            return new Found(Optional.empty(), Optional.empty(), differences);
        }
        boolean hasGold = options.gold() != GoldUse.NONE;
        Optional<SamplePrefix> prefix = hasGold && wanted.isGoldSampled()
                ? Optional.of(passes.run("goldSample", new SamplePrefixPass()))
                : Optional.empty();
        ShareEstimates shares = new ShareEstimates(
                passes.run("shares", new SharePass(method, wanted.periodCount() > 0, hasGold, prefix)),
                prefix,
                wanted.periodCount(),
                isFixed);
        Optional<StopEstimates> stop = wanted.stop().map(rule -> stop(rule, shares, prefix, isSingle));
        return new Found(wanted.shares() ? Optional.of(shares) : Optional.empty(), stop, differences);
    }

    private SignedDifferences differences(ClassScale scale) {
        return new SignedDifferences(scale, passes.run("signedDifferences", new SignedDifferencePass(scale, method)));
    }

    /**
     * Decides anew what examples need, after gold has decided some of their labels: gold still says how far the probabilities of labels
     * made without it are off.
     *
     * @param found about the labels from before
     * @param areMeasured whether the probabilities of the labels now are what gold measured, so that none is moved
     */
    Found afterGold(Found found, boolean isSingle, boolean areMeasured) {
        Optional<StopEstimates> states = found.stop().map(stop -> {
            if (stop.refusal().isPresent()) {
                return stop;
            }
            GoldShift shift = areMeasured ? GoldShift.NONE : stop.shift();
            StopPass.Source source = new StopPass.Source(method, !isSingle, false, null, true);
            return stop.on(shift, passes.run("statesAfterGold", new StopPass(stop.rule(), shift, source)));
        });
        return new Found(found.shares(), states, wanted.scale().map(this::differences));
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
        StopPass.Source source = new StopPass.Source(method, !isSingle, hasGold, prefix.orElse(null), false);
        return StopEstimates.of(rule, shift, passes.run("stopStates", new StopPass(rule, shift, source)), !isSingle);
    }
}
