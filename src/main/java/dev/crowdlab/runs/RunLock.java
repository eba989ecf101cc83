package dev.crowdlab.runs;

import dev.crowdlab.postgres.AdvisoryLockHolder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The right to run a dataset: an advisory lock of a session that lasts as long as the run. PostgreSQL gives it back when
 * the session ends, however the process ended.
 */
public final class RunLock implements AutoCloseable {

    /** Where the network swallows everything, as the run may have found out. */
    private static final int LONGEST_GOODBYE_MILLIS = 10_000;

    private final Connection holder;
    private final String dataset;

    private RunLock(Connection holder, String dataset) {
        this.holder = holder;
        this.dataset = dataset;
    }

    /**
     * Takes the lock.
     *
     * @param sessions sessions of the run
     * @throws DatasetInUseException if another run has it
     */
    public static RunLock take(DataSource sessions, String dataset) throws SQLException {
        Connection connection = sessions.getConnection();
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

    /** Returns when others can have the lock, which the end of the session alone would give back a little later. */
    @Override
    public void close() throws SQLException {
        try {
            holder.setNetworkTimeout(Runnable::run, LONGEST_GOODBYE_MILLIS);
            unlock();
        } catch (SQLException e) {
            // the session has ended, and the lock with it
        } finally {
            holder.close();
        }
    }
}
