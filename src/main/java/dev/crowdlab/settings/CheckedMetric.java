package dev.crowdlab.settings;

import java.util.Locale;

/** A metric of a run that can have thresholds. */
public enum CheckedMetric {
    /** Maximum share of the annotations, of a model's predictions or of gold that may be rejected. */
    MAX_REJECTED_SHARE(Direction.MAXIMUM, Unit.SHARE),
    /** Minimum number of analyzed examples. */
    MIN_EXAMPLES(Direction.MINIMUM, Unit.COUNT),
    /** Minimum number of annotators with an analyzed annotation. */
    MIN_ANNOTATORS(Direction.MINIMUM, Unit.COUNT),
    /** Minimum mean number of annotations per example. */
    MIN_MEAN_ANNOTATIONS(Direction.MINIMUM, Unit.NUMBER),
    /** Minimum share of labeled examples that have usable predictions. */
    MIN_PREDICTED_SHARE(Direction.MINIMUM, Unit.SHARE),
    /** Maximum share of labels that may differ from the run published before. */
    MAX_CHANGED_SHARE(Direction.MAXIMUM, Unit.SHARE),
    /** Maximum share of the previously published examples that may have disappeared. */
    MAX_VANISHED_SHARE(Direction.MAXIMUM, Unit.SHARE),
    /** Maximum age of the newest annotation at the time that the run describes. */
    MAX_AGE(Direction.MAXIMUM, Unit.HOURS),
    /** Maximum loss of mean consensus quality compared with the run published before. */
    MAX_QUALITY_DROP(Direction.MAXIMUM, Unit.SHARE),
    /** Minimum share of the gold labels that the published consensus equals. */
    MIN_GOLD_ACCURACY(Direction.MINIMUM, Unit.SHARE);

    private final Direction direction;
    private final Unit unit;

    CheckedMetric(Direction direction, Unit unit) {
        this.direction = direction;
        this.unit = unit;
    }

    private enum Direction {
        MINIMUM,
        MAXIMUM
    }

    /** The unit of a metric and its thresholds. */
    public enum Unit {
        /** From 0 to 1. */
        SHARE,
        /** Whole, not negative. */
        COUNT,
        /** Not negative. */
        NUMBER,
        /** Hours; configured as a duration. */
        HOURS
    }

    /** The name of the setting, for example {@code max-rejected-share}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Unit unit() {
        return unit;
    }

    /** Whether a value is above a maximum or below a minimum. Always false if either argument is NaN. */
    public boolean isBeyond(double value, double threshold) {
        return direction == Direction.MAXIMUM ? value > threshold : value < threshold;
    }
}
