package dev.crowdlab.job;

import dev.crowdlab.job.BatchMetadataRetention.Trimmed;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.Retention.Left;
import dev.crowdlab.retention.Retention.Limits;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.Finding;
import dev.crowdlab.runs.FailureSentence;
import dev.crowdlab.settings.RetentionSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
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

    RetentionTask(DataSource dataSource, RetentionSettings settings, Clock clock) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
    }

    /** Removes old results of the dataset, and old rows of Spring Batch, after a run. Failures are only logged. */
    void removeAfterRun(String dataset) {
        try {
            for (Left left : remove(dataset).left()) {
                if (!left.isInGrace()) {
                    log.warn(
                            "Run {} of dataset '{}' keeps its tables until the next run: {}",
                            left.runId(),
                            dataset,
                            left.reason());
                }
            }
            trimBatchMetadata(Set.of());
        } catch (SQLException | DataAccessException | TransactionException | RetentionInUseException e) {
            log.warn(
                    "Old results of dataset '{}' could not be removed and are left for the next run: {}",
                    dataset,
                    FailureSentence.sentence(e));
        }
    }

    /** Removes the large tables of a dataset's old runs, and the history of even older ones. */
    Retention.Outcome remove(String dataset) throws SQLException {
        return new Retention(dataSource).apply(dataset, limits());
    }

    /** Returns a finding if removal has not been possible for some time. */
    Optional<Finding> behind(String dataset) {
        return new Retention(dataSource).behind(dataset, limits());
    }

    private Limits limits() {
        return new Limits(settings.runs(), settings.maxAge(), settings.grace(), settings.history());
    }

    /** Removes Spring Batch's rows of old runs of these datasets, or of all if none is named. */
    Trimmed trimBatchMetadata(Set<String> datasets) throws SQLException {
        Duration age = settings.batchMetadata().compareTo(HUNDRED_YEARS) < 0 ? settings.batchMetadata() : HUNDRED_YEARS;
        LocalDateTime before = LocalDateTime.ofInstant(clock.instant().minus(age), ZoneId.systemDefault());
        return new BatchMetadataRetention(dataSource, RunContext.JOB_NAME).trim(before, datasets);
    }
}
