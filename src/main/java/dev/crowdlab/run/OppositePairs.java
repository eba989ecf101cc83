package dev.crowdlab.run;

import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.run.AgreementMetrics.Opposite;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Finds the annotators in pairs whose interval ends below chance, each with the partner of the widest gap. Chance is
 * that of the pair, by how often each of the two gave which class on their common examples, so that people who guess, and
 * those who prefer a class, do not seem opposed to each other. Among many pairs of people who guess some agree rarely, so
 * the interval is widened until 5 % is the chance that any of them is named: the normal distribution has at most exp(-z^2
 * / 2) / 2 beyond z. Of two annotators the one with the lower mean of Cohen's kappa over all such partners, weighted by
 * common examples, is named.
 */
final class OppositePairs {

    private final AnnotatorPairs pairs;
    private final IntFunction<String> ids;
    /** [annotators] the mean kappa of each; NaN without a partner. */
    private final double[] kappas;

    private final double quantile;

    /**
     * @param ids of the annotators, by number
     */
    OppositePairs(AnnotatorPairs pairs, int annotatorCount, IntFunction<String> ids) {
        this.pairs = pairs;
        this.ids = ids;
        kappas = new double[annotatorCount];
        double[] common = new double[kappas.length];
        int compared = 0;
        for (int pair = 0; pair < pairs.size(); pair++) {
            if (pairs.commonCount(pair) >= AgreementMetrics.MIN_COMMON) {
                compared++;
                for (int annotator : new int[] {pairs.first(pair), pairs.second(pair)}) {
                    boolean isDefined = !Double.isNaN(pairs.kappa(pair));
                    kappas[annotator] += isDefined ? pairs.commonCount(pair) * pairs.kappa(pair) : 0;
                    common[annotator] += isDefined ? pairs.commonCount(pair) : 0;
                }
            }
        }
        for (int annotator = 0; annotator < kappas.length; annotator++) {
            kappas[annotator] /= common[annotator];
        }
        quantile = StrictMath.sqrt(2 * StrictMath.log(Math.max(1, compared) / 0.1));
    }

    /** The widest gap of each annotator who has one, the widest of all first. */
    List<Opposite> widest() {
        TreeMap<Integer, Opposite> widest = new TreeMap<>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            if (pairs.commonCount(pair) >= AgreementMetrics.MIN_COMMON && upperEnd(pair) < chance(pair)) {
                boolean isFirst = kappas[pairs.first(pair)] <= kappas[pairs.second(pair)];
                int named = isFirst ? pairs.first(pair) : pairs.second(pair);
                int partner = isFirst ? pairs.second(pair) : pairs.first(pair);
                widest.merge(
                        named, opposite(pair, named, partner), (one, other) -> one.gap() >= other.gap() ? one : other);
            }
        }
        return widest.values().stream()
                .sorted(Comparator.comparingDouble(Opposite::gap).reversed())
                .toList();
    }

    private Opposite opposite(int pair, int named, int partner) {
        return new Opposite(
                ids.apply(named), ids.apply(partner), agreement(pair), chance(pair), pairs.commonCount(pair));
    }

    private double agreement(int pair) {
        return (double) pairs.agreedCount(pair) / pairs.commonCount(pair);
    }

    /** The share that kappa calls chance; NaN where the pair agrees throughout. */
    private double chance(int pair) {
        return (agreement(pair) - pairs.kappa(pair)) / (1 - pairs.kappa(pair));
    }

    private double upperEnd(int pair) {
        return WilsonInterval.of(agreement(pair), pairs.commonCount(pair), quantile)
                .upper();
    }
}
