package dev.crowdlab.run;

import java.util.List;

/**
 * How a consensus compares with the votes.
 *
 * @param overlapCount examples with more than one annotation
 * @param agreeingPairCount pairs of equal annotations of the same example
 * @param vanishedClasses some of the classes that annotators used but that are the consensus of no example
 * @param vanishedClassCount number of such classes
 * @param unvotedCount consensus labels that no annotator of the example gave
 * @param overrulingCount consensus labels that overrule three or more annotators who all gave the same other label
 * @param modelOrders models whose classes are probably in a different order
 * @param modelEchoes models that repeat the majority suspiciously often
 * @param ties consensus labels decided by a tie-break
 */
public record VoteMetrics(
        long overlapCount,
        long agreeingPairCount,
        List<String> vanishedClasses,
        long vanishedClassCount,
        long unvotedCount,
        long overrulingCount,
        List<ModelOrder> modelOrders,
        List<ModelEcho> modelEchoes,
        Ties ties) {

    /** For a dataset without examples. */
    public static final VoteMetrics NONE =
            new VoteMetrics(0, 0, List.of(), 0, 0, 0, List.of(), List.of(), new Ties(0, 0, 0, 0, 0));

    /** Lists are copied. */
    public VoteMetrics {
        vanishedClasses = List.copyOf(vanishedClasses);
        modelOrders = List.copyOf(modelOrders);
        modelEchoes = List.copyOf(modelEchoes);
    }

    /**
     * A model whose classes are probably in a different order than those of the labels.
     *
     * @param model its name
     * @param agreement the share of examples on which it agrees with the votes
     * @param likelyAgreement the same share after mapping each class to its likely counterpart
     * @param moved classes with their likely counterparts, as {@code 'a' look like 'c'}
     */
    public record ModelOrder(String model, double agreement, double likelyAgreement, List<String> moved) {

        public ModelOrder {
            moved = List.copyOf(moved);
        }
    }

    /**
     * A model that repeats the majority suspiciously often where votes are split.
     *
     * @param model its name
     * @param share how often it does, in [0, 1]
     * @param bound how often a model could that has not seen the labels, in [0, 1]
     * @param exampleCount examples with split votes that were compared
     */
    public record ModelEcho(String model, double share, double bound, long exampleCount) {}

    /**
     * Number of consensus labels decided by each tie-break rule.
     *
     * @param votes most votes among the classes with the highest posterior
     * @param model highest predicted probability
     * @param classFrequency the rarer class
     * @param annotatorAccuracy the more accurate annotators
     * @param classOrder the order of the classes
     */
    public record Ties(long votes, long model, long classFrequency, long annotatorAccuracy, long classOrder) {}
}
