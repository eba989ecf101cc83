package dev.crowdlab.settings;

import dev.crowdlab.finding.FindingCode;
import java.util.Map;

/**
 * The thresholds that a run's result must meet to be published.
 *
 * @param thresholds of the metrics that have any
 * @param acknowledged the findings that need not warn, by code
 */
public record CheckSettings(Map<CheckedMetric, Thresholds> thresholds, Map<FindingCode, Acknowledgement> acknowledged) {

    /**
     * At most 5 % rejected rows, at least one example, at most half of the previously published examples gone, and a
     * warning beyond 10 % of changed labels.
     */
    public static final CheckSettings DEFAULT = new CheckSettings(Map.of(
            CheckedMetric.MAX_REJECTED_SHARE, Thresholds.failing(0.05),
            CheckedMetric.MIN_EXAMPLES, Thresholds.failing(1),
            CheckedMetric.MAX_CHANGED_SHARE, new Thresholds(0.1, Double.NaN),
            CheckedMetric.MAX_VANISHED_SHARE, Thresholds.failing(0.5)));

    /** Maps are copied. */
    public CheckSettings {
        thresholds = Map.copyOf(thresholds);
        acknowledged = Map.copyOf(acknowledged);
    }

    /** With no finding acknowledged. */
    public CheckSettings(Map<CheckedMetric, Thresholds> thresholds) {
        this(thresholds, Map.of());
    }

    /** The same with other findings acknowledged. */
    CheckSettings withAcknowledged(Map<FindingCode, Acknowledgement> other) {
        return new CheckSettings(thresholds, other);
    }

    /** The thresholds of a metric, none by default. */
    public Thresholds of(CheckedMetric figure) {
        return thresholds.getOrDefault(figure, Thresholds.NONE);
    }
}
