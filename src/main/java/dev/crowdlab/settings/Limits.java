package dev.crowdlab.settings;

/**
 * How far a figure may go; NaN: there is no such bound.
 *
 * @param warn beyond it somebody should look at the result
 * @param fail beyond it the result is not published
 */
public record Limits(double warn, double fail) {

    /** Whatever the figure is, it is fine. */
    public static final Limits NONE = new Limits(Double.NaN, Double.NaN);

    /** Beyond the bound the result is not published. */
    public static Limits failing(double bound) {
        return new Limits(Double.NaN, bound);
    }

    /** Whether there is no bound at all. */
    public boolean isNone() {
        return Double.isNaN(warn) && Double.isNaN(fail);
    }
}
