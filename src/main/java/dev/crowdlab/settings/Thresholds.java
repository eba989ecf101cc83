package dev.crowdlab.settings;

import java.math.BigDecimal;

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

    /** As they are written in settings; empty: there are none. */
    String text() {
        if (Double.isNaN(warn)) {
            return Double.isNaN(fail) ? "" : text(fail);
        }
        return "{warn: " + text(warn) + (Double.isNaN(fail) ? "" : ", fail: " + text(fail)) + "}";
    }

    /** A threshold as it is written. */
    public static String text(double threshold) {
        return BigDecimal.valueOf(threshold).stripTrailingZeros().toPlainString();
    }
}
