package dev.crowdlab.audit;

/**
 * The figures of a run that its row and its checks are made of.
 *
 * @param rowsRead rows of both inputs
 * @param exampleCount examples analysed
 * @param annotationCount annotations analysed
 * @param annotatorCount annotators with an annotation that was analysed
 * @param classCount classes
 * @param modelCount models; 0: the dataset has no predictions
 * @param unlabeledCount examples with predictions and without annotations
 * @param collapsedCount repeats of an annotation with an equal label
 * @param rejectedCount refused rows
 * @param renormalizedCount predictions that were divided by their sum
 * @param uniformCount examples whose missing prediction was taken to be uniform
 * @param estimates what the analysis found
 */
public record RunFigures(
        long rowsRead,
        long exampleCount,
        long annotationCount,
        long annotatorCount,
        long classCount,
        long modelCount,
        long unlabeledCount,
        long collapsedCount,
        long rejectedCount,
        long renormalizedCount,
        long uniformCount,
        Estimates estimates) {

    /**
     * What the analysis found.
     *
     * @param consensusLikelihood mean agreement with the consensus where annotations overlap; NaN: they nowhere do
     * @param meanQuality mean consensus quality; NaN: there are no examples
     * @param changedAgainstMajority examples whose consensus is not the plain majority vote
     * @param flooredAnnotatorCount annotators whose weight is the least there is
     * @param flooredModelCount models whose weight is the least there is
     * @param imputedAnnotatorCount annotators who share no example with anybody
     * @param isSingleAnnotationOnly whether no example has a second annotation
     * @param isMajorityVote whether the consensus is the plain majority vote, on which weights have no influence
     * @param votes how the consensus compares with the votes
     */
    public record Estimates(
            double consensusLikelihood,
            double meanQuality,
            long changedAgainstMajority,
            long flooredAnnotatorCount,
            long flooredModelCount,
            long imputedAnnotatorCount,
            boolean isSingleAnnotationOnly,
            boolean isMajorityVote,
            VoteFigures votes) {

        /** Of a dataset without examples. */
        public static final Estimates NONE =
                new Estimates(Double.NaN, Double.NaN, 0, 0, 0, 0, false, false, VoteFigures.NONE);
    }
}
