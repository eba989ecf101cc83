package dev.crowdlab.engine.agreement;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.engine.pass.PassRunner;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How far annotators agree on a scale, by every measure that it has. Immutable; safe for use by many threads. */
public final class OrderedStatistics {

    private final Map<OrderedMeasure, AgreementEstimate> estimates = new EnumMap<>(OrderedMeasure.class);
    private final WeightedKappas linear;
    private final WeightedKappas quadratic;

    private OrderedStatistics(WeightedKappas linear, WeightedKappas quadratic) {
        this.linear = linear;
        this.quadratic = quadratic;
    }

    /** What is known about the annotations regardless of a scale. */
    public record Nominal(ExampleAgreement examples, LabelSequences sequences, PairKappas pairs) {}

    /** Measures agreement over the examples of the runner: takes two to four passes. */
    public static OrderedStatistics of(PassRunner passes, ClassScale scale, Nominal nominal) {
        PairKappas pairs = nominal.pairs();
        PairDistancePass.Distances distances = passes.run("pairDistances", new PairDistancePass(pairs.layout(), scale));
        OrderedStatistics statistics = new OrderedStatistics(
                WeightedKappas.linear(pairs, distances, scale), WeightedKappas.quadratic(pairs, distances, scale));
        statistics.compareExamples(passes, scale, nominal);
        statistics.comparePairs(passes, pairs);
        return statistics;
    }

    private void compareExamples(PassRunner passes, ClassScale scale, Nominal nominal) {
        LabelSequences sequences = nominal.sequences();
        OrderedAgreement whole =
                new OrderedAgreement(scale, nominal.examples(), passes.run("pairedLabels", new PairedLabelPass()));
        List<OrderedMeasure> measures = Stream.of(
                        OrderedMeasure.KRIPPENDORFF_ALPHA_ORDINAL,
                        OrderedMeasure.KRIPPENDORFF_ALPHA_INTERVAL,
                        OrderedMeasure.GWET_AC2)
                .filter(whole::measures)
                .toList();
        OrderedJackknifePass leaving = new OrderedJackknifePass(whole, measures);
        JackknifeSums moves = sequences.isComplete() ? leaving.sum(sequences) : passes.run("orderedIntervals", leaving);
        for (int statistic = 0; statistic < measures.size(); statistic++) {
            double value = whole.value(measures.get(statistic));
            long count = whole.comparedCount();
            estimates.put(
                    measures.get(statistic),
                    count == 0
                            ? AgreementEstimate.undefined(count, AgreementEstimate.NOTHING_COMPARED)
                            : Double.isNaN(value)
                                    ? AgreementEstimate.undefined(count, AgreementEstimate.ONE_CLASS)
                                    : AgreementEstimate.within(value, -1, count, moves, statistic));
        }
    }

    private void comparePairs(PassRunner passes, PairKappas pairs) {
        List<OrderedMeasure> measures = List.of(OrderedMeasure.MEAN_LINEAR_KAPPA, OrderedMeasure.MEAN_QUADRATIC_KAPPA);
        List<WeightedKappas> wholes = List.of(linear, quadratic);
        int count = pairs.comparedCount();
        boolean isDefined = AgreementEstimate.missingPairs(pairs).isEmpty();
        JackknifeSums moves = isDefined
                ? passes.run("weightedPairIntervals", new WeightedJackknifePass(pairs, wholes))
                : new JackknifeSums(wholes.size());
        for (int statistic = 0; statistic < wholes.size(); statistic++) {
            double value = wholes.get(statistic).mean();
            int number = statistic;
            estimates.put(
                    measures.get(statistic),
                    AgreementEstimate.missingPairs(pairs)
                            .map(reason -> AgreementEstimate.undefined(count, reason))
                            .orElseGet(() -> AgreementEstimate.within(value, -1, count, moves, number)));
        }
    }

    /** Returns the measures that the scale has. */
    public List<OrderedMeasure> measures() {
        return Arrays.stream(OrderedMeasure.values())
                .filter(estimates::containsKey)
                .toList();
    }

    /** Returns the estimate of one of {@link #measures}. */
    public AgreementEstimate estimate(OrderedMeasure measure) {
        return requireNonNull(estimates.get(measure), measure::name);
    }

    /** Returns the same pairs with their weighted kappas. */
    public AnnotatorPairs pairs(PairKappas kappas, int labelingCount) {
        return new AnnotatorPairs(kappas, labelingCount, linear, quadratic);
    }
}
