package dev.crowdlab.engine;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.quality.Posterior;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.quality.Weights;
import java.util.Optional;

/**
 * A method's consensus, which is stored in its column, and what qualities follow from. Immutable.
 *
 * @param weights what annotators and models weigh; NaN if the method has no weights
 * @param posterior what qualities are read off; empty if the method has stored them
 * @param posteriorShare how much of an annotator's quality comes from them instead of its bare agreement with the
 *     consensus
 * @param dawidSkene empty if the method is another
 * @param committee empty if the method is another
 */
record ConsensusChoice(
        Weights weights,
        Optional<Posterior> posterior,
        double posteriorShare,
        Optional<DawidSkeneEstimates> dawidSkene,
        Optional<CommitteeEstimates> committee) {

    /** Returns the posterior of every example; empty if what the method reads it from was not kept. */
    Optional<PublishedPosterior> published() {
        return posterior.map(PublishedPosterior::of).or(() -> committee.flatMap(CommitteeEstimates::posterior));
    }

    /** Returns a consensus whose qualities are read off a posterior. */
    static ConsensusChoice of(Weights weights, Posterior posterior, double posteriorShare) {
        return new ConsensusChoice(weights, Optional.of(posterior), posteriorShare, Optional.empty(), Optional.empty());
    }

    /** Returns the consensus of Dawid and Skene's method. */
    static ConsensusChoice of(Weights weights, DawidSkeneEstimates estimates) {
        return new ConsensusChoice(
                weights, Optional.of(estimates.model()), 1, Optional.of(estimates), Optional.empty());
    }

    /** Returns the consensus of the committee. */
    static ConsensusChoice of(Weights weights, CommitteeEstimates estimates) {
        return new ConsensusChoice(weights, Optional.empty(), 1, Optional.empty(), Optional.of(estimates));
    }
}
