package dev.crowdlab.job;

import dev.crowdlab.plan.Databases;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.publication.ManualPublication;
import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.DatasetInUseException;
import dev.crowdlab.run.RunLock;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Changes what the dashboards show for a dataset while holding its lock, so that no run of it begins or publishes
 * meanwhile.
 */
public final class PublicationChange {

    private final ConnectionFactory connections;

    PublicationChange(Databases databases) {
        connections = databases
                .result()
                .with("application_name", "crowdlab-etl publish")
                .with("lock_timeout", "10s");
    }

    /**
     * A change that was made.
     *
     * @param dataset the dataset
     * @param before the run that was current before; empty if none was
     */
    public record Change(String dataset, Optional<Long> before) {}

    /**
     * Makes an earlier run current again.
     *
     * @throws PublicationRefusedException if there is no such run, it was not published, or it has lost its tables
     * @throws DatasetInUseException if the dataset is being run
     * @throws RetentionInUseException if another session keeps removing old results
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Change publish(long runId) throws SQLException {
        ManualPublication publication = new ManualPublication(connections);
        String dataset = publication.datasetOf(runId);
        try (RunLock lock = RunLock.take(connections.asUser(), dataset)) {
            return new Change(dataset, publication.set(dataset, runId));
        }
    }

    /**
     * Withdraws a dataset from the dashboards.
     *
     * @return the run that they showed
     * @throws PublicationRefusedException if the dataset is not published
     * @throws DatasetInUseException if the dataset is being run
     */
    @SuppressWarnings("try") // the lock is held, not used
    public long unpublish(String dataset) throws SQLException {
        try (RunLock lock = RunLock.take(connections.asUser(), dataset)) {
            return new ManualPublication(connections).withdraw(dataset);
        }
    }
}
