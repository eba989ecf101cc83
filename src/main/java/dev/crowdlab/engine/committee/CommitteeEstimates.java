package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.vote.ConsensusStatistics;
import dev.crowdlab.engine.vote.Votes;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Committee} found about a data set as a whole. Immutable; safe for use by many threads.
 */
public final class CommitteeEstimates {

    /** How far the true accuracies of whole data sets lie from their estimates, on the logit scale. */
    private static final double SPREAD = 0.68;

    private static final double SPREAD_WITH_MODELS = 0.85;

    /**
     * With models, and two or more annotations of a smaller share of the examples, the accuracy is not estimated. An
     * example with one annotation confirms its annotator then, whatever the label, so that the posterior is far too
     * confident.
     */
    public static final double MIN_OVERLAP = 0.2;

    /** No estimate is as close to 0 or 1, unless the consensus of all examples is fixed. */
    private static final double MIN = 1e-9;

    /** The normal distribution's quantile of 0.95, to three digits as in the study. */
    private static final double QUANTILE = 1.645;

    private final List<ExpertEstimate> experts;
    private final int modelCount;
    private final double meanQuality;
    private final double overlap;
    private final double accuracy;
    private final Interval interval;
    private final Optional<AnnotatorAccuracies> annotators;
    private final ConsensusStatistics statistics;
    private final Optional<PublishedPosterior> posterior;
    private final Optional<PublishedPosterior> open;
    private final Optional<SoftLabels> softLabels;

    /**
     * Estimates the accuracies.
     *
     * @param dimensions of the data set
     * @param result of the last pass; modified
     * @param isPublished whether annotators are judged
     */
    CommitteeEstimates(
            List<ExpertEstimate> experts,
            Dimensions dimensions,
            CommitteeConsensusPass.Result result,
            Votes votes,
            boolean isPublished) {
        this.experts = List.copyOf(experts);
        modelCount = dimensions.modelCount();
        meanQuality = result.quality.mean();
        overlap = (double) votes.majority.exampleCount() / dimensions.exampleCount();
        boolean isKnown = modelCount == 0 || overlap >= MIN_OVERLAP;
        accuracy = isKnown ? meanQuality : Double.NaN;
        double spread = modelCount == 0 ? SPREAD : SPREAD_WITH_MODELS;
        double logit = Logarithm.of(Math.max(MIN, meanQuality) / Math.max(MIN, 1 - meanQuality));
        interval = isKnown // with the accuracy in it, which MIN keeps the logit short of where it is 0 or 1
                ? new Interval(
                        Math.min(meanQuality, share(logit - QUANTILE * spread)),
                        Math.max(meanQuality, share(logit + QUANTILE * spread)))
                : new Interval(Double.NaN, Double.NaN);
        annotators = isPublished
                ? Optional.of(new AnnotatorAccuracies(result, votes, meanQuality, spread))
                : Optional.empty();
        statistics = result.statistics;
        statistics.add(votes.majority);
        posterior = Optional.empty();
        open = Optional.empty();
        softLabels = Optional.empty();
    }

    private CommitteeEstimates(
            CommitteeEstimates other, Optional<CommitteePosterior> posterior, Optional<SoftLabels> softLabels) {
        experts = other.experts;
        modelCount = other.modelCount;
        meanQuality = other.meanQuality;
        overlap = other.overlap;
        accuracy = other.accuracy;
        interval = other.interval;
        annotators = other.annotators;
        statistics = other.statistics;
        this.posterior =
                posterior.<PublishedPosterior>map(PublishedPosterior::new).or(() -> other.posterior);
        open = posterior.map(CommitteePosterior::openPosterior).or(() -> other.open);
        this.softLabels = softLabels;
    }

    private CommitteeEstimates(
            CommitteeEstimates other,
            CommitteeConsensusPass.Result corrected,
            Votes votes,
            Optional<PublishedPosterior> posterior) {
        experts = other.experts;
        modelCount = other.modelCount;
        meanQuality = other.meanQuality;
        overlap = other.overlap;
        accuracy = other.accuracy;
        interval = other.interval;
        double spread = modelCount == 0 ? SPREAD : SPREAD_WITH_MODELS;
        annotators = Optional.of(new AnnotatorAccuracies(corrected, votes, corrected.quality.mean(), spread));
        statistics = corrected.statistics;
        statistics.add(other.statistics);
        this.posterior = posterior;
        open = posterior.isPresent() ? other.open : Optional.empty();
        softLabels = other.softLabels;
    }

    /**
     * Returns the same after a correction by gold: annotators are judged, and compared with the consensus, by corrected
     * labels. The accuracy stays that of the consensus before, judged from agreement alone.
     *
     * @param result of the pass that corrected the labels; modified
     * @param corrected the posterior afterwards; empty if it is not wanted
     */
    public CommitteeEstimates corrected(
            CommitteeConsensusPass.Result result, Votes votes, Optional<PublishedPosterior> corrected) {
        return new CommitteeEstimates(this, result, votes, corrected);
    }

    /** Returns the same with the posterior of every example. */
    CommitteeEstimates withPosterior(CommitteePosterior other) {
        return new CommitteeEstimates(this, Optional.of(other), softLabels);
    }

    /** Returns the same with soft labels. */
    CommitteeEstimates withSoftLabels(SoftLabels labels) {
        return new CommitteeEstimates(this, Optional.empty(), Optional.of(labels));
    }

    /** Returns what the next person would say; empty unless what it follows from was kept. */
    public Optional<SoftLabels> softLabels() {
        return softLabels;
    }

    /** Returns the posterior of every example; empty unless the columns that it reads were kept. */
    public Optional<PublishedPosterior> posterior() {
        return posterior;
    }

    /**
     * Returns the open posterior of every example, whose confidence is not corrected; empty as {@link #posterior} is.
     */
    public Optional<PublishedPosterior> openPosterior() {
        return open;
    }

    private static double share(double logit) {
        return 1 / (1 + Exponential.of(-logit));
    }

    /** Returns the mean probability that the consensus of an example is right, in (0, 1), believable or not. */
    public double meanQuality() {
        return meanQuality;
    }

    /** Returns the share of examples with two or more annotations. */
    public double overlap() {
        return overlap;
    }

    /**
     * Returns the mean probability that the consensus of an example is right, in (0, 1): judged from agreement alone.
     * NaN where there are models, and the {@linkplain #overlap} is below {@link #MIN_OVERLAP}.
     */
    public double accuracy() {
        return accuracy;
    }

    /**
     * Returns the 90 % interval of the accuracy. It comes from how far the estimates were off on public data sets with
     * known labels, and does not shrink with the number of examples. NaN at both ends where the accuracy is.
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
    public Optional<AnnotatorAccuracies> annotators() {
        return annotators;
    }

    /** Returns how annotators and models compare with the consensus. */
    public ConsensusStatistics statistics() {
        return statistics;
    }
}
