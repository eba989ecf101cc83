package dev.crowdlab.engine;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Cohen's kappa of each pair of chosen annotators, and its mean weighted by common examples. With n common examples, a
 * of them with equal labels, and e the sum over classes of the product of how often each of the two gave the class, it
 * is (n a - e) / (n² - e), undefined where both gave one and the same class throughout. Immutable.
 */
final class PairKappas implements Serializable {

    private static final long serialVersionUID = 1L;

    private final PairLayout layout;
    private final PairPass.Cells cells;
    /** [pairs] e. */
    private final long[] expected;
    /** [pairs] NaN where it is undefined. */
    private final double[] kappas;

    private final double sum;
    private final long weight;
    private final int definedCount;

    PairKappas(PairLayout layout, PairPass.Cells cells) {
        this.layout = layout;
        this.cells = cells;
        expected = new long[layout.pairCount()];
        kappas = new double[layout.pairCount()];
        Arrays.fill(kappas, Double.NaN);
        double total = 0;
        long weights = 0;
        int defined = 0;
        for (int pair = 0; pair < kappas.length; pair++) {
            long common = common(pair);
            if (common > 0) {
                expected[pair] = expected(pair);
                kappas[pair] = kappa(common, agreed(pair), expected[pair]);
            }
            if (!Double.isNaN(kappas[pair])) {
                total += common * kappas[pair];
                weights += common;
                defined++;
            }
        }
        sum = total;
        weight = weights;
        definedCount = defined;
    }

    private long expected(int pair) {
        long products = 0;
        for (int label = 0; label < layout.classCount(); label++) {
            products += (long) cells.count(layout.first(pair, label)) * cells.count(layout.second(pair, label));
        }
        return products;
    }

    private static double kappa(long common, long agreed, long expected) {
        long different = common * common - expected;
        return different == 0 ? Double.NaN : (double) (common * agreed - expected) / different;
    }

    PairLayout layout() {
        return layout;
    }

    long common(int pair) {
        return cells.count(layout.common(pair));
    }

    long agreed(int pair) {
        return cells.count(layout.agreed(pair));
    }

    double kappa(int pair) {
        return kappas[pair];
    }

    /** Returns how many pairs have a kappa. */
    int definedCount() {
        return definedCount;
    }

    /** Returns the weighted mean; NaN if no pair has a kappa. */
    double mean() {
        return sum / weight;
    }

    /** Returns the weighted mean without one example; NaN if no pair has a kappa then. */
    double meanWithout(PairPass.Chosen chosen) {
        double total = sum;
        long weights = weight;
        for (int one = 0; one < chosen.count; one++) {
            for (int other = one + 1; other < chosen.count; other++) {
                int pair = chosen.pair(one, other);
                long common = common(pair);
                if (!Double.isNaN(kappas[pair])) {
                    total -= common * kappas[pair];
                    weights -= common;
                }
                double kappa = kappaWithout(pair, chosen.labels[one], chosen.labels[other]);
                if (!Double.isNaN(kappa)) {
                    total += (common - 1) * kappa;
                    weights += common - 1;
                }
            }
        }
        return weights == 0 ? Double.NaN : total / weights;
    }

    private double kappaWithout(int pair, int first, int second) {
        int equal = first == second ? 1 : 0;
        long products = expected[pair]
                - cells.count(layout.second(pair, first))
                - cells.count(layout.first(pair, second))
                + equal;
        return kappa(common(pair) - 1, agreed(pair) - equal, products);
    }
}
