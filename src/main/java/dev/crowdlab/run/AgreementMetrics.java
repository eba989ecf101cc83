package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.engine.Agreement;
import dev.crowdlab.engine.AgreementMeasure;
import dev.crowdlab.engine.AnnotatorPairs;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.WilsonInterval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the annotators agree with each other.
 *
 * @param alpha Krippendorff's alpha; NaN if undefined
 * @param ac1 Gwet's AC1; NaN if undefined
 * @param commonClass the class with most labels
 * @param commonShare its share of all labels; NaN if there are none
 * @param comparedCount annotators compared in pairs
 * @param isLimited whether others were left out
 * @param opposites annotators who seem to give opposite labels, the widest gap first
 * @param oneClass annotators who gave one class nearly always, most labels first
 */
public record AgreementMetrics(
        double alpha,
        double ac1,
        String commonClass,
        double commonShare,
        long comparedCount,
        boolean isLimited,
        List<Opposite> opposites,
        List<OneClassAnnotator> oneClass) {

    /** For a dataset without examples. */
    public static final AgreementMetrics NONE =
            new AgreementMetrics(Double.NaN, Double.NaN, "", Double.NaN, 0, false, List.of(), List.of());

    /** With fewer common examples two annotators say little about each other. */
    public static final int MIN_COMMON = 30;

    /** Lists are copied. */
    public AgreementMetrics {
        opposites = List.copyOf(opposites);
        oneClass = List.copyOf(oneClass);
    }

    /**
     * An annotator who agrees less with somebody than guessing would, on {@link #MIN_COMMON} or more common examples.
     *
     * @param annotator the id
     * @param partner the other annotator's id
     * @param agreement the share of common examples to which both gave the same label
     * @param chance the share that guessing by the class shares of all labels would give
     * @param commonCount how many common examples there are
     * @param oneClass that the annotator gave one class nearly always; empty: the annotator did not
     */
    public record Opposite(
            String annotator,
            String partner,
            double agreement,
            double chance,
            long commonCount,
            Optional<OneClassAnnotator> oneClass) {

        double gap() {
            return chance - agreement;
        }
    }

    static AgreementMetrics of(DatasetNames names, DatasetTotals totals, Estimates estimates) {
        Agreement agreement = estimates.agreement();
        double annotations = totals.annotationCount();
        int classCount = names.classes().size();
        int common = 0;
        for (int label = 1; label < classCount; label++) {
            common = totals.labelCount(label) > totals.labelCount(common) ? label : common;
        }
        double chance = 0;
        for (int label = 0; label < classCount; label++) {
            double share = totals.labelCount(label) / annotations;
            chance += share * share;
        }
        OneClassAnnotators oneClass =
                new OneClassAnnotators(names, estimates.confusionSummary(), estimates.annotators()::labelCount);
        return new AgreementMetrics(
                agreement.estimate(AgreementMeasure.KRIPPENDORFF_ALPHA).value(),
                agreement.estimate(AgreementMeasure.GWET_AC1).value(),
                names.classes().text(common),
                totals.labelCount(common) / annotations,
                agreement.pairs().comparedCount(),
                agreement.pairs().isLimited(),
                new OppositePairs(names, agreement.pairs(), oneClass, chance).widest(),
                oneClass.byLabels());
    }

    /**
     * Finds the annotators in pairs whose interval ends below chance, each with the partner of the widest gap. Among many pairs
     * of people who guess some agree rarely, so the interval is widened until 5 % is the chance that any of them is named: the
     * normal distribution has at most exp(-z^2 / 2) / 2 beyond z. Of two annotators the one with the wider gap over all such
     * partners is named. Somebody who gives one class nearly always disagrees for that reason alone, so such a partner does not
     * count, and such an annotator is named only if most of the consensus is another class.
     */
    private static final class OppositePairs {

        private final DatasetNames names;
        private final AnnotatorPairs pairs;
        private final OneClassAnnotators oneClass;
        private final double chance;
        /** [annotators] by how much each agrees less than by chance, with all others taken together. */
        private final double[] gaps;

        private final double quantile;

        OppositePairs(DatasetNames names, AnnotatorPairs pairs, OneClassAnnotators oneClass, double chance) {
            this.names = names;
            this.pairs = pairs;
            this.oneClass = oneClass;
            this.chance = chance;
            gaps = new double[names.annotators().size()];
            double[] common = new double[gaps.length];
            int compared = 0;
            for (int pair = 0; pair < pairs.size(); pair++) {
                if (pairs.commonCount(pair) >= MIN_COMMON) {
                    compared++;
                    for (int annotator : new int[] {pairs.first(pair), pairs.second(pair)}) {
                        gaps[annotator] += chance * pairs.commonCount(pair) - pairs.agreedCount(pair);
                        common[annotator] += pairs.commonCount(pair);
                    }
                }
            }
            for (int annotator = 0; annotator < gaps.length; annotator++) {
                gaps[annotator] /= common[annotator];
            }
            quantile = StrictMath.sqrt(2 * StrictMath.log(Math.max(1, compared) / 0.1));
        }

        /** The widest gap of each annotator who has one, the widest of all first. */
        List<Opposite> widest() {
            TreeMap<Integer, Opposite> widest = new TreeMap<>();
            for (int pair = 0; pair < pairs.size(); pair++) {
                if (pairs.commonCount(pair) >= MIN_COMMON && upperEnd(pair) < chance) {
                    boolean isFirst = gaps[pairs.first(pair)] >= gaps[pairs.second(pair)];
                    int named = isFirst ? pairs.first(pair) : pairs.second(pair);
                    int partner = isFirst ? pairs.second(pair) : pairs.first(pair);
                    if (isTold(named, partner)) {
                        widest.merge(
                                named,
                                opposite(pair, named, partner),
                                (one, other) -> one.gap() >= other.gap() ? one : other);
                    }
                }
            }
            return widest.values().stream()
                    .sorted(Comparator.comparingDouble(Opposite::gap).reversed())
                    .toList();
        }

        private boolean isTold(int named, int partner) {
            return oneClass.of(partner).isEmpty()
                    && oneClass.of(named).map(OneClassAnnotator::isAgainstMost).orElse(true);
        }

        private Opposite opposite(int pair, int named, int partner) {
            return new Opposite(
                    names.annotators().text(named),
                    names.annotators().text(partner),
                    agreement(pair),
                    chance,
                    pairs.commonCount(pair),
                    oneClass.of(named));
        }

        private double agreement(int pair) {
            return (double) pairs.agreedCount(pair) / pairs.commonCount(pair);
        }

        private double upperEnd(int pair) {
            return WilsonInterval.of(agreement(pair), pairs.commonCount(pair), quantile)
                    .upper();
        }
    }
}
