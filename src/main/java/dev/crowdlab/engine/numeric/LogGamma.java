package dev.crowdlab.engine.numeric;

/**
 * The logarithm of the gamma function for positive arguments, to about 14 digits. By Stirling's series (Abramowitz and
 * Stegun, Handbook of Mathematical Functions, 6.1.41) from 10 on; smaller arguments are raised to there by ln Γ(x) = ln
 * Γ(x + 1) - ln x. Safe for use by many threads.
 */
final class LogGamma {

    private static final double FIRST_OF_SERIES = 10;
    private static final double HALF_LOG_OF_2_PI = 0.9189385332046728;

    private static final double[] SERIES = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360};

    private LogGamma() {}

    /**
     * Returns ln Γ(x), the same bits on every machine.
     *
     * @param x greater than 0 and finite
     */
    static double of(double x) {
        double raised = x;
        double product = 1;
        while (raised < FIRST_OF_SERIES) {
            product *= raised;
            raised += 1;
        }
        return stirling(raised) - StrictMath.log(product);
    }

    private static double stirling(double x) {
        double square = 1 / (x * x);
        double series = 0;
        for (int index = SERIES.length - 1; index >= 0; index--) {
            series = series * square + SERIES[index];
        }
        return (x - 0.5) * StrictMath.log(x) - x + HALF_LOG_OF_2_PI + series / x;
    }
}
