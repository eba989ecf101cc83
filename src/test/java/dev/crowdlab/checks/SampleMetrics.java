package dev.crowdlab.checks;

import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.AgreementMetrics;
import dev.crowdlab.run.ConsensusMetrics;
import dev.crowdlab.run.GivenLabels;
import dev.crowdlab.run.GoldMetrics;
import dev.crowdlab.run.InputShare;
import dev.crowdlab.run.InputShare.Cause;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.run.RejectionCauses;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetrics.AnalysisMetrics;
import dev.crowdlab.run.RunMetrics.PredictionMetrics;
import dev.crowdlab.run.ShareMetrics;
import dev.crowdlab.run.StopMetrics;
import dev.crowdlab.run.VoteMetrics;
import dev.crowdlab.run.VoteMetrics.Ties;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of a run about which there is nothing to say, until a test changes them. */
public final class SampleMetrics {

    static final Instant AS_OF = Instant.parse("2026-03-02T00:00:00Z");

    long rowsRead = 1_000;
    long exampleCount = 200;
    long annotationCount = 600;
    long annotatorCount = 20;
    long modelCount = 1;
    long unlabeledCount;
    long unpredictedCount;
    Map<RejectionReason, Long> rejected = Map.of();
    Map<RejectionReason, String> described = Map.of();
    long renormalizedCount;
    long partlyPredictedCount;
    long uniformCount;
    Optional<Instant> newestAnnotation = Optional.empty();
    RejectionCauses causes = RejectionCauses.NONE;
    double meanQuality = Double.NaN;
    long flooredAnnotatorCount;
    long flooredModelCount;
    long imputedAnnotatorCount;
    boolean isSingleAnnotationOnly;
    boolean isMajorityVote;
    long overlapCount = 150;
    long agreeingPairCount = 100;
    List<String> vanishedClasses = List.of();
    long vanishedClassCount;
    long unvotedCount;
    long overrulingCount;
    List<VoteMetrics.ModelOrder> modelOrders = List.of();
    List<VoteMetrics.ModelEcho> modelEchoes = List.of();
    Ties ties = new Ties(0, 0, 0, 0, 0);
    AgreementMetrics agreement = AgreementMetrics.NONE;
    ConsensusMetrics consensus = ConsensusMetrics.NONE;
    ShareMetrics shares = ShareMetrics.NONE;
    StopMetrics stop = StopMetrics.NONE;
    MachineMetrics machines = MachineMetrics.NONE;

    private RejectionCauses causes() {
        List<Cause> reasons = rejected.entrySet().stream()
                .map(reason ->
                        new Cause(reason.getKey(), reason.getValue(), described.getOrDefault(reason.getKey(), "")))
                .toList();
        return causes.equals(RejectionCauses.NONE) || causes.worst().total() == 0
                ? new RejectionCauses(
                        List.of(InputShare.ofAnnotations(rowsRead, reasons)
                                .without(RejectionReason.SUPERSEDED_ANNOTATION)),
                        causes.suspectLabel())
                : causes;
    }

    /** The findings under the limits that every dataset has. */
    List<Finding> checks() {
        return inOnePiece(RunChecks.of(run(DatasetSettings.builtIn("d")), build(), Optional.empty()));
    }

    /** The same findings, their words in one piece. */
    static List<Finding> inOnePiece(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.with(finding.severity(), Wording.of(finding.message())))
                .toList();
    }

    static RunDescriptor run(DatasetSettings settings) {
        return new RunDescriptor(7, settings, AS_OF, "test");
    }

    public RunMetrics build() {
        VoteMetrics votes = new VoteMetrics(
                overlapCount,
                agreeingPairCount,
                vanishedClasses,
                vanishedClassCount,
                unvotedCount,
                overrulingCount,
                modelOrders,
                modelEchoes,
                ties);
        AnalysisMetrics estimates = new AnalysisMetrics(
                0.9,
                meanQuality,
                0,
                flooredAnnotatorCount,
                flooredModelCount,
                imputedAnnotatorCount,
                isSingleAnnotationOnly,
                isMajorityVote,
                votes,
                agreement,
                consensus,
                shares,
                stop);
        return new RunMetrics(
                rowsRead,
                exampleCount,
                annotationCount,
                annotatorCount,
                3,
                modelCount,
                unlabeledCount,
                0,
                rejected,
                causes(),
                GivenLabels.NONE,
                new PredictionMetrics(
                        unpredictedCount, renormalizedCount, partlyPredictedCount, uniformCount, List.of()),
                newestAnnotation,
                GoldMetrics.NONE,
                machines,
                estimates);
    }
}
