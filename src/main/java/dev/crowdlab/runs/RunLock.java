package dev.crowdlab.runs;

import dev.crowdlab.postgres.AdvisoryLockHolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The exclusive right to run a dataset: a session-level advisory lock held for the whole run. PostgreSQL releases it
 * when the session ends, even if the process crashes.
 */
public final class RunLock implements AutoCloseable {

    /** Limits the wait for a goodbye on a network that drops everything. */
    private static final int MAX_CLOSE_MILLIS = 10_000;

    private final Connection holder;
    private final String dataset;

    private RunLock(Connection holder, String dataset) {
        this.holder = holder;
        this.dataset = dataset;
    }

    /**
     * Takes the lock.
     *
     * @param dataSource connections of the run
     * @throws DatasetInUseException if another run holds it
     */
    public static RunLock take(DataSource dataSource, String dataset) throws SQLException {
        Connection connection = dataSource.getConnection();
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_try_advisory_lock(" + AdvisoryLockHolder.KEY + ")")) {
            statement.setString(1, name(dataset));
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (result.getBoolean(1)) {
                    return new RunLock(connection, dataset);
                }
            }
            throw new DatasetInUseException(dataset, AdvisoryLockHolder.of(connection, name(dataset)));
        } catch (SQLException | DatasetInUseException e) {
            connection.close();
            throw e;
        }
    }

    private static String name(String dataset) {
        return "crowdlab-etl " + dataset;
    }

    private void unlock() throws SQLException {
        try (PreparedStatement statement =
                holder.prepareStatement("select pg_advisory_unlock(" + AdvisoryLockHolder.KEY + ")")) {
            statement.setString(1, name(dataset));
            statement.execute();
        }
    }

    /** Releases the lock explicitly, because PostgreSQL releases it only some time after the connection is closed. */
    @Override
    public void close() throws SQLException {
        try {
            holder.setNetworkTimeout(Runnable::run, MAX_CLOSE_MILLIS);
            unlock();
        } catch (SQLException e) {
            // the connection is closed, which releases the lock
        } finally {
            holder.close();
        }
    }
}
