package dev.crowdlab.publication;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.postgres.Polling;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Physical standbys of this server, which dashboards may read. Whether a statement on a standby is still being planned cannot
 * be seen from here, so the only safe way is to wait.
 */
final class Standbys {

    /** Standbys that lag further behind are ignored. */
    private static final Duration LONGEST_REPLAY = Duration.ofSeconds(10);

    /**
     * Every user can see that WAL senders exist, but only members of pg_monitor see their positions. Base backups are excluded
     * because nobody reads from them.
     */
    private static final String SENDERS = """
            from pg_stat_replication r
            where coalesce(r.state, 'streaming') in ('streaming', 'catchup') and not exists (
                select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')""";

    private static final String POSITION = "select pg_current_wal_lsn()::text where exists (select " + SENDERS + ")";

    private static final String IS_BEHIND = "select exists (select " + SENDERS + " and r.replay_lsn < ?::pg_lsn)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Standbys(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Waits until the standbys have replayed everything committed so far, as far as that is visible, and then for as long as
     * planning a statement may take there. Returns at once if there are no standbys.
     */
    void awaitPlans(Duration longestPlanning) {
        Optional<String> position = jdbc.sql(POSITION).query(String.class).optional();
        if (position.isPresent()) {
            Polling.until(() -> !isBehind(position.get()), LONGEST_REPLAY);
            Polling.until(() -> false, longestPlanning);
        }
    }

    /** Runs as the login user, who may be a member of pg_monitor. */
    private boolean isBehind(String position) {
        return requireNonNull(transaction.execute(status -> {
            jdbc.sql("set local role none").update();
            return jdbc.sql(IS_BEHIND).param(position).query(Boolean.class).single();
        }));
    }
}
