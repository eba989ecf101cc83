package dev.crowdlab.job;

import dev.crowdlab.job.BatchMetadataRetention.Trimmed;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.Retention.Limits;
import dev.crowdlab.run.Finding;
import dev.crowdlab.settings.RetentionSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Removes what the settings do not keep. */
final class RetentionTask {

    /** Nothing is older. */
    private static final Duration HUNDRED_YEARS = Duration.ofDays(36_500);

    private final DataSource sessions;
    private final RetentionSettings settings;
    private final Clock clock;

    RetentionTask(DataSource sessions, RetentionSettings settings, Clock clock) {
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Removes the large tables of a dataset's old runs, and the history of those that are older still. */
    Retention.Outcome remove(String dataset) throws SQLException {
        return new Retention(sessions).apply(dataset, limits());
    }

    /** The finding that this could not be done for some time, if so. */
    Optional<Finding> behind(String dataset) {
        return new Retention(sessions).behind(dataset, limits());
    }

    private Limits limits() {
        return new Limits(settings.runs(), settings.maxAge(), settings.grace(), settings.history());
    }

    /** Removes Spring Batch's rows of old runs of these datasets, or of all if none is named. */
    Trimmed trimBatchHistory(Set<String> datasets) throws SQLException {
        Duration age = settings.batchMetadata().compareTo(HUNDRED_YEARS) < 0 ? settings.batchMetadata() : HUNDRED_YEARS;
        LocalDateTime before = LocalDateTime.ofInstant(clock.instant().minus(age), ZoneId.systemDefault());
        return new BatchMetadataRetention(sessions, RunJob.NAME).trim(before, datasets);
    }
}
