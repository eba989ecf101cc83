package dev.crowdlab.retention;

import dev.crowdlab.postgres.AdvisoryLockHolder;
import dev.crowdlab.postgres.Polling;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A connection that removes old results. Only one per database may exist at a time: PostgreSQL allows one DETACH
 * CONCURRENTLY per table, and a detach in progress must not be mistaken for an interrupted one.
 */
public final class RetentionSession implements AutoCloseable {

    /** Cannot collide with the lock of a dataset, because dataset names have no colon. */
    private static final String LOCK = "crowdlab-etl: retention";

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final SingleConnectionDataSource session;
    private final JdbcClient jdbc;

    private RetentionSession(DataSource dataSource, SingleConnectionDataSource session) {
        this.dataSource = dataSource;
        this.session = session;
        jdbc = JdbcClient.create(session);
    }

    /**
     * Opens a session that holds the lock.
     *
     * @throws RetentionInUseException if another session keeps it
     */
    public static RetentionSession open(DataSource dataSource) throws SQLException {
        RetentionSession opened =
                new RetentionSession(dataSource, new SingleConnectionDataSource(dataSource.getConnection(), true));
        try {
            if (Polling.until(opened::takesLock, MAX_WAIT)) {
                return opened;
            }
            throw RetentionInUseException.heldBy(AdvisoryLockHolder.of(opened.session.getConnection(), LOCK));
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Polls for the lock: a statement that waits would hold a snapshot, and the holder's DETACH may wait for that
     * snapshot.
     */
    private boolean takesLock() {
        return jdbc.sql("select pg_try_advisory_lock(" + AdvisoryLockHolder.KEY + ")")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** The connection, which stays open. */
    public Connection connection() throws SQLException {
        return session.getConnection();
    }

    /** Guards tables, on a connection of its own. */
    DetachGuard guard(List<ResultTableDefinition> tables) {
        return new DetachGuard(dataSource, tables);
    }

    /** Opens a second session next to the one that holds the lock. */
    RetentionSession beside() {
        try {
            return new RetentionSession(dataSource, new SingleConnectionDataSource(dataSource.getConnection(), true));
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no session to detach with", e);
        }
    }

    /** Transactions on this session. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(session));
    }

    /** Limits how long later statements wait for a lock. */
    void limitWaits(Duration longest) {
        jdbc.sql("select set_config('lock_timeout', ?, false)")
                .param(longest.toMillis() + "ms")
                .query(String.class)
                .single();
    }

    @Override
    public void close() {
        try {
            jdbc.sql("select pg_advisory_unlock_all()::text")
                    .query(String.class)
                    .single();
        } catch (DataAccessException e) {
            // the connection is closed, which releases the lock
        } finally {
            session.destroy();
        }
    }
}
