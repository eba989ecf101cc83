package dev.crowdlab.settings;

/**
 * When a run's result is good enough to be published.
 *
 * @param maxRejectedShare greatest share of rows read that may be refused, in [0, 1]
 * @param minExamples least number of analysed examples, not negative
 */
public record CheckSettings(double maxRejectedShare, long minExamples) {

    /** Five refused rows in a hundred at most, and at least one example. */
    public static final CheckSettings DEFAULT = new CheckSettings(0.05, 1);
}
