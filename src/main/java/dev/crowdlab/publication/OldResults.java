package dev.crowdlab.publication;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.Retention.Left;
import dev.crowdlab.retention.Retention.Limits;
import dev.crowdlab.retention.RetentionBehind;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.settings.RetentionSettings;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Removes results that exceed the retention settings. */
public final class OldResults {

    private static final Logger log = LoggerFactory.getLogger(OldResults.class);

    private final DataSource dataSource;
    private final RetentionSettings settings;

    public OldResults(DataSource dataSource, RetentionSettings settings) {
        this.dataSource = dataSource;
        this.settings = settings;
    }

    /** Removes old results of the dataset after a run. Failures are only logged. */
    public void removeAfterRun(String dataset) {
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
        } catch (SQLException | DataAccessException | TransactionException | RetentionInUseException e) {
            log.warn(
                    "Old results of dataset '{}' could not be removed and are left for the next run: {}",
                    dataset,
                    FailureSentence.sentence(e));
        }
    }

    /** Removes the large tables of a dataset's old runs, and the history of even older ones. */
    public Retention.Outcome remove(String dataset) throws SQLException {
        return new Retention(dataSource).apply(dataset, limits());
    }

    /** Returns a finding if removal has not been possible for some time. */
    Optional<Finding> behind(String dataset) {
        return RetentionBehind.finding(dataSource, dataset, limits());
    }

    private Limits limits() {
        return new Limits(settings.runs(), settings.maxAge(), settings.grace(), settings.history());
    }
}
