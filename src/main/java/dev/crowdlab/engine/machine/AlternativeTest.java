package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.numeric.Exponential;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Whether a machine may replace people, by the alternative annotator test. For a person a and the examples that a, the
 * machine f and another person labeled, S_f is the share of the other people who agree with f, and S_a that of those who
 * agree with a. With W_f = 1 where S_f ≥ S_a and W_a = 1 where S_a ≥ S_f, the mean of d = W_a - W_f is tested to be at
 * least the tolerance eps:
 *
 * <pre>
 *   z = (mean d - eps) / (sd / √n)      p = Phi(z)
 * </pre>
 *
 * <p>for every person with n ≥ 30. Of the hypotheses of J people those are rejected that Benjamini and Yekutieli's
 * procedure rejects at 0.05. Source: Calderon, Reichart, Dror, ACL 2025, arXiv 2501.10970, with the normal distribution
 * in place of Student's; Benjamini and Yekutieli, Annals of Statistics 29 (2001), theorem 1.3. Immutable.
 *
 * @param verdict PASS if omega is at least a half
 * @param omega share of the people whose hypothesis is rejected, in [0, 1]; NaN if there is no verdict
 * @param advantage mean over the people of the mean of W_f, in [0, 1]; NaN if there is no verdict
 * @param surpassed what omega is with a tolerance of 0: the share of the people who agree with the others less than the
 *     machine does; NaN if there is no verdict
 */
public record AlternativeTest(AltVerdict verdict, double omega, double advantage, double surpassed)
        implements Serializable {

    /** Labels that a person must have to be compared. */
    static final int MIN_LABELS = 30;

    private static final int MIN_PEOPLE = 3;
    private static final double LEVEL = 0.05;
    private static final double TINY = 1e-12;

    static AlternativeTest none(AltVerdict verdict) {
        return new AlternativeTest(verdict, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Tests a machine.
     *
     * @param counts [people × 4] n, the sums of d and of d², and that of W_f
     * @param from where the machine's counts start
     * @param to where they end
     * @param tolerance eps
     */
    static AlternativeTest of(long[] counts, int from, int to, double tolerance) {
        double[] probabilities = new double[(to - from) / MachineSums.FIELDS];
        double[] better = new double[probabilities.length];
        int people = 0;
        double advantage = 0;
        for (int index = from; index < to; index += MachineSums.FIELDS) {
            double count = counts[index];
            if (count >= MIN_LABELS) {
                double mean = counts[index + 1] / count;
                double variance = Math.max(0, (counts[index + 2] - count * mean * mean) / (count - 1));
                double error = Math.max(TINY, Math.sqrt(variance) / Math.sqrt(count));
                better[people] = normal(mean / error);
                probabilities[people++] = normal((mean - tolerance) / error);
                advantage += counts[index + 3] / count;
            }
        }
        if (people < MIN_PEOPLE) {
            return none(AltVerdict.TOO_FEW_HUMANS);
        }
        double omega = (double) rejected(Arrays.copyOf(probabilities, people)) / people;
        return new AlternativeTest(
                omega >= 0.5 ? AltVerdict.PASS : AltVerdict.FAIL,
                omega,
                advantage / people,
                (double) rejected(Arrays.copyOf(better, people)) / people);
    }

    private static int rejected(double[] probabilities) {
        Arrays.sort(probabilities);
        double harmonic = 0;
        for (int rank = 1; rank <= probabilities.length; rank++) {
            harmonic += 1.0 / rank;
        }
        int rejected = 0;
        for (int rank = 1; rank <= probabilities.length; rank++) {
            if (probabilities[rank - 1] <= LEVEL * rank / (probabilities.length * harmonic)) {
                rejected = rank;
            }
        }
        return rejected;
    }

    /**
     * Returns the distribution function of the standard normal distribution, off by less than 1e-13: by its power
     * series about 0, and beyond 5 by its continued fraction (NIST Digital Library of Mathematical Functions, 7.6.2,
     * 7.9.1).
     */
    static double normal(double z) {
        double x = Math.abs(z);
        double density = Exponential.of(-x * x / 2) / Math.sqrt(2 * Math.PI);
        double tail;
        if (x < 5) {
            double term = x;
            double sum = x;
            for (int odd = 3; term > sum * 0x1p-54; odd += 2) {
                term *= x * x / odd;
                sum += term;
            }
            tail = 0.5 - density * sum;
        } else {
            double fraction = x;
            for (int step = 60; step > 0; step--) {
                fraction = x + step / fraction;
            }
            tail = density / fraction;
        }
        return z < 0 ? tail : 1 - tail;
    }
}
