package dev.crowdlab.run;

import java.util.List;

/**
 * How a consensus compares with the votes.
 *
 * @param overlapCount examples with more than one annotation
 * @param agreeingPairCount pairs of equal annotations of the same example
 * @param vanishedClasses some of the classes that annotators gave and that are the consensus of no example
 * @param vanishedClassCount how many classes these are
 * @param unvotedCount consensus labels that no annotator of the example gave
 * @param overrulingCount consensus labels that overrule three or more annotators who all gave the same other label
 * @param modelOrders the models whose classes probably stand in another order
 * @param ties consensus labels that were not clear
 */
public record VoteMetrics(
        long overlapCount,
        long agreeingPairCount,
        List<String> vanishedClasses,
        long vanishedClassCount,
        long unvotedCount,
        long overrulingCount,
        List<ModelOrder> modelOrders,
        Ties ties) {

    /** There is nothing to compare. */
    public static final VoteMetrics NONE =
            new VoteMetrics(0, 0, List.of(), 0, 0, 0, List.of(), new Ties(0, 0, 0, 0, 0));

    /** Copies. */
    public VoteMetrics {
        vanishedClasses = List.copyOf(vanishedClasses);
        modelOrders = List.copyOf(modelOrders);
    }

    /**
     * A model whose classes probably stand in another order than the labels'.
     *
     * @param model its name
     * @param agreement the share of examples on which it agrees with the votes
     * @param likelyAgreement that share if each class is taken for its likely one
     * @param moved classes, each with its likely one: {@code 'a' look like 'c'}
     */
    public record ModelOrder(String model, double agreement, double likelyAgreement, List<String> moved) {

        public ModelOrder {
            moved = List.copyOf(moved);
        }
    }

    /**
     * Consensus labels by the rule that they are owed to.
     *
     * @param votes most votes, where classes shared the highest posterior
     * @param model highest predicted probability
     * @param classFrequency the rarer class
     * @param annotatorAccuracy the more accurate annotators
     * @param classOrder the order of the classes
     */
    public record Ties(long votes, long model, long classFrequency, long annotatorAccuracy, long classOrder) {}
}
