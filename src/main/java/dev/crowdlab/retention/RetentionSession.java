package dev.crowdlab.retention;

import dev.crowdlab.postgres.AdvisoryLockHolder;
import dev.crowdlab.postgres.Polling;
import dev.crowdlab.results.ResultTable.ResultTableDefinition;
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
 * A session that removes old results, one in a database at a time: PostgreSQL allows one DETACH CONCURRENTLY of a table, and
 * one that is under way must not be taken for one that was left behind.
 */
public final class RetentionSession implements AutoCloseable {

    /** No dataset's lock has this name, since no dataset's name has a colon. */
    private static final String LOCK = "crowdlab-etl: retention";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final DataSource sessions;
    private final SingleConnectionDataSource session;
    private final JdbcClient jdbc;

    private RetentionSession(DataSource sessions, SingleConnectionDataSource session) {
        this.sessions = sessions;
        this.session = session;
        jdbc = JdbcClient.create(session);
    }

    /**
     * Opens a session that has the lock.
     *
     * @throws RetentionInUseException if somebody else keeps it
     */
    public static RetentionSession open(DataSource sessions) throws SQLException {
        RetentionSession opened =
                new RetentionSession(sessions, new SingleConnectionDataSource(sessions.getConnection(), true));
        try {
            if (Polling.until(opened::takesLock, LONGEST_WAIT)) {
                return opened;
            }
            throw new RetentionInUseException(AdvisoryLockHolder.of(opened.session.getConnection(), LOCK));
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Asked again and again: a statement that waits would hold a snapshot, for which the holder's DETACH may wait. */
    private boolean takesLock() {
        return jdbc.sql("select pg_try_advisory_lock(" + AdvisoryLockHolder.KEY + ")")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Guards tables, on a session of its own. */
    DetachGuard guard(List<ResultTableDefinition> tables) {
        return new DetachGuard(sessions, tables);
    }

    /** Another session, beside the one that has the lock. */
    RetentionSession beside() {
        try {
            return new RetentionSession(sessions, new SingleConnectionDataSource(sessions.getConnection(), true));
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no session to detach with", e);
        }
    }

    /** Transactions of this session. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(session));
    }

    /** From now on a statement waits for a lock no longer than this. */
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
            // the session has ended, and the lock with it
        } finally {
            session.destroy();
        }
    }
}
