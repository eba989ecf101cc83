package dev.crowdlab.settings;

import java.util.Locale;

/** A metric of a run that can have limits. */
public enum CheckedMetric {
    /** Maximum share of rows read that may be refused. */
    MAX_REJECTED_SHARE(Unit.SHARE),
    /** Minimum number of analyzed examples. */
    MIN_EXAMPLES(Unit.COUNT),
    /** Minimum number of annotators with an analyzed annotation. */
    MIN_ANNOTATORS(Unit.COUNT),
    /** Minimum mean number of annotations per example. */
    MIN_MEAN_ANNOTATIONS(Unit.NUMBER),
    /** Minimum share of labeled examples that have usable predictions. */
    MIN_PREDICTED_SHARE(Unit.SHARE),
    /** Maximum share of labels that may differ from the run published before. */
    MAX_CHANGED_SHARE(Unit.SHARE),
    /** Maximum share of the previously published examples that may have disappeared. */
    MAX_VANISHED_SHARE(Unit.SHARE),
    /** Maximum age of the newest annotation at the time that the run describes. */
    MAX_AGE(Unit.HOURS),
    /** Maximum loss of mean consensus quality compared with the run published before. */
    MAX_QUALITY_DROP(Unit.SHARE);

    private final Unit unit;

    CheckedMetric(Unit unit) {
        this.unit = unit;
    }

    /** The unit of a metric and its limits. */
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

    /** Whether a value exceeds a bound: above a maximum or below a minimum. Always false if either is NaN. */
    public boolean isBeyond(double figure, double bound) {
        return name().startsWith("MAX") ? figure > bound : figure < bound;
    }
}
