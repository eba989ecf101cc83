package dev.crowdlab.settings;

import java.time.Duration;

/**
 * How long the large tables of a run are kept.
 *
 * @param runs how many published runs of a dataset are kept, at least 1
 * @param grace a run that was current less than this ago is kept whatever {@code runs} says, not negative
 */
public record RetentionSettings(int runs, Duration grace) {

    /** The last two runs, and none that was current in the last hour is dropped. */
    public static final RetentionSettings DEFAULT = new RetentionSettings(2, Duration.ofHours(1));
}
