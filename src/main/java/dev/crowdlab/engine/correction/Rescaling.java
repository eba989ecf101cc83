package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;
import java.util.List;

/**
 * The consensus itself with its confidence corrected: P(right) = 1 / (1 + exp(-(a + g z))), z the logit of its posterior;
 * a with ridge 1 about 0, g with ridge 4 about 0.34. Immutable.
 *
 * @param offset a
 * @param slope g
 */
record Rescaling(double offset, double slope) implements Serializable {

    private static final double MIN = 1e-6;
    private static final double START = 0.34;
    private static final double OFFSET_RIDGE = 1;
    private static final double SLOPE_RIDGE = 4;
    private static final int MAX_STEPS = 30;
    private static final double TOLERANCE = 1e-6;

    /** Fits it by Newton's method. */
    static Rescaling of(List<GoldExample> gold) {
        double offset = 0;
        double slope = START;
        for (int step = 0; step < MAX_STEPS; step++) {
            double first = OFFSET_RIDGE * offset;
            double second = SLOPE_RIDGE * (slope - START);
            double a = OFFSET_RIDGE;
            double b = 0;
            double c = SLOPE_RIDGE;
            for (GoldExample example : gold) {
                double z = logit(example.posterior()[example.label()]);
                double right = sigma(offset + slope * z);
                double error = right - (example.label() == example.truth() ? 1 : 0);
                first += error;
                second += error * z;
                a += right * (1 - right);
                b += right * (1 - right) * z;
                c += right * (1 - right) * z * z;
            }
            double offsetStep = (c * first - b * second) / (a * c - b * b);
            double slopeStep = (a * second - b * first) / (a * c - b * b);
            offset -= Math.max(-1, Math.min(1, offsetStep));
            slope -= Math.max(-1, Math.min(1, slopeStep));
            if (Math.max(Math.abs(offsetStep), Math.abs(slopeStep)) < TOLERANCE) {
                break;
            }
        }
        return new Rescaling(offset, slope);
    }

    private static double sigma(double x) {
        return 1 / (1 + Exponential.of(-x));
    }

    private static double clipped(double probability) {
        return Math.max(MIN, Math.min(1 - MIN, probability));
    }

    private static double logit(double probability) {
        double clipped = clipped(probability);
        return Logarithm.of(clipped / (1 - clipped));
    }

    /** Returns the probability that a consensus of that posterior is right. */
    double right(double posterior) {
        return sigma(offset + slope * logit(posterior));
    }

    /** Returns the probability of the example's truth: the other classes share the rest as in the posterior. */
    double probability(GoldExample example) {
        double[] posterior = example.posterior();
        double right = right(posterior[example.label()]);
        if (example.label() == example.truth()) {
            return right;
        }
        double others = Math.max(1e-12, 1 - clipped(posterior[example.label()]));
        return (1 - right) * Math.min(1, posterior[example.truth()] / others);
    }
}
