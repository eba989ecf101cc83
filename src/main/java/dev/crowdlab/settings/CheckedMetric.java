package dev.crowdlab.settings;

import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingType;
import java.util.Locale;
import java.util.Set;

/** A metric of a run that can have thresholds. */
public enum CheckedMetric {
    /** Maximum share of the annotations, of a model's predictions or of gold that may be rejected. */
    MAX_REJECTED_SHARE(
            Direction.MAXIMUM,
            Unit.SHARE,
            Double.NaN,
            0.05,
            "maximum share of the annotations, of the predictions of a model (one for each example, however "
                    + "many rows it has) or of the gold rows that may be rejected for any reason; the worst counts. "
                    + "Superseded annotations, [abstentions](algorithms.md#who-abstains) from examples without labels and "
                    + "gold of examples that were not annotated count neither as rejected nor as read, and gold does not count with fewer than 10 rejected rows"),
    /** Minimum number of analyzed examples. */
    MIN_EXAMPLES(Direction.MINIMUM, Unit.COUNT, Double.NaN, 1, "minimum number of analyzed examples"),
    /** Minimum number of annotators with an analyzed annotation. */
    MIN_ANNOTATORS(Direction.MINIMUM, Unit.COUNT, Double.NaN, Double.NaN, "minimum number of annotators"),
    /** Minimum mean number of annotations per example. */
    MIN_MEAN_ANNOTATIONS(
            Direction.MINIMUM, Unit.NUMBER, Double.NaN, Double.NaN, "minimum mean number of annotations per example"),
    /** Minimum share of labeled examples that have usable predictions. */
    MIN_PREDICTED_SHARE(
            Direction.MINIMUM,
            Unit.SHARE,
            Double.NaN,
            Double.NaN,
            "minimum share of labeled examples with usable predictions, 0 to 1"),
    /** Maximum share of labels that may differ from the run published before. */
    MAX_CHANGED_SHARE(
            Direction.MAXIMUM,
            Unit.SHARE,
            0.1,
            Double.NaN,
            "maximum share of labels that differ from the run published before, among the examples in both; a "
                    + "warning if no example is in both and a limit is set. `{warn: 1}` switches the default warning off;"
                    + " a `fail` of 0.1 or less takes its place"),
    /** Maximum share of the previously published examples that may have disappeared. */
    MAX_VANISHED_SHARE(
            Direction.MAXIMUM,
            Unit.SHARE,
            Double.NaN,
            0.5,
            "maximum share of the examples of the run published before that may have disappeared; `1` disables "
                    + "the check, for queries over a moving window"),
    /** Maximum age of the newest annotation at the time that the run describes. */
    MAX_AGE(
            Direction.MAXIMUM,
            Unit.HOURS,
            Double.NaN,
            Double.NaN,
            "maximum age of the newest `annotated_at` at the run's moment, with its unit: `36h`, `P2D`; also "
                    + "checked if the input has not changed"),
    /** Maximum loss of mean consensus quality compared with the run published before. */
    MAX_QUALITY_DROP(
            Direction.MAXIMUM,
            Unit.SHARE,
            Double.NaN,
            Double.NaN,
            "maximum loss of mean consensus quality against the run published before, 0 to 1"),
    /** Minimum share of the gold labels that the published consensus equals. */
    MIN_GOLD_ACCURACY(
            Direction.MINIMUM,
            Unit.SHARE,
            Double.NaN,
            Double.NaN,
            "minimum share of gold labels that the published consensus matches, 0 to 1; a warning if there is "
                    + "no usable gold label. Not with `use-gold: true` beside `machines`");

    private final Direction direction;
    private final Unit unit;
    private final double warn;
    private final double fail;
    private final String meaning;

    CheckedMetric(Direction direction, Unit unit, double warn, double fail, String meaning) {
        this.direction = direction;
        this.unit = unit;
        this.warn = warn;
        this.fail = fail;
        this.meaning = meaning;
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

    /** The name of the setting below a dataset. */
    public String setting() {
        return DatasetSetting.CHECKS.name() + "." + key();
    }

    /** The thresholds unless others are set. */
    public Thresholds standard() {
        return new Thresholds(warn, fail);
    }

    /** The same as a setting of its own, to show it. */
    Setting<String> described() {
        return new Setting<>(setting(), SettingType.check(), standard().text(), "", meaning, Set.of());
    }

    public Unit unit() {
        return unit;
    }

    /** Whether a value is above a maximum or below a minimum. Always false if either argument is NaN. */
    public boolean isBeyond(double value, double threshold) {
        return direction == Direction.MAXIMUM ? value > threshold : value < threshold;
    }
}
