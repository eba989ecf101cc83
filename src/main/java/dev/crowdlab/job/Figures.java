package dev.crowdlab.job;

import dev.crowdlab.audit.RunFigures;
import dev.crowdlab.audit.RunFigures.Estimates;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.AnnotatorStatistics;
import java.util.Optional;

/** Gathers the figures of a run. */
final class Figures {

    private static final Estimates NOTHING_ESTIMATED = new Estimates(Double.NaN, Double.NaN, 0, 0, 0, false);

    private Figures() {}

    static RunFigures of(Dataset dataset, Optional<Analysis> analysis) {
        return new RunFigures(
                dataset.counts().annotationRows() + dataset.counts().predictionRows(),
                dataset.examples().size(),
                dataset.annotations().annotationCount(),
                dataset.annotators().size(),
                dataset.classes().size(),
                dataset.models().size(),
                dataset.counts().unlabeled(),
                dataset.counts().collapsed(),
                dataset.rejected().rowCount(),
                dataset.counts().renormalized(),
                dataset.counts().uniform(),
                analysis.map(Figures::estimates).orElse(NOTHING_ESTIMATED));
    }

    private static Estimates estimates(Analysis analysis) {
        AnnotatorStatistics annotators = analysis.annotators();
        long imputed = 0;
        for (int annotator = 0; annotator < annotators.annotatorCount(); annotator++) {
            if (annotators.agreementImputed(annotator)) {
                imputed++;
            }
        }
        return new Estimates(
                analysis.consensusLikelihood(),
                analysis.published().meanQuality(),
                analysis.changedAgainstMajority(),
                analysis.flooredAnnotatorCount(),
                imputed,
                analysis.singleAnnotationOnly());
    }
}
