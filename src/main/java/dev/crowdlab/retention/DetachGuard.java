package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTable.ResultTableDefinition;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Keeps DETACH CONCURRENTLY from its second half, which locks the partition: it waits for whoever uses the table, and until
 * this guard is closed that is the guard. A repeatable-read transaction that began before the first half still sees the
 * partition attached; it would wait for that lock, or be waited for with others behind it.
 */
final class DetachGuard implements AutoCloseable {

    /** How many partitions are done with the first half, and every client's snapshot knows of it. */
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

    /** Begins to guard tables, on a session of its own. */
    DetachGuard(DataSource sessions, List<ResultTableDefinition> tables) {
        this.tables = tables;
        session = open(sessions);
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

    private static SingleConnectionDataSource open(DataSource sessions) {
        try {
            return transactionOn(new SingleConnectionDataSource(sessions.getConnection(), true));
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

    /** Whether nobody sees the run's partitions attached any more. */
    boolean isUnseen(long runId) {
        // within a transaction PostgreSQL shows the activity of the first look again and again
        jdbc.sql("select pg_stat_clear_snapshot()::text").query(String.class).single();
        String[] partitions = tables.stream().map(table -> table.target(runId)).toArray(String[]::new);
        return jdbc.sql(UNSEEN).param(partitions).query(Long.class).single() == partitions.length;
    }

    @Override
    public void close() {
        session.destroy();
    }
}
