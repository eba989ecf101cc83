package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.InputCounts;
import dev.crowdlab.dataset.MachinePatterns;
import dev.crowdlab.dataset.ModelCounts;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.review.ClassOrder;
import dev.crowdlab.engine.review.ConsensusReview;
import dev.crowdlab.results.MachineResults;
import dev.crowdlab.run.RunMetrics.AnalysisMetrics;
import dev.crowdlab.run.RunMetrics.ModelCoverage;
import dev.crowdlab.run.RunMetrics.PredictionMetrics;
import dev.crowdlab.run.VoteMetrics.ModelEcho;
import dev.crowdlab.run.VoteMetrics.ModelOrder;
import dev.crowdlab.run.VoteMetrics.Ties;
import java.util.ArrayList;
import java.util.List;
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
     * @param estimates empty: there was nothing to analyze
     */
    public static RunMetrics of(DatasetNames names, DatasetTotals totals, Optional<Estimates> estimates) {
        return new RunMetrics(
                totals.counts().annotationRows() + totals.counts().predictionRows(),
                totals.exampleCount(),
                totals.annotationCount(),
                names.annotators().size(),
                names.classes().size(),
                names.models().size(),
                totals.counts().unlabeled(),
                totals.counts().collapsed(),
                totals.rejected().countsByReason(),
                new RejectionCauses(
                        new InputShares(totals).of(names), totals.rejected().suspectLabel()),
                GivenLabels.of(names, totals),
                predictions(totals.counts(), coverages(names, totals.modelCounts())),
                totals.counts().newestAnnotation(),
                GoldMetrics.of(totals, estimates),
                MachineMetrics.of(names.annotators()),
                estimates.map(found -> estimates(found, names, totals)).orElse(AnalysisMetrics.NONE));
    }

    /**
     * The metrics of a run with machines, which are those of annotators but for the number of examples.
     *
     * @param names of people, and of machines if they are annotators, too
     * @param estimates of these; empty: there was nothing to analyze
     * @param patterns what declares machines
     */
    public static RunMetrics of(
            DatasetNames names,
            DatasetTotals totals,
            Optional<Estimates> estimates,
            MachinePatterns patterns,
            MachineResults machines) {
        return of(names, totals, estimates)
                .withMachines(machines.counts().labeled(), MachineMetrics.of(patterns, machines));
    }

    private static PredictionMetrics predictions(InputCounts counts, List<ModelCoverage> coverages) {
        return new PredictionMetrics(
                counts.unpredicted(), counts.renormalized(), counts.partlyPredicted(), counts.uniform(), coverages);
    }

    private static List<ModelCoverage> coverages(DatasetNames names, ModelCounts counts) {
        return IntStream.range(0, counts.modelCount())
                .mapToObj(model ->
                        new ModelCoverage(names.models().text(model), counts.labeled(model), counts.labeledExamples()))
                .toList();
    }

    private static AnalysisMetrics estimates(Estimates estimates, DatasetNames names, DatasetTotals totals) {
        AnnotatorStatistics annotators = estimates.annotators();
        long imputed = 0;
        for (int annotator = 0; annotator < annotators.annotatorCount(); annotator++) {
            if (annotators.agreementImputed(annotator)) {
                imputed++;
            }
        }
        return new AnalysisMetrics(
                estimates.consensusLikelihood(),
                estimates.meanQuality(0),
                estimates.review().changedCount(),
                estimates.flooredAnnotatorCount(),
                Math.min(estimates.flooredModelCount(), names.models().size()), // a panel is none of them
                imputed,
                estimates.singleAnnotationOnly(),
                estimates.methods().get(0) == ConsensusMethod.MAJORITY_VOTE,
                votes(estimates.review(), names),
                AgreementMetrics.of(names, totals, estimates),
                ConsensusMetrics.of(estimates),
                ShareMetrics.of(names, estimates),
                StopMetrics.of(estimates));
    }

    private static VoteMetrics votes(ConsensusReview review, DatasetNames names) {
        IdList classes = names.classes();
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
                modelOrders(review, names),
                modelEchoes(review, names),
                new Ties(
                        review.tieCount(TieBreak.VOTES),
                        review.tieCount(TieBreak.MODEL),
                        review.tieCount(TieBreak.CLASS_FREQUENCY),
                        review.tieCount(TieBreak.ANNOTATOR_ACCURACY),
                        review.tieCount(TieBreak.CLASS_ORDER)));
    }

    private static List<ModelOrder> modelOrders(ConsensusReview review, DatasetNames names) {
        List<ModelOrder> orders = new ArrayList<>();
        for (int model = 0; model < names.models().size(); model++) {
            String name = names.models().text(model);
            review.suspectedOrder(model)
                    .map(order -> new ModelOrder(
                            name, order.agreement(), order.likelyAgreement(), moved(order, names.classes())))
                    .ifPresent(orders::add);
        }
        return orders;
    }

    private static List<ModelEcho> modelEchoes(ConsensusReview review, DatasetNames names) {
        List<ModelEcho> echoes = new ArrayList<>();
        for (int model = 0; model < names.models().size(); model++) {
            String name = names.models().text(model);
            review.echo(model)
                    .map(echo -> new ModelEcho(name, echo.share(), echo.bound(), echo.exampleCount()))
                    .ifPresent(echoes::add);
        }
        return echoes;
    }

    private static List<String> moved(ClassOrder order, IdList classes) {
        return IntStream.range(0, classes.size())
                .filter(label -> order.likely(label) != label)
                .mapToObj(
                        label -> "'" + classes.text(label) + "' look like '" + classes.text(order.likely(label)) + "'")
                .toList();
    }
}
