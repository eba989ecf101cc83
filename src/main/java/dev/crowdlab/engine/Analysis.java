package dev.crowdlab.engine;

import java.util.List;

/**
 * What CROWDLAB found. Examples, annotators, classes, models and positions are indexed as in the input. Immutable; safe
 * for use by many threads.
 */
public final class Analysis {

    private final ConsensusLabels majority;
    private final boolean singleAnnotationOnly;
    private final PublishedConsensus published;
    private final List<Consensus> alternatives;
    private final ConsensusReview review;
    private final int flooredModelCount;
    private final double[] temperatures;

    Analysis(
            Crowdlab.Vote vote,
            PublishedConsensus published,
            List<Consensus> alternatives,
            ConsensusReview review,
            double[] temperatures) {
        this.majority = vote.majority();
        this.review = review;
        this.flooredModelCount = published.weights().flooredModelCount(vote.statistics());
        this.singleAnnotationOnly = vote.isSingleAnnotationOnly();
        this.published = published;
        this.alternatives = List.copyOf(alternatives);
        this.temperatures = temperatures;
    }

    /** Returns the consensus of the first method asked for; qualities, weights and counts here refer to it. */
    public Consensus published() {
        return published.consensus();
    }

    /** Returns the consensus of the other methods, in the order asked for. */
    public List<Consensus> alternatives() {
        return alternatives;
    }

    /** Returns the majority vote of every example, [examples]; a copy. */
    public int[] majorityVote() {
        return majority.copyLabels();
    }

    /** Returns the rule that decided the example's majority vote, never NONE. */
    public TieBreak majorityRule(int example) {
        return majority.rule(example);
    }

    /** Returns on how many examples the published consensus differs from the majority vote. */
    public int changedAgainstMajority() {
        return published.decisions().countDifferences(majority);
    }

    /** Returns the quality of the annotation at the position, see {@link Annotations#position}, in [0, 1]. */
    public double annotationQuality(int position) {
        return published.annotationQuality(position);
    }

    /** Returns the statistics of every annotator. */
    public AnnotatorStatistics annotators() {
        return published.annotators();
    }

    /** Returns who gave which class where the published consensus was which. */
    public ConfusionCounts confusion() {
        return published.confusion();
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
     * Returns W_r, the weight of the model, on the scale of the annotators' weights but for a factor: from 1e-6 to 1, times
     * the square root of the mean number of annotations of an example; NaN if the method has no weights.
     */
    public double modelWeight(int model) {
        return published.weights().modelWeights()[model];
    }

    /** Returns the temperature that the model's probabilities were calibrated with, in [0.1, 8]; NaN if they were not. */
    public double temperature(int model) {
        return temperatures[model];
    }

    /** Returns how many annotators have the least weight there is, 1e-6: where nearly all have it, weights say little. */
    public int flooredAnnotatorCount() {
        return published.weights().flooredAnnotatorCount();
    }

    /** Returns how many models have the least weight there is: they are hardly heard. */
    public int flooredModelCount() {
        return flooredModelCount;
    }

    /** Returns how the published consensus compares with the votes. */
    public ConsensusReview review() {
        return review;
    }

    /** Returns whether no example has a second annotation, so that all quality is what the models predict. */
    public boolean singleAnnotationOnly() {
        return singleAnnotationOnly;
    }
}
