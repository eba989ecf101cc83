package dev.crowdlab.engine;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Committee} found about a data set as a whole. Immutable; safe for use by many threads.
 */
public final class CommitteeEstimates {

    /** How far the true accuracies of whole data sets lie from their estimates, on the logit scale. */
    private static final double SPREAD = 0.68;

    private static final double SPREAD_WITH_MODELS = 0.85;

    /** No estimate is as close to 0 or 1, unless the consensus of all examples is fixed. */
    private static final double MIN = 1e-9;

    /** The normal distribution's quantile of 0.95, to three digits as in the study. */
    private static final double QUANTILE = 1.645;

    private final List<ExpertEstimate> experts;
    private final int modelCount;
    private final double accuracy;
    private final Interval interval;
    private final Optional<AnnotatorAccuracies> annotators;
    private final ConsensusStatistics statistics;
    private final Optional<PublishedPosterior> posterior;

    /**
     * Estimates the accuracies.
     *
     * @param result of the last pass; modified
     * @param isPublished whether annotators are judged
     */
    CommitteeEstimates(
            List<ExpertEstimate> experts,
            int modelCount,
            CommitteeConsensusPass.Result result,
            Votes votes,
            boolean isPublished) {
        this.experts = List.copyOf(experts);
        this.modelCount = modelCount;
        accuracy = result.quality.mean();
        double spread = modelCount == 0 ? SPREAD : SPREAD_WITH_MODELS;
        double logit = Logarithm.of(Math.max(MIN, accuracy) / Math.max(MIN, 1 - accuracy));
        interval = new Interval(share(logit - QUANTILE * spread), share(logit + QUANTILE * spread));
        annotators =
                isPublished ? Optional.of(new AnnotatorAccuracies(result, votes, accuracy, spread)) : Optional.empty();
        statistics = result.statistics;
        statistics.add(votes.majority);
        posterior = Optional.empty();
    }

    private CommitteeEstimates(CommitteeEstimates other, PublishedPosterior posterior) {
        experts = other.experts;
        modelCount = other.modelCount;
        accuracy = other.accuracy;
        interval = other.interval;
        annotators = other.annotators;
        statistics = other.statistics;
        this.posterior = Optional.of(posterior);
    }

    /** Returns the same with the posterior of every example. */
    CommitteeEstimates withPosterior(PublishedPosterior other) {
        return new CommitteeEstimates(this, other);
    }

    /** Returns the posterior of every example; empty unless the columns that it reads were kept. */
    Optional<PublishedPosterior> posterior() {
        return posterior;
    }

    private static double share(double logit) {
        return 1 / (1 + Exponential.of(-logit));
    }

    /**
     * Returns the mean probability that the consensus of an example is right, in (0, 1): judged from agreement alone.
     */
    public double accuracy() {
        return accuracy;
    }

    /**
     * Returns the 90 % interval of the accuracy. It comes from how far the estimates were off on public data sets with
     * known labels, and does not shrink with the number of examples.
     */
    public Interval accuracyInterval() {
        return interval;
    }

    /** Returns the experts, in the order of {@link Expert}. */
    public List<ExpertEstimate> experts() {
        return experts;
    }

    /** Returns the most rounds that an expert took. */
    public int roundCount() {
        return experts.stream().mapToInt(ExpertEstimate::roundCount).max().orElseThrow();
    }

    /** Returns the number of models, 0 or more. */
    public int modelCount() {
        return modelCount;
    }

    /** Returns how often annotators are right; empty unless the consensus is the published one. */
    Optional<AnnotatorAccuracies> annotators() {
        return annotators;
    }

    /** Returns how annotators and models compare with the consensus. */
    ConsensusStatistics statistics() {
        return statistics;
    }
}
