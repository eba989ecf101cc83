package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.AnnotatorPairs;
import dev.crowdlab.engine.WilsonInterval;
import dev.crowdlab.run.AgreementMetrics.Opposite;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds the annotators in pairs whose interval ends below chance, each with the partner of the widest gap. Among many
 * pairs of people who guess some agree rarely, so the interval is widened until 5 % is the chance that any of them is
 * named: the normal distribution has at most exp(-z^2 / 2) / 2 beyond z. Of two annotators the one with the wider gap
 * over all such partners is named. Somebody who gives one class nearly always disagrees for that reason alone, so such
 * a partner does not count, and such an annotator is named only if most of the consensus is another class.
 */
final class OppositePairs {

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
            if (pairs.commonCount(pair) >= AgreementMetrics.MIN_COMMON) {
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
            if (pairs.commonCount(pair) >= AgreementMetrics.MIN_COMMON && upperEnd(pair) < chance) {
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
