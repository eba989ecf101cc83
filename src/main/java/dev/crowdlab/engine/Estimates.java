package dev.crowdlab.engine;

import dev.crowdlab.engine.agreement.SignedDifferences;
import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.ConfusionSummary;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.quality.Weights;
import dev.crowdlab.engine.review.ConsensusReview;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.vote.Vote;
import java.util.List;
import java.util.Optional;

/**
 * The results of {@link Crowdlab#estimate} for a data set as a whole; those for single examples and annotations are in
 * the {@linkplain Column columns} of the slices. Annotators, classes and models are numbered as in the input; an index
 * out of range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class Estimates {

    private final Vote vote;
    private final Published published;
    private final List<Scored> scored;
    private final ConsensusReview review;
    private final Agreement agreement;
    private final Optional<GoldStatistics> gold;
    private final SupplementFinder.Found supplements;
    private final Optional<GoldCorrection> correction;
    private final double[] temperatures;

    /** A method whose consensus and qualities are stored in their columns. */
    record Scored(ConsensusMethod method, double meanQuality, ConsensusChoice choice) {}

    /** The consensus that is published, with what refers to it. */
    record Published(Scored scored, Weights weights, AnnotatorStatistics annotators, Confusion confusion) {}

    /** The consensus against the votes, annotators against each other, both against gold if there is any, and what was wanted beside. */
    record Compared(
            ConsensusReview review,
            Agreement agreement,
            Optional<GoldStatistics> gold,
            SupplementFinder.Found supplements,
            Optional<GoldCorrection> correction) {}

    /**
     * Holds the parts together.
     *
     * @param vote the counts of the votes
     * @param published what refers to the published consensus
     * @param scored the published consensus, then the alternatives
     * @param compared how the published consensus compares with the votes, annotators with each other, and both with
     *     gold
     * @param temperatures [models] NaN if predictions were not calibrated; owned by this
     */
    Estimates(Vote vote, Published published, List<Scored> scored, Compared compared, double[] temperatures) {
        this.vote = vote;
        this.published = published;
        this.scored = List.copyOf(scored);
        this.review = compared.review();
        this.agreement = compared.agreement();
        gold = compared.gold();
        supplements = compared.supplements();
        correction = compared.correction();
        this.temperatures = temperatures;
    }

    /** Returns the consensus methods: the published one, then the alternatives in the order asked for. */
    public List<ConsensusMethod> methods() {
        return scored.stream().map(Scored::method).toList();
    }

    /**
     * Returns the mean quality of the consensus labels of a method, in [0, 1], summed exactly; NaN if there is no
     * example.
     *
     * @param method its place in {@link #methods}
     */
    public double meanQuality(int method) {
        return scored.get(method).meanQuality();
    }

    /**
     * Returns the matrices of {@link DawidSkene}; empty unless it is one of the methods, or if no example has two
     * annotations.
     */
    public Optional<DawidSkeneEstimates> dawidSkene() {
        return scored.stream()
                .flatMap(method -> method.choice().dawidSkene().stream())
                .findFirst();
    }

    /** Returns what {@link Committee} found; empty unless it is one of the methods. */
    public Optional<CommitteeEstimates> committee() {
        return scored.stream()
                .flatMap(method -> method.choice().committee().stream())
                .findFirst();
    }

    /**
     * Returns what computes the posterior of every example under the published consensus from its slice; empty if that
     * is the committee's and {@link Options#keepsPosterior} was not asked for.
     */
    public Optional<PublishedPosterior> posterior() {
        return published.scored().choice().published();
    }

    /**
     * Returns what gold made of the published consensus; empty unless it was to correct it. {@link #gold} and {@link
     * #shares} are about labels from before.
     */
    public Optional<GoldCorrection> correction() {
        return correction;
    }

    /** Returns {@link #meanQuality} of all methods, [methods], in an array of the caller's own. */
    public double[] meanQualities() {
        return scored.stream().mapToDouble(Scored::meanQuality).toArray();
    }

    /** Returns the statistics of every annotator under the published consensus. */
    public AnnotatorStatistics annotators() {
        return published.annotators();
    }

    /**
     * Returns who gave which class where the published consensus was which.
     *
     * @throws java.util.NoSuchElementException if the {@link PassRunner} keeps the counts in parts elsewhere
     */
    public ConfusionCounts confusion() {
        return published.confusion().counts().orElseThrow();
    }

    /** Returns what follows from {@link #confusion} for each annotator. */
    public ConfusionSummary confusionSummary() {
        return published.confusion().summary();
    }

    /** Returns how the published consensus compares with the votes. */
    public ConsensusReview review() {
        return review;
    }

    /** Returns how far the annotators agree with each other. */
    public Agreement agreement() {
        return agreement;
    }

    /** Returns how labels compare with gold; empty if there is none. */
    public Optional<GoldStatistics> gold() {
        return gold;
    }

    /** Returns how many examples are of each class; empty unless {@link Supplements#shares} was asked for. */
    public Optional<ShareEstimates> shares() {
        return supplements.shares();
    }

    /** Returns which examples need further labels; empty unless {@link Supplements#stop} was asked for. */
    public Optional<StopEstimates> stop() {
        return supplements.stop();
    }

    /** Returns who grades too high or too low; empty without {@link Supplements#scale}. */
    public Optional<SignedDifferences> signedDifferences() {
        return supplements.differences();
    }

    /** Returns what the next person would say; empty unless {@link Supplements#softLabels} was asked for. */
    public Optional<SoftLabels> softLabels() {
        return published.scored().choice().committee().flatMap(CommitteeEstimates::softLabels);
    }

    /**
     * Returns L, the mean agreement of annotations with the published consensus over the examples with more than one
     * annotation, in [0, 1]; NaN if there is no such example.
     */
    public double consensusLikelihood() {
        return published.weights().likelihood();
    }

    /** Returns the number of models, 0 or more. */
    public int modelCount() {
        return published.weights().modelWeights().length;
    }

    /**
     * Returns W_r, the weight of the model, on the scale of the annotators' weights but for a factor: from 1e-6 to 1,
     * times the square root of the mean number of annotations of an example; NaN if the method has no weights.
     */
    public double modelWeight(int model) {
        return published.weights().modelWeights()[model];
    }

    /**
     * Returns the temperature that the model's probabilities were calibrated with, in [0.1, 8]; NaN if they were not.
     */
    public double temperature(int model) {
        return temperatures[model];
    }

    /** Returns how many annotators have the minimum weight, 1e-6: where nearly all have it, weights say little. */
    public int flooredAnnotatorCount() {
        return published.weights().flooredAnnotatorCount();
    }

    /** Returns how many models have the minimum weight, 1e-6 before the square root: they hardly count. */
    public int flooredModelCount() {
        return published.weights().flooredModelCount(vote.counts());
    }

    /** Returns whether no example has a second annotation, so that all quality is what the models predict. */
    public boolean singleAnnotationOnly() {
        return vote.isSingleAnnotationOnly();
    }
}
