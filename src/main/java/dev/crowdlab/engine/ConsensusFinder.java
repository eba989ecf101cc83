package dev.crowdlab.engine;

import dev.crowdlab.engine.committee.CommitteeConsensusPass;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.CommitteeFit;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.dawidskene.DawidSkeneFit;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.quality.BestQualityPass;
import dev.crowdlab.engine.quality.Posterior;
import dev.crowdlab.engine.quality.Weights;
import dev.crowdlab.engine.vote.ConsensusStatistics;
import dev.crowdlab.engine.vote.MajorityConsensusPass;
import dev.crowdlab.engine.vote.Vote;

/** Finds the consensus by one method or another, with what its qualities follow from. Used by one thread. */
final class ConsensusFinder {

    private final PassRunner passes;
    private final Dimensions dimensions;
    private final Options options;

    ConsensusFinder(PassRunner passes, Options options) {
        this.passes = passes;
        this.dimensions = passes.dimensions();
        this.options = options;
    }

    /** Writes the consensus of the method, and returns what its qualities follow from. */
    ConsensusChoice choose(ConsensusMethod method, Vote vote, boolean isPublished) {
        Column<ConsensusLabels> consensus = Column.consensus(method);
        if (vote.isSingleAnnotationOnly() && method != ConsensusMethod.COMMITTEE) {
            passes.run("majorityConsensus", new MajorityConsensusPass(consensus));
            Posterior prediction = new Posterior.MeanPrediction();
            return ConsensusChoice.of(Weights.undefined(Double.NaN, dimensions), prediction, 0);
        }
        return switch (method) {
            case MAJORITY_VOTE -> {
                passes.run("majorityConsensus", new MajorityConsensusPass(consensus));
                yield weighted(vote.counts().majority, vote);
            }
            case BEST_QUALITY -> {
                Posterior posterior =
                        weighted(vote.counts().majority, vote).posterior().orElseThrow();
                yield weighted(bestQuality(new BestQualityPass(posterior, consensus, false), vote), vote);
            }
            case DAWID_SKENE -> {
                DawidSkeneEstimates estimates = DawidSkeneFit.of(passes, vote.counts());
                ConsensusStatistics changes =
                        bestQuality(new BestQualityPass(estimates.model(), consensus, true), vote);
                yield ConsensusChoice.of(Weights.undefined(changes.likelihood(), dimensions), estimates);
            }
            case COMMITTEE -> {
                boolean areSoft = isPublished && options.supplements().softLabels();
                boolean arePosteriors = options.keepsPosterior() || options.gold() == GoldUse.ANCHOR;
                CommitteeConsensusPass.Kept kept =
                        new CommitteeConsensusPass.Kept(isPublished, isPublished && arePosteriors, areSoft);
                CommitteeEstimates estimates = new CommitteeFit(passes, vote.counts()).run(kept);
                double likelihood = estimates.statistics().likelihood();
                yield ConsensusChoice.of(Weights.undefined(likelihood, dimensions), estimates);
            }
        };
    }

    /** Takes the pass, and returns how its consensus compares with the votes. */
    private ConsensusStatistics bestQuality(BestQualityPass pass, Vote vote) {
        ConsensusStatistics changes = passes.run("bestQuality", pass);
        changes.add(vote.counts().majority);
        return changes;
    }

    /** Weighs annotators and models by a consensus, unless quality is by agreement. */
    private ConsensusChoice weighted(ConsensusStatistics statistics, Vote vote) {
        return switch (options.qualityMethod()) {
            case CROWDLAB -> {
                Weights weights = PhaseEvent.measure(
                        "weights", dimensions, () -> Weights.of(vote.counts(), vote.mutualAgreement(), statistics));
                yield ConsensusChoice.of(
                        weights, new Posterior.Weighted(weights), weights.posteriorShare(vote.counts()));
            }
            case AGREEMENT ->
                ConsensusChoice.of(
                        Weights.undefined(statistics.likelihood(), dimensions), new Posterior.VoteShares(), 0);
        };
    }
}
