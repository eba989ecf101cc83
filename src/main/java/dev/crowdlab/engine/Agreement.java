package dev.crowdlab.engine;

import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementJackknifePass;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.agreement.AgreementPass;
import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.engine.agreement.ClassScale;
import dev.crowdlab.engine.agreement.ExampleAgreement;
import dev.crowdlab.engine.agreement.JackknifeSums;
import dev.crowdlab.engine.agreement.LabelSequences;
import dev.crowdlab.engine.agreement.OrderedStatistics;
import dev.crowdlab.engine.agreement.PairJackknifePass;
import dev.crowdlab.engine.agreement.PairKappas;
import dev.crowdlab.engine.agreement.PairLayout;
import dev.crowdlab.engine.agreement.PairPass;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.vote.Votes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the annotators agree with each other, whatever the consensus: {@link AgreementMeasure}s with intervals by the
 * jackknife over examples, and pairs of annotators. Takes a pass over all examples for the counts and, where they have
 * many sequences of labels, one that leaves out each example in turn, and two more for pairs. Immutable; safe for use
 * by many threads.
 */
public final class Agreement {

    private final Map<AgreementMeasure, AgreementEstimate> estimates = new EnumMap<>(AgreementMeasure.class);
    private final AnnotatorPairs pairs;
    private final Optional<OrderedStatistics> ordered;

    private Agreement(PassRunner passes, Votes votes, Optional<ClassScale> scale) {
        AgreementPass.Counts counts = passes.run("agreement", new AgreementPass());
        ExampleAgreement whole = new ExampleAgreement(counts);
        JackknifeSums moves = moves(passes, new AgreementJackknifePass(whole), counts.sequences);
        for (int statistic = 0; statistic < AgreementJackknifePass.MEASURES.size(); statistic++) {
            estimates.put(AgreementJackknifePass.MEASURES.get(statistic), estimate(statistic, whole, moves));
        }
        PairLayout layout = new PairLayout(votes, passes.dimensions().classCount());
        PairKappas kappas = new PairKappas(layout, passes.run("pairs", new PairPass(layout)));
        estimates.put(AgreementMeasure.MEAN_COHEN_KAPPA, meanKappa(passes, kappas));
        ordered = scale.map(known ->
                OrderedStatistics.of(passes, known, new OrderedStatistics.Nominal(whole, counts.sequences, kappas)));
        pairs = ordered.map(found -> found.pairs(kappas, votes.labelingCount()))
                .orElseGet(() -> new AnnotatorPairs(kappas, votes.labelingCount()));
    }

    private static JackknifeSums moves(PassRunner passes, AgreementJackknifePass pass, LabelSequences sequences) {
        return sequences.isComplete()
                ? pass.sum(sequences, passes.dimensions().classCount())
                : passes.run("agreementIntervals", pass);
    }

    /** Measures agreement over the examples of the runner. */
    public static Agreement of(PassRunner passes, Votes votes) {
        return of(passes, votes, Optional.empty());
    }

    /**
     * Measures agreement over the examples of the runner.
     *
     * @param scale on which the classes stand; empty if they have no order
     */
    static Agreement of(PassRunner passes, Votes votes, Optional<ClassScale> scale) {
        return new Agreement(passes, votes, scale);
    }

    private static AgreementEstimate estimate(int statistic, ExampleAgreement whole, JackknifeSums moves) {
        AgreementMeasure measure = AgreementJackknifePass.MEASURES.get(statistic);
        long count = whole.comparedCount();
        double value = whole.value(measure);
        if (count == 0) {
            return AgreementEstimate.undefined(count, AgreementEstimate.NOTHING_COMPARED);
        }
        if (measure == AgreementMeasure.FLEISS_KAPPA && !whole.isBalanced()) {
            return AgreementEstimate.undefined(
                    count, "It takes examples that all have the same number of annotations, and these differ.");
        }
        if (Double.isNaN(value)) {
            return AgreementEstimate.undefined(count, AgreementEstimate.ONE_CLASS);
        }
        return AgreementEstimate.within(
                value, measure == AgreementMeasure.PERCENT_AGREEMENT ? 0 : -1, count, moves, statistic);
    }

    private static AgreementEstimate meanKappa(PassRunner passes, PairKappas kappas) {
        int count = kappas.comparedCount();
        Optional<String> missing = AgreementEstimate.missingPairs(kappas);
        if (missing.isPresent()) {
            return AgreementEstimate.undefined(count, missing.get());
        }
        JackknifeSums moves = passes.run("pairIntervals", new PairJackknifePass(kappas));
        return AgreementEstimate.within(kappas.mean(), -1, count, moves, 0);
    }

    /** Returns the estimate of a measure. */
    public AgreementEstimate estimate(AgreementMeasure measure) {
        AgreementEstimate estimate = estimates.get(measure);
        if (estimate == null) {
            throw new IllegalArgumentException("there is no measure " + measure);
        }
        return estimate;
    }

    /** Returns the pairs of annotators. */
    public AnnotatorPairs pairs() {
        return pairs;
    }

    /** Returns how far they agree on the scale of the classes; empty if these have no order. */
    public Optional<OrderedStatistics> ordered() {
        return ordered;
    }
}
