package dev.crowdlab.audit;

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
 * @param ties consensus labels that were not clear
 */
public record VoteFigures(
        long overlapCount,
        long agreeingPairCount,
        List<String> vanishedClasses,
        long vanishedClassCount,
        long unvotedCount,
        long overrulingCount,
        Ties ties) {

    /** There is nothing to compare. */
    public static final VoteFigures NONE = new VoteFigures(0, 0, List.of(), 0, 0, 0, new Ties(0, 0, 0, 0, 0));

    /** Copies. */
    public VoteFigures {
        vanishedClasses = List.copyOf(vanishedClasses);
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
