package dev.crowdlab.run;

import dev.crowdlab.dataset.RejectionReason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
 * @param unpredictedCount examples with annotations that were refused for want of a prediction
 * @param collapsedCount repeats of an annotation with an equal label
 * @param rejectedByReason refused rows for each reason that occurs
 * @param rejectionCauses what explains them
 * @param renormalizedCount predictions that were divided by their sum
 * @param partlyPredictedCount examples without annotations that have usable predictions, but not of every model
 * @param uniformCount examples whose missing prediction was taken to be uniform
 * @param newestAnnotation the greatest annotated_at; empty: there is none
 * @param estimates what the analysis found
 */
public record RunMetrics(
        long rowsRead,
        long exampleCount,
        long annotationCount,
        long annotatorCount,
        long classCount,
        long modelCount,
        long unlabeledCount,
        long unpredictedCount,
        long collapsedCount,
        Map<RejectionReason, Long> rejectedByReason,
        RejectionCauses rejectionCauses,
        long renormalizedCount,
        long partlyPredictedCount,
        long uniformCount,
        Optional<Instant> newestAnnotation,
        AnalysisMetrics estimates) {

    /** Copies. */
    public RunMetrics {
        rejectedByReason = Map.copyOf(rejectedByReason);
    }

    /** Refused rows, whatever the reason. */
    public long rejectedCount() {
        return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Refused rows for a reason. */
    public long rejectedCount(RejectionReason reason) {
        return rejectedByReason.getOrDefault(reason, 0L);
    }

    /** Whether any example has a prediction that could be used, labelled or not. */
    public boolean hasUsablePredictions() {
        return modelCount > 0 && (exampleCount > uniformCount || unlabeledCount > 0);
    }

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
    public record AnalysisMetrics(
            double consensusLikelihood,
            double meanQuality,
            long changedAgainstMajority,
            long flooredAnnotatorCount,
            long flooredModelCount,
            long imputedAnnotatorCount,
            boolean isSingleAnnotationOnly,
            boolean isMajorityVote,
            VoteMetrics votes) {

        /** Of a dataset without examples. */
        public static final AnalysisMetrics NONE =
                new AnalysisMetrics(Double.NaN, Double.NaN, 0, 0, 0, 0, false, false, VoteMetrics.NONE);
    }
}
