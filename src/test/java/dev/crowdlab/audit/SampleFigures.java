package dev.crowdlab.audit;

import dev.crowdlab.audit.RunFigures.Estimates;
import dev.crowdlab.audit.VoteFigures.Ties;
import java.util.List;

/** Figures of a run about which there is nothing to say, until a test changes them. */
final class SampleFigures {

    long rowsRead = 1_000;
    long exampleCount = 200;
    long annotationCount = 600;
    long annotatorCount = 20;
    long modelCount = 1;
    long rejectedCount;
    long renormalizedCount;
    long uniformCount;
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
    Ties ties = new Ties(0, 0, 0, 0, 0);

    RunFigures build() {
        VoteFigures votes = new VoteFigures(
                overlapCount,
                agreeingPairCount,
                vanishedClasses,
                vanishedClassCount,
                unvotedCount,
                overrulingCount,
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
                0,
                rejectedCount,
                renormalizedCount,
                uniformCount,
                estimates);
    }
}
