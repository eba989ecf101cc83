package dev.crowdlab.engine.agreement;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Cohen's kappa of each pair of chosen annotators, and one of all pairs together. With n common examples of a pair, a
 * of them with equal labels, and e the sum over classes of the product of how often each of the two gave the class, that
 * of the pair is (n a - e) / (n² - e), undefined where both gave one and the same class throughout.
 *
 * <p>It is too low where n is small, since e counts each example against itself as well: of two labels of one example
 * more are equal than chance makes equal. So the mean takes chance from different examples, (e - a) / (n (n - 1)), and
 * adds up before it divides,
 *
 * <pre>
 *   sum of (n a - e) / (n - 1)   /   sum of (n² - e - (n - a)) / (n - 1)        over the pairs with n of 2 or more
 * </pre>
 *
 * <p>which is the mean of the kappas with that chance, weighted by n times the share of agreement that chance leaves.
 * Immutable.
 */
public final class PairKappas implements Serializable {

    private static final int MIN_COMMON = 2;

    private final PairLayout layout;
    private final PairPass.Cells cells;
    /** [pairs] e. */
    private final long[] expected;
    /** [pairs] NaN where it is undefined. */
    private final double[] kappas;

    private final double agreement;
    private final double possible;
    private final int comparedCount;
    private final long commonCount;

    public PairKappas(PairLayout layout, PairPass.Cells cells) {
        this.layout = layout;
        this.cells = cells;
        expected = new long[layout.pairCount()];
        kappas = new double[layout.pairCount()];
        Arrays.fill(kappas, Double.NaN);
        double agreements = 0;
        double possibles = 0;
        int compared = 0;
        long commons = 0;
        for (int pair = 0; pair < kappas.length; pair++) {
            long common = common(pair);
            if (common > 0) {
                expected[pair] = expected(pair);
                kappas[pair] = kappa(common, agreed(pair), expected[pair]);
            }
            if (common >= MIN_COMMON) {
                agreements += agreement(common, agreed(pair), expected[pair]);
                possibles += possible(common, agreed(pair), expected[pair]);
                compared++;
                commons += common;
            }
        }
        agreement = agreements;
        possible = possibles;
        comparedCount = compared;
        commonCount = commons;
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

    /** Returns by how many examples a pair agrees more than by chance; 0 with one common example. */
    private static double agreement(long common, long agreed, long expected) {
        return common < MIN_COMMON ? 0 : (double) (common * agreed - expected) / (common - 1);
    }

    /** Returns by how many examples it could; 0 with one common example. */
    private static double possible(long common, long agreed, long expected) {
        return common < MIN_COMMON ? 0 : (double) (common * common - expected - (common - agreed)) / (common - 1);
    }

    private static double mean(double agreement, double possible) {
        return possible <= 0 ? Double.NaN : Math.max(-1, Math.min(1, agreement / possible));
    }

    PairLayout layout() {
        return layout;
    }

    PairPass.Cells cells() {
        return cells;
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

    /** Returns how many pairs have two or more common examples. */
    public int comparedCount() {
        return comparedCount;
    }

    /** Returns the sum of their common examples. */
    public long commonCount() {
        return commonCount;
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
                int equal = first == second ? 1 : 0;
                long common = common(pair);
                long agreed = agreed(pair);
                long products = expected[pair]
                        - cells.count(layout.second(pair, first))
                        - cells.count(layout.first(pair, second))
                        + equal;
                agreements +=
                        agreement(common - 1, agreed - equal, products) - agreement(common, agreed, expected[pair]);
                possibles += possible(common - 1, agreed - equal, products) - possible(common, agreed, expected[pair]);
            }
        }
        return mean(agreements, possibles);
    }
}
