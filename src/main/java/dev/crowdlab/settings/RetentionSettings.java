package dev.crowdlab.settings;

import dev.crowdlab.dataset.RejectedRows;
import java.time.Duration;
import java.util.Optional;

/**
 * How long what a run leaves behind is kept.
 *
 * @param runs how many published runs of a dataset keep their large tables, from 1 to {@link #MOST_RUNS}
 * @param maxAge a published run closed longer ago than this loses its large tables even if it is one of {@code runs},
 *     unless it is current; empty: age does not matter
 * @param grace a run that was current less than this ago is kept whatever the others say, not negative
 * @param batchMetadata how long Spring Batch's rows of a run without large tables are kept, not negative
 * @param rejectedRows how many refused rows of a run are kept for each source and reason, from 1 to {@link #MOST_REJECTED_ROWS}
 * @param history a published run without large tables that was closed longer ago than this loses its history of annotators and
 *     labels, too; empty: that stays for ever
 */
public record RetentionSettings(
        int runs,
        Optional<Duration> maxAge,
        Duration grace,
        Duration batchMetadata,
        int rejectedRows,
        Optional<Duration> history) {

    /** The greatest number of runs that can be kept. */
    public static final int MOST_RUNS = 1_000;

    /** The greatest number of refused rows that can be kept. */
    public static final int MOST_REJECTED_ROWS = 10_000_000;

    /** The last two runs, and none that was current in the last hour is dropped; Batch's rows stay for 30 days, history for ever. */
    public static final RetentionSettings DEFAULT = new RetentionSettings(
            2, Optional.empty(), Duration.ofHours(1), Duration.ofDays(30), RejectedRows.DEFAULT_KEPT, Optional.empty());
}
