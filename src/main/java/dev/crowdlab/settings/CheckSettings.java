package dev.crowdlab.settings;

import dev.crowdlab.finding.FindingCode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The thresholds that a run's result must meet to be published.
 *
 * @param thresholds of the metrics that have any
 * @param acknowledged the findings that need not warn, by code
 */
public record CheckSettings(Map<CheckedMetric, Thresholds> thresholds, Map<FindingCode, Acknowledgement> acknowledged) {

    /** The default of every metric, and no finding acknowledged. */
    public static final CheckSettings DEFAULT = new CheckSettings(Arrays.stream(CheckedMetric.values())
            .filter(metric -> !metric.standard().isNone())
            .collect(Collectors.toMap(metric -> metric, CheckedMetric::standard)));

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
