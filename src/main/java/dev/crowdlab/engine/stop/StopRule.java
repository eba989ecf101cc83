package dev.crowdlab.engine.stop;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * When to stop asking: an example whose consensus is right with probability P, and which has n annotations, is
 *
 * <pre>
 *   done    if P ≥ at and n ≥ minLabels
 *   expert  else, if n ≥ maxLabels
 *   ask     else
 * </pre>
 *
 * <p>and once done it stays so until it has further annotations. P comes from {@link GoldShift} where there is random gold. Without a target the promise is relative: about as
 * good as asking for all labels; gold can only make the rule stricter. With a target it is absolute: so many of those done are right; which needs gold. Immutable.
 *
 * @param at least probability, in (0, 1); the target, if there is one, takes its place
 * @param minLabels least number of annotations of an example that is done, at least 1
 * @param maxLabels number of annotations from which an expert is asked, at least minLabels
 * @param targetAccuracy share of right labels among those done, in (0, 1); NaN for none
 * @param needsGold whether annotators share errors, as machines do, so that nothing may be said without random gold
 */
public record StopRule(double at, int minLabels, int maxLabels, double targetAccuracy, boolean needsGold)
        implements Serializable {

    private static final double[] PRICES = {25, 70, 140, 380, 1000, 2500};
    private static final double[] THRESHOLDS = {0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90};

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public StopRule {
        checkShare("at", at);
        if (!Double.isNaN(targetAccuracy)) {
            checkShare("targetAccuracy", targetAccuracy);
        }
        if (minLabels < 1 || maxLabels < minLabels) {
            throw new IllegalArgumentException("minLabels is " + minLabels + " and maxLabels " + maxLabels
                    + "; the one must be at least 1, the other at least as much");
        }
    }

    private static void checkShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be greater than 0 and less than 1");
        }
    }

    /** Returns the rule of the study: 0.85, 3 and 10, without a target. */
    public static StopRule defaults() {
        return new StopRule(0.85, 3, 10, Double.NaN, false);
    }

    /** Returns the rule with a target. */
    public StopRule withTarget(double accuracy) {
        return new StopRule(at, minLabels, maxLabels, accuracy, needsGold);
    }

    /** Returns the rule for annotators who share errors, such as machines. */
    public StopRule withGoldNeeded(boolean needed) {
        return new StopRule(at, minLabels, maxLabels, targetAccuracy, needed);
    }

    /** Returns the target; empty if there is none. */
    public OptionalDouble target() {
        return Double.isNaN(targetAccuracy) ? OptionalDouble.empty() : OptionalDouble.of(targetAccuracy);
    }

    /** Returns the probability from which an example is done, in (0, 1). */
    public double threshold() {
        return target().orElse(at);
    }

    /**
     * Returns the probability from which one more label is no longer worth its price.
     *
     * @param price cost of a wrong label, in labels
     */
    public static double thresholdFor(double price) {
        int index = 0;
        while (index < PRICES.length && price >= PRICES[index]) {
            index++;
        }
        return THRESHOLDS[index];
    }

    /**
     * Returns what an example needs.
     *
     * @param probability that its consensus is right; NaN if unknown, which is never done
     * @param annotationCount number of its annotations
     */
    public StopState state(double probability, int annotationCount) {
        if (probability >= threshold() && annotationCount >= minLabels) {
            return StopState.DONE;
        }
        return annotationCount >= maxLabels ? StopState.EXPERT : StopState.ASK;
    }
}
