package dev.crowdlab.run;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.IdList;
import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.ClassOrder;
import dev.crowdlab.engine.ConsensusMethod;
import dev.crowdlab.engine.ConsensusReview;
import dev.crowdlab.engine.TieBreak;
import dev.crowdlab.run.RunMetrics.AnalysisMetrics;
import dev.crowdlab.run.VoteMetrics.ModelOrder;
import dev.crowdlab.run.VoteMetrics.Ties;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Gathers the figures of a run. */
public final class RunMetricsCollector {

    /** The number of classes listed by name. */
    private static final int NAMED_CLASSES = 5;

    private RunMetricsCollector() {}

    /**
     * The metrics of a run.
     *
     * @param analysis empty: there was nothing to analyze
     */
    public static RunMetrics of(Dataset dataset, Optional<Analysis> analysis) {
        return new RunMetrics(
                dataset.counts().annotationRows() + dataset.counts().predictionRows(),
                dataset.examples().size(),
                dataset.annotations().annotationCount(),
                dataset.annotators().size(),
                dataset.classes().size(),
                dataset.models().size(),
                dataset.counts().unlabeled(),
                dataset.counts().unpredicted(),
                dataset.counts().collapsed(),
                dataset.rejected().countsByReason(),
                causes(dataset),
                dataset.counts().renormalized(),
                dataset.counts().partlyPredicted(),
                dataset.counts().uniform(),
                dataset.counts().newestAnnotation(),
                analysis.map(found -> estimates(found, dataset)).orElse(AnalysisMetrics.NONE));
    }

    private static RejectionCauses causes(Dataset dataset) {
        Map<RejectionReason, String> examples = new EnumMap<>(RejectionReason.class);
        for (RejectionReason reason : dataset.rejected().countsByReason().keySet()) {
            dataset.rejected().first(reason).ifPresent(row -> examples.put(reason, row.detail()));
        }
        return new RejectionCauses(examples, dataset.rejected().suspectLabel());
    }

    private static AnalysisMetrics estimates(Analysis analysis, Dataset dataset) {
        AnnotatorStatistics annotators = analysis.annotators();
        long imputed = 0;
        for (int annotator = 0; annotator < annotators.annotatorCount(); annotator++) {
            if (annotators.agreementImputed(annotator)) {
                imputed++;
            }
        }
        return new AnalysisMetrics(
                analysis.consensusLikelihood(),
                analysis.published().meanQuality(),
                analysis.changedAgainstMajority(),
                analysis.flooredAnnotatorCount(),
                analysis.flooredModelCount(),
                imputed,
                analysis.singleAnnotationOnly(),
                analysis.published().method() == ConsensusMethod.MAJORITY_VOTE,
                votes(analysis, dataset),
                AgreementMetrics.of(dataset, analysis.agreement()));
    }

    private static VoteMetrics votes(Analysis analysis, Dataset dataset) {
        ConsensusReview review = analysis.review();
        IdList classes = dataset.classes();
        List<String> vanished = new ArrayList<>();
        long vanishedCount = 0;
        for (int label = 0; label < classes.size(); label++) {
            if (review.isVanished(label) && ++vanishedCount <= NAMED_CLASSES) {
                vanished.add(classes.text(label));
            }
        }
        return new VoteMetrics(
                review.overlapCount(),
                review.agreeingPairCount(),
                vanished,
                vanishedCount,
                review.unvotedCount(),
                review.overrulingCount(),
                modelOrders(review, dataset),
                new Ties(
                        review.tieCount(TieBreak.VOTES),
                        review.tieCount(TieBreak.MODEL),
                        review.tieCount(TieBreak.CLASS_FREQUENCY),
                        review.tieCount(TieBreak.ANNOTATOR_ACCURACY),
                        review.tieCount(TieBreak.CLASS_ORDER)));
    }

    private static List<ModelOrder> modelOrders(ConsensusReview review, Dataset dataset) {
        List<ModelOrder> orders = new ArrayList<>();
        for (int model = 0; model < dataset.models().size(); model++) {
            String name = dataset.models().text(model);
            review.suspectedOrder(model)
                    .map(order -> new ModelOrder(
                            name, order.agreement(), order.likelyAgreement(), moved(order, dataset.classes())))
                    .ifPresent(orders::add);
        }
        return orders;
    }

    private static List<String> moved(ClassOrder order, IdList classes) {
        return IntStream.range(0, classes.size())
                .filter(label -> order.likely(label) != label)
                .mapToObj(
                        label -> "'" + classes.text(label) + "' look like '" + classes.text(order.likely(label)) + "'")
                .toList();
    }
}
