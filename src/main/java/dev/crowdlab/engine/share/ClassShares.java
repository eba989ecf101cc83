package dev.crowdlab.engine.share;

import dev.crowdlab.engine.quality.WilsonInterval;
import java.util.Optional;

/**
 * How many of the N examples of a data set or period are of each class: the consensus labels, counted, and corrected by the n gold labels of examples drawn
 * at random. With C, L, g and f as in {@link ShareTable},
 *
 * <pre>
 *   θ_k = λ L_k / N + (g_k - λ f_k) / n
 *   S_k = g_k - 2 λ C[k, k] + λ² f_k - (g_k - λ f_k)² / n
 *   v_k = (1 - n / N) (S_k + 1.5) / (n (n - 2))
 *   q_k = θ_k within [0.5 / n, 1 - 0.5 / n]      m_k = q_k (1 - q_k) / v_k within [n / 2, 20 n]
 * </pre>
 *
 * <p>and the interval is Wilson's of θ_k, within [0, 1], as if from m_k examples; θ_k itself if n = N. Its lower end is 0 where g_k = 0, its upper end 1 where
 * g_k = n. λ is that of the whole data set ({@link ShareTable#power}). It is the difference estimator of survey sampling, of these very N examples and no others;
 * 1.5 keeps an interval from being empty where gold saw no error. Classes are numbered as in the input; one out of range is an
 * {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ClassShares {

    /** The least number of examples with random gold, of the data set and of a period. */
    public static final int MIN_GOLD = 50;

    private static final double PSEUDO = 1.5;
    private static final double MIN_EFFECTIVE = 0.5;
    private static final double MAX_EFFECTIVE = 20;
    private static final double MIN_VARIANCE = 1e-300;

    private final ShareTable table;
    private final double lambda;
    private final Optional<ShareRefusal> refusal;

    /**
     * Takes the counts.
     *
     * @param table not to be modified any more
     * @param lambda of the whole data set; not used if refused
     * @param refused why nothing may be corrected, the number of gold labels left aside
     */
    ClassShares(ShareTable table, double lambda, Optional<ShareRefusal> refused) {
        this.table = table;
        this.lambda = lambda;
        refusal = refused.or(() -> table.goldCount < MIN_GOLD ? Optional.of(ShareRefusal.FEW_GOLD) : Optional.empty());
    }

    /** Returns why counts are not corrected; empty if they are. */
    public Optional<ShareRefusal> refusal() {
        return refusal;
    }

    /** Returns N, the number of examples. */
    public long exampleCount() {
        return table.exampleCount;
    }

    /** Returns n, the number of examples with random gold. */
    public long goldCount() {
        return table.goldCount;
    }

    /** Returns the number of classes. */
    public int classCount() {
        return table.classCount();
    }

    /** Returns how many examples have the class as consensus. */
    public long count(int label) {
        return table.labels[label];
    }

    /** Returns how many examples have no consensus label. */
    public long unlabeledCount() {
        return table.labels[classCount()];
    }

    /** Returns λ, how far consensus labels move with gold, in [0, 1]; NaN if refused. */
    public double lambda() {
        return refusal.isPresent() ? Double.NaN : lambda;
    }

    /**
     * Returns how many more gold labels would halve the intervals: {@code ⌈4 / (1 / n + 3 / N)⌉ - n}, as 1 / n' - 1 / N is to be a quarter of 1 / n - 1 / N. 0 if all
     * examples have gold, -1 if refused.
     */
    public long moreToHalve() {
        double n = table.goldCount;
        double all = table.exampleCount;
        if (refusal.isPresent()) {
            return -1;
        }
        return n < all ? (long) Math.ceil(1 / ((1 / n + 3 / all) / 4)) - table.goldCount : 0;
    }

    /** Returns the share of the class. */
    public ClassShare share(int label) {
        double counted = (double) count(label) / table.exampleCount;
        if (refusal.isPresent()) {
            return new ClassShare(counted, Double.NaN, Double.NaN, Double.NaN);
        }
        double n = table.goldCount;
        double estimate = Math.max(0, Math.min(1, theta(label)));
        if (table.goldCount == table.exampleCount) {
            return new ClassShare(counted, estimate, estimate, estimate);
        }
        double inside = Math.max(0.5 / n, Math.min(1 - 0.5 / n, estimate));
        double effective = inside * (1 - inside) / Math.max(MIN_VARIANCE, variance(label));
        effective = Math.max(MIN_EFFECTIVE * n, Math.min(MAX_EFFECTIVE * n, effective));
        WilsonInterval interval = WilsonInterval.ofEffective(estimate, effective, WilsonInterval.QUANTILE);
        return new ClassShare(
                counted,
                estimate,
                table.gold[label] == 0 ? 0 : interval.lower(),
                table.gold[label] == table.goldCount ? 1 : interval.upper());
    }

    private double theta(int label) {
        double n = table.goldCount;
        return lambda * table.labels[label] / table.exampleCount
                + (table.gold[label] - lambda * table.goldLabels[label]) / n;
    }

    private double variance(int label) {
        double n = table.goldCount;
        double difference = table.gold[label] - lambda * table.goldLabels[label];
        double residuals = table.gold[label]
                - 2 * lambda * table.right[label]
                + lambda * lambda * table.goldLabels[label]
                - difference * difference / n;
        return (1 - n / table.exampleCount) * (residuals + PSEUDO) / ((n - 2) * n);
    }
}
