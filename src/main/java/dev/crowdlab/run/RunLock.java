package dev.crowdlab.run;

import dev.crowdlab.postgres.AdvisoryLockHolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * The exclusive right to run datasets: session-level advisory locks, all of one session, held for the whole run.
 * PostgreSQL releases them when the session ends, even if the process crashes.
 */
public final class RunLock implements AutoCloseable {

    /** Limits the wait for a goodbye on a network that drops everything. */
    private static final int MAX_CLOSE_MILLIS = 10_000;

    private final Connection holder;
    private final List<String> datasets;

    private RunLock(Connection holder, Collection<String> datasets) {
        this.holder = holder;
        this.datasets = List.copyOf(datasets);
    }

    /**
     * Takes the lock of one dataset.
     *
     * @param dataSource connections of the run
     * @throws DatasetInUseException if another run holds it
     */
    public static RunLock take(DataSource dataSource, String dataset) throws SQLException {
        return take(dataSource, List.of(dataset));
    }

    /**
     * Takes the locks of several datasets, in this order.
     *
     * @param dataSource opens the one connection that holds them
     * @throws DatasetInUseException if another run holds one of them
     */
    public static RunLock take(DataSource dataSource, Collection<String> datasets) throws SQLException {
        Connection connection = dataSource.getConnection();
        RunLock lock = new RunLock(connection, datasets);
        try {
            for (String dataset : datasets) {
                if (!lock.call("pg_try_advisory_lock", dataset)) {
                    throw new DatasetInUseException(dataset, AdvisoryLockHolder.of(connection, name(dataset)));
                }
            }
            return lock;
        } catch (SQLException | DatasetInUseException e) {
            lock.close();
            throw e;
        }
    }

    private static String name(String dataset) {
        return "crowdlab-etl " + dataset;
    }

    private boolean call(String function, String dataset) throws SQLException {
        try (PreparedStatement statement =
                holder.prepareStatement("select " + function + "(" + AdvisoryLockHolder.KEY + ")")) {
            statement.setString(1, name(dataset));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        }
    }

    /** Releases the locks explicitly, because PostgreSQL releases them only some time after the connection is closed. */
    @Override
    public void close() throws SQLException {
        try {
            holder.setNetworkTimeout(Runnable::run, MAX_CLOSE_MILLIS);
            for (String dataset : datasets) {
                call("pg_advisory_unlock", dataset);
            }
        } catch (SQLException e) {
            // the connection is closed, which releases the lock
        } finally {
            holder.close();
        }
    }
}
