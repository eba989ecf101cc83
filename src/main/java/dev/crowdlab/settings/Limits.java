package dev.crowdlab.settings;

/**
 * The limits of a metric; NaN: no such limit.
 *
 * @param warn beyond it the run gets a warning
 * @param fail beyond it the result is not published
 */
public record Limits(double warn, double fail) {

    /** Every value is acceptable. */
    public static final Limits NONE = new Limits(Double.NaN, Double.NaN);

    /** Limits beyond which the result is not published. */
    public static Limits failing(double bound) {
        return new Limits(Double.NaN, bound);
    }

    /** Whether there is no limit at all. */
    public boolean isNone() {
        return Double.isNaN(warn) && Double.isNaN(fail);
    }
}
