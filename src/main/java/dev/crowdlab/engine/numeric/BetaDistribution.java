package dev.crowdlab.engine.numeric;

/**
 * The beta distribution on [0, 1], the distribution of an unknown share. Probabilities are off by less than 1e-12 as
 * long as both parameters are below 500, and by about 1e-9 at a million. Made of {@link StrictMath} and the four
 * operations, so that the same arguments give the same bits on every machine. Immutable; safe for use by many threads.
 *
 * <p>The distribution function is the regularized incomplete beta function I_x(a, b), computed by its continued
 * fraction (NIST Digital Library of Mathematical Functions, 8.17.22) with the algorithm of Lentz in the form of
 * Thompson and Barnett (Journal of Computational Physics 64, 1986, p. 490); a quantile by Newton's method, or by
 * halving where Newton's step leaves the bounds known.
 *
 * @param alpha the first parameter a, greater than 0 and finite
 * @param beta the second parameter b, greater than 0 and finite
 */
public record BetaDistribution(double alpha, double beta) {

    private static final int MAX_STEPS = 200;
    private static final int MAX_TERMS = 100_000;

    /** Two quantiles this close are the same. */
    private static final double PRECISION = 0x1p-52;

    private static final double EPSILON = 0x1p-53;

    /** Stands in for a 0 that would be divided by. */
    private static final double TINY = 1e-300;

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is not greater than 0 or not finite
     */
    public BetaDistribution {
        if (!(alpha > 0 && beta > 0 && alpha <= Double.MAX_VALUE && beta <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + " and beta " + beta + "; both must be greater than 0 and finite");
        }
    }

    /**
     * Returns the distribution with the mean and the concentration, which is alpha + beta.
     *
     * @param mean greater than 0 and less than 1
     * @param concentration greater than 0
     * @throws IllegalArgumentException if a parameter would not be greater than 0
     */
    public static BetaDistribution of(double mean, double concentration) {
        return new BetaDistribution(mean * concentration, (1 - mean) * concentration);
    }

    /** Returns the probability of a value of at most x; 0 below 0, 1 above 1. */
    double cumulative(double x) {
        if (x <= 0) {
            return 0;
        }
        return x >= 1 ? 1 : cumulative(x, logBeta());
    }

    /**
     * Returns the value that is exceeded with probability {@code 1 - probability}, off by at most 1e-15 plus what the
     * error of {@link #cumulative} makes of it.
     *
     * @throws IllegalArgumentException if the probability is not in [0, 1]
     */
    public double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability is " + probability + "; it must be in [0, 1]");
        }
        if (probability == 0 || probability == 1) {
            return probability;
        }
        double lower = 0;
        double upper = 1;
        double x = alpha / (alpha + beta);
        double logBeta = logBeta();
        for (int step = 0; step < MAX_STEPS && upper - lower > PRECISION; step++) {
            double excess = cumulative(x, logBeta) - probability;
            if (excess >= 0) {
                upper = x;
            }
            if (excess <= 0) {
                lower = x;
            }
            double next = x - excess / density(x, logBeta);
            if (!(next > lower && next < upper)) {
                next = (lower + upper) / 2;
            }
            if (Math.abs(next - x) <= PRECISION) {
                return next;
            }
            x = next;
        }
        return (lower + upper) / 2;
    }

    private double logBeta() {
        return LogGamma.of(alpha) + LogGamma.of(beta) - LogGamma.of(alpha + beta);
    }

    private double density(double x, double logBeta) {
        return StrictMath.exp((alpha - 1) * StrictMath.log(x) + (beta - 1) * StrictMath.log1p(-x) - logBeta);
    }

    /** Returns the probability of at most x, which is in (0, 1). */
    private double cumulative(double x, double logBeta) {
        double power = StrictMath.exp(alpha * StrictMath.log(x) + beta * StrictMath.log1p(-x) - logBeta);
        return x < (alpha + 1) / (alpha + beta + 2)
                ? power * fraction(alpha, beta, x) / alpha
                : 1 - power * fraction(beta, alpha, 1 - x) / beta;
    }

    /** Returns the continued fraction, which converges fast below the mean. */
    private static double fraction(double a, double b, double x) {
        double numerators = 1;
        double denominators = inverse(1 - (a + b) * x / (a + 1));
        double value = denominators;
        for (int m = 1; m < MAX_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            denominators = inverse(1 + even * denominators);
            numerators = notZero(1 + even / numerators);
            value *= numerators * denominators;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            denominators = inverse(1 + odd * denominators);
            numerators = notZero(1 + odd / numerators);
            double factor = numerators * denominators;
            value *= factor;
            if (Math.abs(factor - 1) <= 2 * EPSILON) {
                break;
            }
        }
        return value;
    }

    private static double inverse(double value) {
        return 1 / notZero(value);
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
