package dev.crowdlab.engine.quality;

/**
 * An interval, by default of 90 %, of a mean of values in [0, 1], by Wilson's formula for a share: such values vary at
 * most as much as those of a share do, so it is rather too wide than too narrow. The mean lies in it.
 *
 * @param lower in [0, 1]; NaN if the mean is
 * @param upper in [0, 1]; NaN if the mean is
 */
public record WilsonInterval(double lower, double upper) {

    /** The normal distribution's quantile of 0.95: a twentieth is left out at each end. */
    public static final double QUANTILE = 1.6448536269514722;

    /**
     * Returns the interval.
     *
     * @param mean in [0, 1] or NaN
     * @param count how many values it is the mean of, at least 1
     */
    public static WilsonInterval of(double mean, long count) {
        return of(mean, count, QUANTILE);
    }

    /**
     * Returns the interval for a quantile of the standard normal distribution, which excludes as much at each end as
     * lies beyond it.
     *
     * @param mean in [0, 1] or NaN
     * @param count how many values it is the mean of, at least 1
     * @param quantile greater than 0
     */
    public static WilsonInterval of(double mean, long count, double quantile) {
        return ofEffective(mean, (double) count, quantile);
    }

    /**
     * Returns the interval of an estimate that varies as much as a share of so many values would.
     *
     * @param mean in [0, 1] or NaN
     * @param count greater than 0, not necessarily an integer
     * @param quantile greater than 0
     */
    public static WilsonInterval ofEffective(double mean, double count, double quantile) {
        double square = quantile * quantile / count;
        double center = (mean + square / 2) / (1 + square);
        double half = Math.sqrt(square * (mean * (1 - mean) + square / 4)) / (1 + square);
        return new WilsonInterval(
                Math.max(0, Math.min(mean, center - half)), Math.min(1, Math.max(mean, center + half)));
    }
}
