package dev.crowdlab.settings;

import java.util.Map;

/**
 * The thresholds that a run's result must meet to be published.
 *
 * @param limits of the metrics that have any
 */
public record CheckSettings(Map<CheckedMetric, Limits> limits) {

    /** At most 5 % rejected rows, at least one example, and at most half of the previously published examples gone. */
    public static final CheckSettings DEFAULT = new CheckSettings(Map.of(
            CheckedMetric.MAX_REJECTED_SHARE, Limits.failing(0.05),
            CheckedMetric.MIN_EXAMPLES, Limits.failing(1),
            CheckedMetric.MAX_VANISHED_SHARE, Limits.failing(0.5)));

    /** Maps are copied. */
    public CheckSettings {
        limits = Map.copyOf(limits);
    }

    /** The limits of a metric, none by default. */
    public Limits of(CheckedMetric figure) {
        return limits.getOrDefault(figure, Limits.NONE);
    }
}
