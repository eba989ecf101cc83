package dev.crowdlab.audit;

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

    private static final String KEY = "pg_catalog.hashtextextended('crowdlab-etl ' || ?, 0::bigint)";

    private final Connection holder;

    private RunLock(Connection holder) {
        this.holder = holder;
    }

    /**
     * Takes the lock.
     *
     * @param sessions sessions of the run
     * @throws DatasetInUseException if another run has it
     */
    public static RunLock take(DataSource sessions, String dataset) throws SQLException {
        Connection connection = sessions.getConnection();
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(" + KEY + ")")) {
            statement.setString(1, dataset);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (result.getBoolean(1)) {
                    return new RunLock(connection);
                }
            }
            throw new DatasetInUseException(dataset, holder(connection, dataset));
        } catch (SQLException | DatasetInUseException e) {
            connection.close();
            throw e;
        }
    }

    private static String holder(Connection connection, String dataset) throws SQLException {
        String query = """
                with key as (select %s as value)
                select a.application_name || ', backend ' || a.pid
                    || coalesce(' from ' || host(a.client_addr), '')
                from pg_locks l
                join pg_stat_activity a on a.pid = l.pid
                cross join key
                where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                    and (l.classid::bigint << 32) | l.objid::bigint = key.value
                order by a.pid
                limit 1""".formatted(KEY);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, dataset);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : "a run that has just ended";
            }
        }
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
