package dev.crowdlab.job;

import dev.crowdlab.audit.RejectionCauses;
import dev.crowdlab.audit.RunFigures;
import dev.crowdlab.audit.RunFigures.Estimates;
import dev.crowdlab.audit.VoteFigures;
import dev.crowdlab.audit.VoteFigures.ModelOrder;
import dev.crowdlab.audit.VoteFigures.Ties;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.Ids;
import dev.crowdlab.dataset.Reason;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.ClassOrder;
import dev.crowdlab.engine.ConsensusMethod;
import dev.crowdlab.engine.ConsensusReview;
import dev.crowdlab.engine.TieBreak;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Gathers the figures of a run. */
final class Figures {

    /** Classes that are told by name. */
    private static final int NAMED_CLASSES = 5;

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
                dataset.counts().unpredicted(),
                dataset.counts().collapsed(),
                dataset.rejected().countsByReason(),
                causes(dataset),
                dataset.counts().renormalized(),
                dataset.counts().partlyPredicted(),
                dataset.counts().uniform(),
                dataset.counts().newestAnnotation(),
                analysis.map(found -> estimates(found, dataset)).orElse(Estimates.NONE));
    }

    private static RejectionCauses causes(Dataset dataset) {
        Map<Reason, String> examples = new EnumMap<>(Reason.class);
        for (Reason reason : dataset.rejected().countsByReason().keySet()) {
            dataset.rejected().first(reason).ifPresent(row -> examples.put(reason, row.detail()));
        }
        return new RejectionCauses(examples, dataset.rejected().suspectLabel());
    }

    private static Estimates estimates(Analysis analysis, Dataset dataset) {
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
                analysis.flooredModelCount(),
                imputed,
                analysis.singleAnnotationOnly(),
                analysis.published().method() == ConsensusMethod.MAJORITY_VOTE,
                votes(analysis, dataset));
    }

    private static VoteFigures votes(Analysis analysis, Dataset dataset) {
        ConsensusReview review = analysis.review();
        Ids classes = dataset.classes();
        List<String> vanished = new ArrayList<>();
        long vanishedCount = 0;
        for (int label = 0; label < classes.size(); label++) {
            if (review.isVanished(label) && ++vanishedCount <= NAMED_CLASSES) {
                vanished.add(classes.text(label));
            }
        }
        return new VoteFigures(
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

    private static List<String> moved(ClassOrder order, Ids classes) {
        return IntStream.range(0, classes.size())
                .filter(label -> order.likely(label) != label)
                .mapToObj(
                        label -> "'" + classes.text(label) + "' look like '" + classes.text(order.likely(label)) + "'")
                .toList();
    }
}
