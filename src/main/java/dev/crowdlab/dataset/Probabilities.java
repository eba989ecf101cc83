package dev.crowdlab.dataset;

import java.util.Locale;

/** The rules for probabilities: their range, their sum, and how small deviations are mended. */
final class Probabilities {

    /** How far outside [0, 1] a probability may lie, from rounding at its producer. */
    static final double RANGE_TOLERANCE = 1e-6;

    /** How far from 1 the sum of a prediction may lie. */
    static final double SUM_TOLERANCE = 1e-3;

    /** A sum this near to 1 is taken as it is. */
    static final double EXACT_SUM_TOLERANCE = 1e-6;

    private Probabilities() {}

    /** Whether the value may stand for a probability; null and NaN may not. */
    static boolean isInRange(double probability) {
        return probability >= -RANGE_TOLERANCE && probability <= 1 + RANGE_TOLERANCE;
    }

    /** The value cut to [0, 1]. */
    static double clamp(double probability) {
        return Math.min(1, Math.max(0, probability));
    }

    /** Whether the sum of clamped probabilities is near enough to 1. */
    static boolean isSumUsable(double sum) {
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    /** Whether the sum of clamped probabilities of some of the classes leaves something, or nothing, to the others. */
    static boolean isShareUsable(double sum) {
        return sum <= 1 + SUM_TOLERANCE;
    }

    /** Gives what the probabilities in values[from .. from + count) leave to 1 in equal parts to those that are NaN. */
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

    /** Clamps values[from .. from + count) and, if their sum needs it, divides by it; gives whether it did. */
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

    /** An order in which NaN comes behind all numbers and null behind NaN. */
    static int compare(double left, double right) {
        int byValue = Double.compare(left, right);
        return byValue != 0 ? byValue : Boolean.compare(isNull(left), isNull(right));
    }

    /** The value for a message. */
    static String text(double probability) {
        return isNull(probability) ? "null" : String.format(Locale.ROOT, "%s", probability);
    }

    private static boolean isNull(double probability) {
        return Double.doubleToRawLongBits(probability) == Double.doubleToRawLongBits(PredictionBlock.NULL_PROBABILITY);
    }
}
