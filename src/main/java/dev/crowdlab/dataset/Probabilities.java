package dev.crowdlab.dataset;

import java.util.Locale;

/** The rules for probabilities: their range, their sum, and how small deviations are corrected. */
final class Probabilities {

    /** How far outside [0, 1] a probability may be, to allow for rounding. */
    static final double RANGE_TOLERANCE = 1e-6;

    /** How far from 1 the sum of a prediction may be. */
    static final double SUM_TOLERANCE = 1e-3;

    /** A sum this close to 1 is not normalized. */
    static final double EXACT_SUM_TOLERANCE = 1e-6;

    private Probabilities() {}

    /** Whether the value is a valid probability; null and NaN are not. */
    static boolean isInRange(double probability) {
        return probability >= -RANGE_TOLERANCE && probability <= 1 + RANGE_TOLERANCE;
    }

    /** Clamps the value to [0, 1]. */
    static double clamp(double probability) {
        return Math.min(1, Math.max(0, probability));
    }

    /** Whether the sum of clamped probabilities is close enough to 1. */
    static boolean isSumUsable(double sum) {
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    /** Whether the sum of clamped probabilities of some classes does not exceed 1, so that the rest can be spread. */
    static boolean isShareUsable(double sum) {
        return sum <= 1 + SUM_TOLERANCE;
    }

    /** Divides what the probabilities in values[from .. from + count) leave to 1 equally among those that are NaN. */
    static void spread(double[] values, int from, int count) {
        double sum = 0;
        int missing = 0;
        for (int place = from; place < from + count; place++) {
            missing += Double.isNaN(values[place]) ? 1 : 0;
            sum += Double.isNaN(values[place]) ? 0 : clamp(values[place]);
        }
        for (int place = from; place < from + count; place++) {
            values[place] = Double.isNaN(values[place]) ? Math.max(0, 1 - sum) / missing : values[place];
        }
    }

    /**
     * Clamps values[from .. from + count) and divides them by their sum if necessary.
     *
     * @return whether they were divided
     */
    static boolean normalize(double[] values, int from, int count) {
        double sum = 0;
        for (int place = from; place < from + count; place++) {
            values[place] = clamp(values[place]);
            sum += values[place];
        }
        if (Math.abs(sum - 1) <= EXACT_SUM_TOLERANCE) {
            return false;
        }
        for (int place = from; place < from + count; place++) {
            values[place] /= sum;
        }
        return true;
    }

    /** Compares in an order in which NaN follows all numbers and null follows NaN. */
    static int compare(double left, double right) {
        int byValue = Double.compare(left, right);
        return byValue != 0 ? byValue : Boolean.compare(isNull(left), isNull(right));
    }

    /** Formats the value for a message. */
    static String text(double probability) {
        return isNull(probability) ? "null" : String.format(Locale.ROOT, "%s", probability);
    }

    private static boolean isNull(double probability) {
        return Double.doubleToRawLongBits(probability) == Double.doubleToRawLongBits(PredictionBlock.NULL_PROBABILITY);
    }
}
