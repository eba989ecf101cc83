package dev.crowdlab.run;

import dev.crowdlab.postgres.Polling;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends the sessions left behind by a run whose process is gone. Sessions of other users may not be terminated;
 * PostgreSQL ends those by itself, within ten seconds of the end of the process and within a minute of the loss of its
 * host, so they are waited for.
 */
public final class OrphanedSessions {

    /** Longer than PostgreSQL takes to notice that a host is lost. */
    static final Duration MAX_WAIT = Duration.ofSeconds(70);

    /** Sessions that carry a run's name but could not have written its tables are ignored. */
    private static final String SESSIONS = """
            from pg_stat_activity a
            join pg_class t on t.relnamespace = 'crowdlab'::regnamespace and t.relname = 'label_quality'
            where a.application_name = ? and a.datname = current_database() and a.pid <> pg_backend_pid()
                and pg_has_role(a.usesysid, t.relowner, 'member')""";

    private final JdbcClient jdbc;
    private final Duration longestWait;

    /**
     * @param dataSource connections of the login user without a changed role, since terminating sessions requires the
     *     user who opened them
     */
    public OrphanedSessions(DataSource dataSource) {
        this(dataSource, MAX_WAIT);
    }

    OrphanedSessions(DataSource dataSource, Duration longestWait) {
        this.jdbc = JdbcClient.create(dataSource);
        this.longestWait = longestWait;
    }

    /**
     * Returns when no session of the run is left.
     *
     * @throws IllegalStateException if some remain
     */
    public void end(long runId) throws InterruptedException {
        String name = RunLedger.sessionName(runId);
        jdbc.sql("select pg_terminate_backend(a.pid, 10000) " + SESSIONS + " and pg_has_role(a.usesysid, 'usage')")
                .param(name)
                .query(Boolean.class)
                .list();
        if (!Polling.until(() -> left(name).isEmpty(), longestWait)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new IllegalStateException("Run " + runId + " left sessions behind that this user may not end ("
                    + String.join(", ", left(name))
                    + "); end them with pg_terminate_backend, as their user or a superuser");
        }
    }

    private List<String> left(String name) {
        return jdbc.sql("select 'backend ' || a.pid || ' of user ' || a.usename " + SESSIONS + " order by a.pid")
                .param(name)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
