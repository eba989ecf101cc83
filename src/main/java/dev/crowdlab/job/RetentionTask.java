package dev.crowdlab.job;

import dev.crowdlab.job.BatchMetadataRetention.Trimmed;
import dev.crowdlab.publication.OldResults;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.settings.RetentionSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Removes what exceeds the retention settings. */
final class RetentionTask {

    private static final Logger log = LoggerFactory.getLogger(RetentionTask.class);

    /** Longer than anything can have been stored. */
    private static final Duration HUNDRED_YEARS = Duration.ofDays(36_500);

    private final DataSource dataSource;
    private final RetentionSettings settings;
    private final Clock clock;
    private final OldResults results;

    RetentionTask(DataSource dataSource, RetentionSettings settings, Clock clock) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
        results = new OldResults(dataSource, settings);
    }

    /** Removes old results of the dataset, and old rows of Spring Batch, after a run. Failures are only logged. */
    void removeAfterRun(String dataset) {
        results.removeAfterRun(dataset);
        try {
            trimBatchMetadata(Set.of());
        } catch (SQLException | DataAccessException | TransactionException e) {
            log.warn(
                    "Old metadata of Spring Batch could not be removed and are left for the next run: {}",
                    FailureSentence.sentence(e));
        }
    }

    /** Removes the large tables of a dataset's old runs, and the history of even older ones. */
    Retention.Outcome remove(String dataset) throws SQLException {
        return results.remove(dataset);
    }

    /** Removes Spring Batch's rows of old runs of these datasets, or of all if none is named. */
    Trimmed trimBatchMetadata(Set<String> datasets) throws SQLException {
        Duration age = settings.batchMetadata().compareTo(HUNDRED_YEARS) < 0 ? settings.batchMetadata() : HUNDRED_YEARS;
        LocalDateTime before = LocalDateTime.ofInstant(clock.instant().minus(age), ZoneId.systemDefault());
        return new BatchMetadataRetention(dataSource, RunContext.JOB_NAME).trim(before, datasets);
    }
}
