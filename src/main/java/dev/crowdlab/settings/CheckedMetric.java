package dev.crowdlab.settings;

import java.util.Locale;

/** A figure of a run that can be held against limits. */
public enum CheckedMetric {
    /** Greatest share of rows read that may be refused. */
    MAX_REJECTED_SHARE(Unit.SHARE),
    /** Least number of analyzed examples. */
    MIN_EXAMPLES(Unit.COUNT),
    /** Least number of annotators with an analyzed annotation. */
    MIN_ANNOTATORS(Unit.COUNT),
    /** Least mean number of annotations of an example. */
    MIN_MEAN_ANNOTATIONS(Unit.NUMBER),
    /** Least share of labeled examples that have usable predictions. */
    MIN_PREDICTED_SHARE(Unit.SHARE),
    /** Greatest share of labels that may differ from the run published before. */
    MAX_CHANGED_SHARE(Unit.SHARE),
    /** Greatest share of the examples of the run published before that may be gone. */
    MAX_VANISHED_SHARE(Unit.SHARE),
    /** Greatest age of the newest annotation at the moment that the run describes. */
    MAX_AGE(Unit.HOURS),
    /** Greatest loss of mean consensus quality against the run published before. */
    MAX_QUALITY_DROP(Unit.SHARE);

    private final Unit unit;

    CheckedMetric(Unit unit) {
        this.unit = unit;
    }

    /** What the figure and its limits are counted in. */
    public enum Unit {
        /** From 0 to 1. */
        SHARE,
        /** Whole, not negative. */
        COUNT,
        /** Not negative. */
        NUMBER,
        /** Hours; written as a duration. */
        HOURS
    }

    /** The setting, for example {@code max-rejected-share}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the figure is counted in. */
    public Unit unit() {
        return unit;
    }

    /** Whether the figure lies beyond the bound: above a greatest or below a least value; never, if either is NaN. */
    public boolean isBeyond(double figure, double bound) {
        return name().startsWith("MAX") ? figure > bound : figure < bound;
    }
}
