package dev.crowdlab.run;

import dev.crowdlab.dataset.rejection.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a run, from which its row and its checks are made.
 *
 * @param rowsRead rows of annotations and predictions
 * @param exampleCount examples with a published label
 * @param annotationCount annotations analyzed, those by machines not included
 * @param annotatorCount annotators with at least one analyzed annotation
 * @param classCount classes
 * @param modelCount models; 0 if the dataset has no predictions
 * @param unlabeledCount examples with predictions but without annotations
 * @param collapsedCount repeated annotations with the same label
 * @param rejectedByReason number of rejected rows of annotations and predictions for each reason that occurs
 * @param rejectionCauses why they were rejected
 * @param labels which labels the annotations have
 * @param predictions what predictions lack
 * @param newestAnnotation the greatest annotated_at; empty if there is none
 * @param gold the metrics of the gold
 * @param machines annotators that are machines, or look like some
 * @param estimates the metrics of the analysis
 */
// more components: one for each group of metrics that the checks look at
public record RunMetrics(
        long rowsRead,
        long exampleCount,
        long annotationCount,
        long annotatorCount,
        long classCount,
        long modelCount,
        long unlabeledCount,
        long collapsedCount,
        Map<RejectionReason, Long> rejectedByReason,
        RejectionCauses rejectionCauses,
        GivenLabels labels,
        PredictionMetrics predictions,
        Optional<Instant> newestAnnotation,
        GoldMetrics gold,
        MachineMetrics machines,
        AnalysisMetrics estimates) {

    /** Collections are copied. */
    public RunMetrics {
        rejectedByReason = Map.copyOf(rejectedByReason);
    }

    /** The same of a run that also publishes labels of examples that only machines labeled. */
    RunMetrics withMachines(long count, MachineMetrics found) {
        return new RunMetrics(
                rowsRead,
                count,
                annotationCount,
                annotatorCount,
                classCount,
                modelCount,
                unlabeledCount,
                collapsedCount,
                rejectedByReason,
                rejectionCauses,
                labels,
                predictions,
                newestAnnotation,
                gold,
                found,
                estimates);
    }

    /** Number of rejected rows, gold included. */
    public long allRejectedCount() {
        return rejectedCount() + gold.rejectedCount();
    }

    /** Number of rejected rows of annotations and predictions. */
    public long rejectedCount() {
        return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of rows rejected for a reason. */
    public long rejectedCount(RejectionReason reason) {
        return rejectedByReason.getOrDefault(reason, 0L);
    }

    /** Whether any example, labeled or not, has a usable prediction. */
    public boolean hasUsablePredictions() {
        return modelCount > 0 && (exampleCount > predictions.uniformCount() || unlabeledCount > 0);
    }

    /**
     * What predictions lack.
     *
     * @param unpredictedCount examples whose annotations were rejected because a prediction is missing
     * @param renormalizedCount predictions that were divided by their sum
     * @param partlyPredictedCount examples without annotations that have usable predictions, but not of every model
     * @param uniformCount examples whose missing prediction was replaced by a uniform one
     * @param coverages of the models, in code-point order
     */
    public record PredictionMetrics(
            long unpredictedCount,
            long renormalizedCount,
            long partlyPredictedCount,
            long uniformCount,
            List<ModelCoverage> coverages) {

        /** Lists are copied. */
        public PredictionMetrics {
            coverages = List.copyOf(coverages);
        }
    }

    /**
     * How many labeled examples a model has predicted.
     *
     * @param model its name
     * @param predictedCount labeled examples with a usable prediction of the model
     * @param labeledCount labeled examples, those included that are rejected for lack of a prediction
     */
    public record ModelCoverage(String model, long predictedCount, long labeledCount) {}

    /**
     * The metrics of the analysis.
     *
     * @param consensusLikelihood mean agreement with the consensus where examples have several annotations; NaN if none
     *     has
     * @param meanQuality mean consensus quality; NaN if there are no examples
     * @param changedAgainstMajority examples whose consensus is not the plain majority vote
     * @param flooredAnnotatorCount annotators with the minimum weight
     * @param flooredModelCount models with the minimum weight
     * @param imputedAnnotatorCount annotators who share no example with another annotator
     * @param isSingleAnnotationOnly whether no example has a second annotation
     * @param isMajorityVote whether the consensus is the plain majority vote, which ignores weights
     * @param votes how the consensus compares with the votes
     * @param agreement how far the annotators agree with each other
     * @param consensus how the consensus methods compare
     * @param shares how the shares of classes compare with those that gold corrects
     * @param stop whether examples have states, and how right those are that are done
     */
    // more components: what the analysis counts once, for all checks
    public record AnalysisMetrics(
            double consensusLikelihood,
            double meanQuality,
            long changedAgainstMajority,
            long flooredAnnotatorCount,
            long flooredModelCount,
            long imputedAnnotatorCount,
            boolean isSingleAnnotationOnly,
            boolean isMajorityVote,
            VoteMetrics votes,
            AgreementMetrics agreement,
            ConsensusMetrics consensus,
            ShareMetrics shares,
            StopMetrics stop) {

        /** The metrics of a dataset without examples. */
        public static final AnalysisMetrics NONE = new AnalysisMetrics(
                Double.NaN,
                Double.NaN,
                0,
                0,
                0,
                0,
                false,
                false,
                VoteMetrics.NONE,
                AgreementMetrics.NONE,
                ConsensusMetrics.NONE,
                ShareMetrics.NONE,
                StopMetrics.NONE);
    }
}
