package dev.crowdlab.audit;

import dev.crowdlab.audit.RunFigures.Estimates;
import dev.crowdlab.audit.VoteFigures.Ties;
import dev.crowdlab.dataset.Reason;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of a run about which there is nothing to say, until a test changes them. */
final class SampleFigures {

    static final Instant AS_OF = Instant.parse("2026-03-02T00:00:00Z");

    long rowsRead = 1_000;
    long exampleCount = 200;
    long annotationCount = 600;
    long annotatorCount = 20;
    long modelCount = 1;
    long unpredictedCount;
    Map<Reason, Long> rejected = Map.of();
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
    List<VoteFigures.ModelOrder> modelOrders = List.of();
    Ties ties = new Ties(0, 0, 0, 0, 0);

    /** The findings under the limits that every dataset has. */
    List<RunCheck> checks() {
        return RunChecks.of(run(DatasetSettings.builtIn("d")), build(), Optional.empty());
    }

    static OpenRun run(DatasetSettings settings) {
        return new OpenRun(7, settings, AS_OF, "test");
    }

    RunFigures build() {
        VoteFigures votes = new VoteFigures(
                overlapCount,
                agreeingPairCount,
                vanishedClasses,
                vanishedClassCount,
                unvotedCount,
                overrulingCount,
                modelOrders,
                ties);
        Estimates estimates = new Estimates(
                0.9,
                meanQuality,
                0,
                flooredAnnotatorCount,
                flooredModelCount,
                imputedAnnotatorCount,
                isSingleAnnotationOnly,
                isMajorityVote,
                votes);
        return new RunFigures(
                rowsRead,
                exampleCount,
                annotationCount,
                annotatorCount,
                3,
                modelCount,
                0,
                unpredictedCount,
                0,
                rejected,
                causes,
                renormalizedCount,
                partlyPredictedCount,
                uniformCount,
                newestAnnotation,
                estimates);
    }
}
