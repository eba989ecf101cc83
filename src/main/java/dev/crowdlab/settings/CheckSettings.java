package dev.crowdlab.settings;

import java.util.Map;

/**
 * When a run's result is good enough to be published.
 *
 * @param limits of the figures that have any
 */
public record CheckSettings(Map<CheckedMetric, Limits> limits) {

    /** Five refused rows in a hundred at most, at least one example, and half of those published before. */
    public static final CheckSettings DEFAULT = new CheckSettings(Map.of(
            CheckedMetric.MAX_REJECTED_SHARE, Limits.failing(0.05),
            CheckedMetric.MIN_EXAMPLES, Limits.failing(1),
            CheckedMetric.MAX_VANISHED_SHARE, Limits.failing(0.5)));

    /** Copies. */
    public CheckSettings {
        limits = Map.copyOf(limits);
    }

    /** The limits of a figure, none by default. */
    public Limits of(CheckedMetric figure) {
        return limits.getOrDefault(figure, Limits.NONE);
    }
}
