package dev.crowdlab.report.compare;

import dev.crowdlab.report.figures.ConsensusFigures.Share;

/**
 * How far a value of the second run is above that of the first, with its 90 % interval. The interval comes from the
 * distances of both values to the ends of theirs, as if the runs were independent: where both share examples, it is
 * rather too wide than too narrow.
 *
 * @param value NaN: one of the two is unknown
 * @param lower NaN: one of the two has no interval
 * @param upper the same
 */
record Difference(double value, double lower, double upper) {

    static Difference of(Share first, Share second) {
        double value = second.value() - first.value();
        return new Difference(
                value,
                value - Math.hypot(second.value() - second.lower(), first.upper() - first.value()),
                value + Math.hypot(second.upper() - second.value(), first.value() - first.lower()));
    }

    boolean isKnown() {
        return !Double.isNaN(value);
    }

    boolean hasInterval() {
        return !Double.isNaN(lower) && !Double.isNaN(upper);
    }

    /** Whether the interval excludes that there is none. */
    boolean isClear() {
        return lower > 0 || upper < 0;
    }
}
