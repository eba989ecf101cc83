package dev.crowdlab.settings;

import dev.crowdlab.settings.section.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the results of a run are kept.
 *
 * @param runs how many published runs of a dataset keep their large tables, from 1 to {@link #MAX_RUNS}
 * @param maxAge a published run that was closed longer ago than this loses its large tables even if it is one of {@code
 *     runs}, unless it is current; empty: no limit
 * @param grace a run that was current less than this ago is always kept; not negative
 * @param batchMetadata how long Spring Batch's rows of a run without large tables are kept; not negative
 * @param rejectedRows how many rejected rows of a run are kept for each source and reason, from 1 to {@link
 *     #MAX_REJECTED_ROWS}
 * @param history a published run without large tables that was closed longer ago than this also loses its history of
 *     annotators and labels; empty: it is kept forever
 */
public record RetentionSettings(
        int runs,
        Optional<Duration> maxAge,
        Duration grace,
        Duration batchMetadata,
        int rejectedRows,
        Optional<Duration> history) {

    /** The maximum number of runs that can be kept. */
    public static final int MAX_RUNS = 1_000;

    /** The maximum number of rejected rows that can be kept. */
    public static final int MAX_REJECTED_ROWS = 10_000_000;

    /**
     * Keeps the last two runs, and any run that was current within the last hour; Spring Batch's rows for 30 days, the
     * history of annotators and labels forever.
     */
    public static final RetentionSettings DEFAULT = read(Section.empty());

    static RetentionSettings read(Section program) {
        return new RetentionSettings(
                program.get(ProgramSetting.RETENTION_RUNS),
                program.find(ProgramSetting.RETENTION_MAX_AGE),
                program.get(ProgramSetting.RETENTION_GRACE),
                program.get(ProgramSetting.RETENTION_BATCH_METADATA),
                program.get(ProgramSetting.RETENTION_REJECTED_ROWS),
                program.find(ProgramSetting.RETENTION_HISTORY));
    }
}
