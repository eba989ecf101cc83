package dev.crowdlab.settings;

/**
 * The thresholds of a metric; NaN: no such threshold.
 *
 * @param warn beyond it the run gets a warning
 * @param fail beyond it the result is not published
 */
public record Thresholds(double warn, double fail) {

    /** Every value is acceptable. */
    public static final Thresholds NONE = new Thresholds(Double.NaN, Double.NaN);

    /** A threshold beyond which the result is not published. */
    public static Thresholds failing(double threshold) {
        return new Thresholds(Double.NaN, threshold);
    }

    /** Whether there is no threshold at all. */
    public boolean isNone() {
        return Double.isNaN(warn) && Double.isNaN(fail);
    }
}
