package dev.crowdlab.retention;

import dev.crowdlab.results.copy.ResultTableDefinition;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Holds back the second phase of DETACH CONCURRENTLY, which locks the partition: that phase waits for every transaction
 * that uses the table, and this guard is such a transaction until it is closed. A repeatable-read transaction that
 * began before the first phase still sees the partition attached; without the guard it could wait for that lock, or
 * hold up the detach with other readers queued behind it.
 */
final class DetachGuard implements AutoCloseable {

    /** Counts the partitions whose first phase is complete and known to every client's snapshot. */
    private static final String UNSEEN = """
            select count(*)
            from pg_inherits i
            where i.inhrelid = any (array(select to_regclass(name)::oid from unnest(?::text[]) as name))
                and i.inhdetachpending and not exists (
                    select from pg_stat_activity a
                    where a.datname = current_database() and a.pid <> pg_backend_pid()
                        and coalesce(a.backend_type, 'client backend') = 'client backend'
                        and age(a.backend_xmin) >= age(i.xmin))""";

    private final List<ResultTableDefinition> tables;

    private final SingleConnectionDataSource session;
    private final JdbcClient jdbc;

    /** Starts to guard tables, on a connection of its own. */
    DetachGuard(DataSource dataSource, List<ResultTableDefinition> tables) {
        this.tables = tables;
        session = open(dataSource);
        jdbc = JdbcClient.create(session);
        try {
            for (ResultTableDefinition table : tables) {
                jdbc.sql("lock table only crowdlab." + table.name() + " in access share mode")
                        .update();
            }
        } catch (DataAccessException e) {
            session.destroy();
            throw e;
        }
    }

    private static SingleConnectionDataSource open(DataSource dataSource) {
        try {
            return transactionOn(new SingleConnectionDataSource(dataSource.getConnection(), true));
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no session to guard tables with", e);
        }
    }

    private static SingleConnectionDataSource transactionOn(SingleConnectionDataSource session) throws SQLException {
        try {
            session.getConnection().setAutoCommit(false);
            return session;
        } catch (SQLException e) {
            session.destroy();
            throw e;
        }
    }

    /** Whether no transaction sees the run's partitions as attached any more. */
    boolean isUnseen(long runId) {
        // PostgreSQL caches the activity at the first look in a transaction
        jdbc.sql("select pg_stat_clear_snapshot()::text").query(String.class).single();
        String[] partitions = tables.stream().map(table -> table.target(runId)).toArray(String[]::new);
        return jdbc.sql(UNSEEN).param(partitions).query(Long.class).single() == partitions.length;
    }

    @Override
    public void close() {
        session.destroy();
    }
}
