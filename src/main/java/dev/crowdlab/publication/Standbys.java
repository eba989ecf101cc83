package dev.crowdlab.publication;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.postgres.Polling;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Physical standbys of this server, which dashboards may read. Nobody here can see whether a statement there is still being
 * planned; that it no longer can be, time tells.
 */
final class Standbys {

    /** Who lags further behind is not waited for. */
    private static final Duration LONGEST_REPLAY = Duration.ofSeconds(10);

    /** Everybody sees that there are senders; how far they are, only members of pg_monitor. A base backup has no readers. */
    private static final String SENDERS = """
            from pg_stat_replication r
            where coalesce(r.state, 'streaming') in ('streaming', 'catchup') and not exists (
                select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')""";

    private static final String POSITION = "select pg_current_wal_lsn()::text where exists (select " + SENDERS + ")";

    private static final String IS_BEHIND = "select exists (select " + SENDERS + " and r.replay_lsn < ?::pg_lsn)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** A session, and transactions of it. */
    Standbys(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Waits until the standbys have replayed what was committed before, as far as can be seen, and then for as long as the planning
     * of a statement may take there. Without standbys it does not wait.
     */
    void awaitPlans(Duration longestPlanning) {
        Optional<String> position = jdbc.sql(POSITION).query(String.class).optional();
        if (position.isPresent()) {
            Polling.until(() -> !isBehind(position.get()), LONGEST_REPLAY);
            Polling.until(() -> false, longestPlanning);
        }
    }

    /** Asked as the user who logged in, who may be a member of pg_monitor. */
    private boolean isBehind(String position) {
        return requireNonNull(transaction.execute(status -> {
            jdbc.sql("set local role none").update();
            return jdbc.sql(IS_BEHIND).param(position).query(Boolean.class).single();
        }));
    }
}
