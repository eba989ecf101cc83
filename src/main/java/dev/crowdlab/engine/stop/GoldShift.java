package dev.crowdlab.engine.stop;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;

/**
 * Probabilities moved so that they agree with random gold: σ(z_i + a) with z_i the logit of P_i, within [1e-6, 1 - 1e-6], and a the solution of
 *
 * <pre>
 *   number of right labels - sum of σ(z_i + a) - a / 4 = 0
 * </pre>
 *
 * <p>over the examples with gold, where 4 is the variance of a beforehand; by Newton's method in 50 steps of at most 0.5. Sums run over probabilities in ascending
 * order, so that the same examples give the same bits. Immutable; safe for use by many threads.
 *
 * @param a the shift, on the logit scale; 0 leaves probabilities as they are, to the bit
 */
public record GoldShift(double a) implements Serializable {

    /** No shift. */
    public static final GoldShift NONE = new GoldShift(0);

    private static final double PRIOR_VARIANCE = 4;
    private static final double MAX_STEP = 0.5;
    private static final int STEPS = 50;
    private static final double MIN = 1e-6;

    /**
     * Fits the shift.
     *
     * @param probabilities of the examples with gold, ascending; not modified
     * @param rightCount how many of them are right
     */
    public static GoldShift fit(double[] probabilities, long rightCount) {
        double[] logits = new double[probabilities.length];
        for (int index = 0; index < logits.length; index++) {
            logits[index] = logit(probabilities[index]);
        }
        double shift = 0;
        for (int step = 0; step < STEPS; step++) {
            double expected = 0;
            double slope = 0;
            for (double logit : logits) {
                double share = share(logit + shift);
                expected += share;
                slope += share * (1 - share);
            }
            double move = (rightCount - expected - shift / PRIOR_VARIANCE) / (slope + 1 / PRIOR_VARIANCE);
            shift += Math.max(-MAX_STEP, Math.min(MAX_STEP, move));
        }
        return new GoldShift(shift);
    }

    /** Returns the shift if it lowers probabilities, else none. */
    public GoldShift onlyDown() {
        return a < 0 ? this : NONE;
    }

    /** Returns the probability moved, in (0, 1). */
    public double apply(double probability) {
        return a == 0 ? probability : share(logit(probability) + a);
    }

    private static double logit(double probability) {
        double clipped = Math.max(MIN, Math.min(1 - MIN, probability));
        return Logarithm.of(clipped / (1 - clipped));
    }

    private static double share(double logit) {
        return 1 / (1 + Exponential.of(-logit));
    }
}
