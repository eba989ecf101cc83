package dev.crowdlab.run;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Agreement;
import dev.crowdlab.engine.AgreementMeasure;
import dev.crowdlab.engine.AnnotatorPairs;
import dev.crowdlab.engine.WilsonInterval;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the annotators agree with each other.
 *
 * @param alpha Krippendorff's alpha; NaN if undefined
 * @param ac1 Gwet's AC1; NaN if undefined
 * @param commonClass the class with most labels
 * @param commonShare its share of all labels; NaN if there are none
 * @param comparedCount annotators compared in pairs
 * @param isLimited whether others were left out
 * @param opposites annotators who seem to give opposite labels, by id
 */
public record AgreementMetrics(
        double alpha,
        double ac1,
        String commonClass,
        double commonShare,
        long comparedCount,
        boolean isLimited,
        List<Opposite> opposites) {

    /** For a dataset without examples. */
    public static final AgreementMetrics NONE =
            new AgreementMetrics(Double.NaN, Double.NaN, "", Double.NaN, 0, false, List.of());

    /** With fewer common examples two annotators say little about each other. */
    public static final int LEAST_COMMON = 30;

    /** Lists are copied. */
    public AgreementMetrics {
        opposites = List.copyOf(opposites);
    }

    /**
     * An annotator who agrees less with those of at least {@link #LEAST_COMMON} common examples than guessing would.
     *
     * @param annotator the id
     * @param agreement the share of equal labels over these pairs
     * @param chance the share that guessing would give, each with its own class shares
     * @param partnerCount how many these are
     */
    public record Opposite(String annotator, double agreement, double chance, long partnerCount) {}

    static AgreementMetrics of(Dataset dataset, Agreement agreement) {
        long[] labels = new long[dataset.classes().size()];
        for (int position = 0; position < dataset.annotations().annotationCount(); position++) {
            labels[dataset.annotations().label(position)] += 1;
        }
        int common = 0;
        for (int label = 1; label < labels.length; label++) {
            common = labels[label] > labels[common] ? label : common;
        }
        return new AgreementMetrics(
                agreement.estimate(AgreementMeasure.KRIPPENDORFF_ALPHA).value(),
                agreement.estimate(AgreementMeasure.GWET_AC1).value(),
                dataset.classes().text(common),
                (double) labels[common] / dataset.annotations().annotationCount(),
                agreement.pairs().comparedCount(),
                agreement.pairs().isLimited(),
                opposites(dataset, agreement.pairs()));
    }

    /**
     * Sums over pairs, since among many pairs of people who guess some agree rarely by chance. The interval counts the largest
     * number of common examples and not their sum, as the same labels are compared with many.
     */
    private static List<Opposite> opposites(Dataset dataset, AnnotatorPairs pairs) {
        Sums[] sums = new Sums[dataset.annotators().size()];
        for (int pair = 0; pair < pairs.size(); pair++) {
            if (pairs.commonCount(pair) >= LEAST_COMMON) {
                for (int annotator : new int[] {pairs.first(pair), pairs.second(pair)}) {
                    sums[annotator] = sums[annotator] == null ? new Sums() : sums[annotator];
                    sums[annotator].add(pairs, pair);
                }
            }
        }
        List<Opposite> opposites = new ArrayList<>();
        for (int annotator = 0; annotator < sums.length; annotator++) {
            if (sums[annotator] != null && sums[annotator].isOpposite()) {
                opposites.add(sums[annotator].opposite(dataset.annotators().text(annotator)));
            }
        }
        return opposites;
    }

    /** The pairs of one annotator. */
    private static final class Sums {

        private long pairs;
        private long common;
        private long agreed;
        private long largest;
        private double chance;

        void add(AnnotatorPairs all, int pair) {
            pairs++;
            common += all.commonCount(pair);
            agreed += all.agreedCount(pair);
            largest = Math.max(largest, all.commonCount(pair));
            chance += all.chance(pair) * all.commonCount(pair);
        }

        boolean isOpposite() {
            return WilsonInterval.of((double) agreed / common, largest).upper() < chance / common;
        }

        Opposite opposite(String id) {
            return new Opposite(id, (double) agreed / common, chance / common, pairs);
        }
    }
}
