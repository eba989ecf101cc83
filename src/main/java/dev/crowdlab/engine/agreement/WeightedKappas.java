package dev.crowdlab.engine.agreement;

import java.io.Serializable;

/**
 * Weighted kappa of each pair of chosen annotators, and the mean over pairs, for one way to measure how far two classes
 * are apart. With n common examples of a pair, d the sum of the distances of their labels, and e the sum over pairs of
 * classes of their distance times how often the one annotator gave the one and the other the other, that of the pair is 1
 * - n d / e, and the mean, as {@link PairKappas} has it for classes without order,
 *
 * <pre>
 *   sum of (e - n d) / (n - 1)   /   sum of (e - d) / (n - 1)        over the pairs with n of 2 or more
 * </pre>
 *
 * <p>Immutable.
 */
public final class WeightedKappas implements Serializable {

    private static final int MIN_COMMON = 2;

    private final PairLayout layout;
    private final PairPass.Cells cells;
    /** [pairs] d. */
    private final long[] observed;
    /** [classes × classes] */
    private final long[] distances;
    /** [pairs] e. */
    private final double[] expected;

    private final double agreement;
    private final double possible;

    private WeightedKappas(PairLayout layout, PairPass.Cells cells, long[] observed, long[] distances) {
        this.layout = layout;
        this.cells = cells;
        this.observed = observed;
        this.distances = distances;
        expected = new double[observed.length];
        double agreements = 0;
        double possibles = 0;
        for (int pair = 0; pair < observed.length; pair++) {
            long common = cells.count(layout.common(pair));
            expected[pair] = common == 0 ? 0 : expected(pair);
            agreements += agreement(common, (double) observed[pair], expected[pair]);
            possibles += possible(common, (double) observed[pair], expected[pair]);
        }
        agreement = agreements;
        possible = possibles;
    }

    /** Returns those by the difference of places. */
    public static WeightedKappas linear(PairKappas pairs, PairDistancePass.Distances observed, ClassScale scale) {
        return new WeightedKappas(pairs.layout(), pairs.cells(), observed.linear, distances(scale, false));
    }

    /** Returns those by its square. */
    public static WeightedKappas quadratic(PairKappas pairs, PairDistancePass.Distances observed, ClassScale scale) {
        return new WeightedKappas(pairs.layout(), pairs.cells(), observed.squared, distances(scale, true));
    }

    private static long[] distances(ClassScale scale, boolean isSquared) {
        int classCount = scale.classCount();
        long[] distances = new long[classCount * classCount];
        for (int cell = 0; cell < distances.length; cell++) {
            long difference = Math.abs(scale.place(cell / classCount) - scale.place(cell % classCount));
            distances[cell] = isSquared ? difference * difference : difference;
        }
        return distances;
    }

    private double expected(int pair) {
        double sum = 0;
        for (int label = 0; label < layout.classCount(); label++) {
            sum += cells.count(layout.first(pair, label)) * toSeconds(pair, label);
        }
        return sum;
    }

    /** Returns how far all labels of the second are from a class. */
    private double toSeconds(int pair, int label) {
        double sum = 0;
        for (int other = 0; other < layout.classCount(); other++) {
            sum += (double) distance(label, other) * cells.count(layout.second(pair, other));
        }
        return sum;
    }

    private double toFirsts(int pair, int label) {
        double sum = 0;
        for (int other = 0; other < layout.classCount(); other++) {
            sum += (double) distance(label, other) * cells.count(layout.first(pair, other));
        }
        return sum;
    }

    private long distance(int label, int other) {
        return distances[label * layout.classCount() + other];
    }

    private static double agreement(long common, double observed, double expected) {
        return common < MIN_COMMON ? 0 : (expected - common * observed) / (common - 1);
    }

    private static double possible(long common, double observed, double expected) {
        return common < MIN_COMMON ? 0 : (expected - observed) / (common - 1);
    }

    private static double mean(double agreement, double possible) {
        return possible <= 0 ? Double.NaN : Math.max(-1, Math.min(1, agreement / possible));
    }

    /** Returns the kappa of a pair, in [-1, 1]; NaN where both gave one and the same class throughout. */
    double kappa(int pair) {
        long common = cells.count(layout.common(pair));
        return expected[pair] <= 0
                ? Double.NaN
                : Math.max(-1, Math.min(1, 1 - common * (double) observed[pair] / expected[pair]));
    }

    /** Returns the mean, in [-1, 1]; NaN if chance leaves nothing, or no pair has two or more common examples. */
    public double mean() {
        return mean(agreement, possible);
    }

    /** Returns the mean without one example. */
    double meanWithout(PairPass.Chosen chosen) {
        double agreements = agreement;
        double possibles = possible;
        for (int one = 0; one < chosen.count; one++) {
            for (int other = one + 1; other < chosen.count; other++) {
                int pair = chosen.pair(one, other);
                int first = chosen.labels[one];
                int second = chosen.labels[other];
                long common = cells.count(layout.common(pair));
                long apart = distance(first, second);
                double products = expected[pair] - toSeconds(pair, first) - toFirsts(pair, second) + apart;
                agreements += agreement(common - 1, (double) (observed[pair] - apart), products)
                        - agreement(common, (double) observed[pair], expected[pair]);
                possibles += possible(common - 1, (double) (observed[pair] - apart), products)
                        - possible(common, (double) observed[pair], expected[pair]);
            }
        }
        return mean(agreements, possibles);
    }
}
