package dev.crowdlab.engine;

import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementJackknifePass;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.agreement.AgreementPass;
import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.engine.agreement.ExampleAgreement;
import dev.crowdlab.engine.agreement.JackknifeSums;
import dev.crowdlab.engine.agreement.LabelSequences;
import dev.crowdlab.engine.agreement.PairJackknifePass;
import dev.crowdlab.engine.agreement.PairKappas;
import dev.crowdlab.engine.agreement.PairLayout;
import dev.crowdlab.engine.agreement.PairPass;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.quality.WilsonInterval;
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

    private static final String NOTHING_COMPARED = "No example has two or more annotations.";
    private static final String ONE_CLASS =
            "All labels that are compared name the same class, so that chance explains all" + " agreement.";
    private static final String NO_PAIR = "No two annotators have two or more examples in common.";
    private static final String NO_ROOM =
            "In all pairs of annotators with two or more common examples chance explains all agreement.";

    /** With fewer common examples in all pairs together the mean kappa says little. */
    private static final int MIN_COMMON = 30;

    private static final String RESTS_ON_ONE = "There is no interval, since the value rests on a single example.";

    private final Map<AgreementMeasure, AgreementEstimate> estimates = new EnumMap<>(AgreementMeasure.class);
    private final AnnotatorPairs pairs;

    private Agreement(PassRunner passes, Votes votes) {
        AgreementPass.Counts counts = passes.run("agreement", new AgreementPass());
        ExampleAgreement whole = new ExampleAgreement(counts);
        JackknifeSums moves = moves(passes, new AgreementJackknifePass(whole), counts.sequences);
        for (int statistic = 0; statistic < AgreementJackknifePass.MEASURES.size(); statistic++) {
            estimates.put(AgreementJackknifePass.MEASURES.get(statistic), estimate(statistic, whole, moves));
        }
        PairLayout layout = new PairLayout(votes, passes.dimensions().classCount());
        PairKappas kappas = new PairKappas(layout, passes.run("pairs", new PairPass(layout)));
        pairs = new AnnotatorPairs(kappas, votes.labelingCount());
        estimates.put(AgreementMeasure.MEAN_COHEN_KAPPA, meanKappa(passes, kappas));
    }

    private static JackknifeSums moves(PassRunner passes, AgreementJackknifePass pass, LabelSequences sequences) {
        return sequences.isComplete()
                ? pass.sum(sequences, passes.dimensions().classCount())
                : passes.run("agreementIntervals", pass);
    }

    /** Measures agreement over the examples of the runner. */
    public static Agreement of(PassRunner passes, Votes votes) {
        return new Agreement(passes, votes);
    }

    private static AgreementEstimate estimate(int statistic, ExampleAgreement whole, JackknifeSums moves) {
        AgreementMeasure measure = AgreementJackknifePass.MEASURES.get(statistic);
        long count = whole.comparedCount();
        double value = whole.value(measure);
        if (count == 0) {
            return AgreementEstimate.undefined(count, NOTHING_COMPARED);
        }
        if (measure == AgreementMeasure.FLEISS_KAPPA && !whole.isBalanced()) {
            return AgreementEstimate.undefined(
                    count, "It takes examples that all have the same number of annotations, and these differ.");
        }
        if (Double.isNaN(value)) {
            return AgreementEstimate.undefined(count, ONE_CLASS);
        }
        return within(value, measure == AgreementMeasure.PERCENT_AGREEMENT ? 0 : -1, count, moves, statistic);
    }

    private static AgreementEstimate meanKappa(PassRunner passes, PairKappas kappas) {
        int count = kappas.comparedCount();
        if (count == 0) {
            return AgreementEstimate.undefined(count, NO_PAIR);
        }
        if (kappas.commonCount() < MIN_COMMON) {
            return AgreementEstimate.undefined(
                    count,
                    "It takes " + MIN_COMMON + " common examples in all pairs of annotators with two or more, added up,"
                            + " and there are " + kappas.commonCount() + ".");
        }
        if (Double.isNaN(kappas.mean())) {
            return AgreementEstimate.undefined(count, NO_ROOM);
        }
        JackknifeSums moves = passes.run("pairIntervals", new PairJackknifePass(kappas));
        return within(kappas.mean(), -1, count, moves, 0);
    }

    private static AgreementEstimate within(
            double estimate, double least, long count, JackknifeSums moves, int statistic) {
        double value = Math.max(least, Math.min(1, estimate));
        if (!moves.isDefined(statistic)) {
            return new AgreementEstimate(value, Double.NaN, Double.NaN, count, Optional.of(RESTS_ON_ONE));
        }
        double half = WilsonInterval.QUANTILE * moves.standardError(statistic);
        return new AgreementEstimate(
                value, Math.max(least, value - half), Math.min(1, value + half), count, Optional.empty());
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
}
