package dev.crowdlab.engine;

import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.review.ConsensusReview;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.engine.stop.StopEstimates;
import java.util.List;
import java.util.Optional;

/**
 * The results of CROWDLAB for a data set in memory: {@link Estimates} and the columns of its one slice.
 * Examples, annotators, classes, models and positions are numbered as in the input; an index out of range is an {@link
 * IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class Analysis {

    private final Estimates estimates;
    private final ExampleResults examples;
    /** All examples, if their posteriors are wanted. */
    private final Optional<Slice> kept;
    /** Their states, if these are wanted. */
    private final Optional<StopEstimates.SliceStates> states;
    /** All examples with what soft labels follow from, if these are wanted. */
    private final Optional<Slice> soft;

    /**
     * Holds the parts together.
     *
     * @param estimates about the data set as a whole
     * @param slice all examples
     * @param options what is wanted
     */
    Analysis(Estimates estimates, Slice slice, Options options) {
        this.estimates = estimates;
        examples = new ExampleResults(estimates.methods(), estimates.meanQualities(), slice);
        kept = options.keepsPosterior() ? Optional.of(slice) : Optional.empty();
        soft = options.supplements().softLabels() ? Optional.of(slice) : Optional.empty();
        states = estimates.stop().filter(stop -> stop.refusal().isEmpty()).map(stop -> stop.on(slice));
    }

    /**
     * Returns what computes the posterior of every example under the published consensus, for one thread; empty unless
     * {@link Options#keepsPosterior} was asked for.
     */
    public Optional<PosteriorReader> posterior() {
        return kept.flatMap(slice -> estimates.posterior().map(posterior -> posterior.on(slice)));
    }

    /** Returns {@link Estimates#shares}. */
    public Optional<ShareEstimates> shares() {
        return estimates.shares();
    }

    /** Returns {@link Estimates#stop}. */
    public Optional<StopEstimates> stop() {
        return estimates.stop();
    }

    /** Returns what every example needs; empty unless {@link Supplements#stop} was asked for, or if it was refused. */
    public Optional<StopEstimates.SliceStates> states() {
        return states;
    }

    /**
     * Returns what computes the soft label of every example, for one thread; empty unless {@link
     * Supplements#softLabels} was asked for.
     */
    public Optional<SoftLabelReader> softLabels() {
        return soft.flatMap(slice -> estimates.softLabels().map(labels -> labels.on(slice)));
    }

    /** Returns what was found out about single examples and annotations. */
    public ExampleResults examples() {
        return examples;
    }

    /** Returns the consensus of the first method asked for; qualities, weights and counts here refer to it. */
    public Consensus published() {
        return examples.published();
    }

    /** Returns the consensus of the other methods, in the order asked for. */
    public List<Consensus> alternatives() {
        return examples.alternatives();
    }

    /** Returns the majority vote of every example, [examples], in an array of the caller's own. */
    public int[] majorityVote() {
        return examples.majorityVote();
    }

    /** Returns the rule that decided the example's majority vote, never NONE. */
    public TieBreak majorityRule(int example) {
        return examples.majorityRule(example);
    }

    /** Returns on how many examples the published consensus differs from the majority vote. */
    public int changedAgainstMajority() {
        return (int) review().changedCount();
    }

    /** Returns the quality of the annotation at the position, see {@link Annotations#position}, in [0, 1]. */
    public double annotationQuality(int position) {
        return examples.annotationQuality(position);
    }

    /** Returns what was found about the data set as a whole. */
    public Estimates estimates() {
        return estimates;
    }

    /** Returns {@link Estimates#annotators}. */
    public AnnotatorStatistics annotators() {
        return estimates.annotators();
    }

    /** Returns {@link Estimates#confusion}. */
    public ConfusionCounts confusion() {
        return estimates.confusion();
    }

    /** Returns {@link Estimates#consensusLikelihood}. */
    public double consensusLikelihood() {
        return estimates.consensusLikelihood();
    }

    /** Returns {@link Estimates#modelCount}. */
    public int modelCount() {
        return estimates.modelCount();
    }

    /** Returns {@link Estimates#modelWeight}. */
    public double modelWeight(int model) {
        return estimates.modelWeight(model);
    }

    /** Returns {@link Estimates#temperature}. */
    public double temperature(int model) {
        return estimates.temperature(model);
    }

    /** Returns {@link Estimates#flooredAnnotatorCount}. */
    public int flooredAnnotatorCount() {
        return estimates.flooredAnnotatorCount();
    }

    /** Returns {@link Estimates#flooredModelCount}. */
    public int flooredModelCount() {
        return estimates.flooredModelCount();
    }

    /** Returns {@link Estimates#dawidSkene}. */
    public Optional<DawidSkeneEstimates> dawidSkene() {
        return estimates.dawidSkene();
    }

    /** Returns {@link Estimates#committee}. */
    public Optional<CommitteeEstimates> committee() {
        return estimates.committee();
    }

    /** Returns {@link Estimates#review}. */
    public ConsensusReview review() {
        return estimates.review();
    }

    /** Returns {@link Estimates#agreement}. */
    public Agreement agreement() {
        return estimates.agreement();
    }

    /**
     * Returns the class that the models' mean gives the highest probability, the lowest where several are; -1 without
     * models.
     */
    public int modelLabel(int example) {
        return examples.modelLabel(example);
    }

    /** Returns the probability of {@link #modelLabel}, in [0, 1]; NaN without models. */
    public double modelProbability(int example) {
        return examples.modelProbability(example);
    }

    /** Returns {@link Estimates#singleAnnotationOnly}. */
    public boolean singleAnnotationOnly() {
        return estimates.singleAnnotationOnly();
    }
}
