package dev.crowdlab.publication;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.settings.StandbySettings;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Physical standbys of this server, which dashboards may read. Whether a statement on a standby is still being planned
 * cannot be seen from here, so the only safe way is to wait.
 */
public final class Standbys {

    private static final Logger log = LoggerFactory.getLogger(Standbys.class);

    /**
     * Every user can see that WAL senders exist, but only members of pg_monitor see their positions. Base backups are
     * excluded because nobody reads from them.
     */
    private static final String SENDERS = """
            from pg_stat_replication r
            where coalesce(r.state, 'streaming') in ('streaming', 'catchup') and not exists (
                select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')""";

    private static final String POSITION = "select pg_current_wal_lsn()::text where exists (select " + SENDERS + ")";

    private static final String SEND_AT_COMMIT = "select set_config('synchronous_commit', 'local', true)"
            + " where current_setting('synchronous_commit') = 'off'";

    private static final String IS_BEHIND = "select exists (select " + SENDERS + " and r.replay_lsn < ?::pg_lsn)";

    private static final String UNSEEN =
            "select quote_ident(session_user) where exists (select " + SENDERS + " and r.state is null)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Standbys(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Returns the warning that publications cannot see what the standbys have replayed; empty if they can, or if there
     * are none.
     *
     * @param dataSource connections to the result database
     */
    public static Optional<String> doubt(DataSource dataSource, StandbySettings longest) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        Standbys standbys = new Standbys(jdbc, new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
        return standbys.asLoginUser(() -> jdbc.sql(UNSEEN).query(String.class).optional())
                .map(user -> "Standbys stream from the server, and the user " + user
                        + " may not see how far they have replayed: a publication waits for "
                        + longest.planning().toSeconds()
                        + " s (crowdlab.standby.planning) alone, and readers of a standby that is further behind may see no"
                        + " rows for a moment. Run: grant pg_monitor to " + user + ".");
    }

    /**
     * Lets the commit of the current transaction wait for the WAL to be written even where {@code synchronous_commit}
     * is off. The server's WAL position would otherwise be before the commit, and so would what {@link #awaitPlans}
     * waits for; standbys may take seconds for the rest if statements there hold replay up.
     */
    void sendAtCommit() {
        jdbc.sql(SEND_AT_COMMIT).query(String.class).list();
    }

    /**
     * Waits until the standbys have replayed everything whose commit was waited for, as far as that is visible, and
     * then for as long as planning a statement may take there. Returns at once if there are no standbys.
     */
    void awaitPlans(StandbySettings longest) {
        Optional<String> position = jdbc.sql(POSITION).query(String.class).optional();
        if (position.isEmpty()) {
            return;
        }
        boolean hasReplayed = Polling.until(() -> !isBehind(position.get()), longest.replay());
        if (!hasReplayed && !Thread.currentThread().isInterrupted()) {
            log.warn(
                    "A standby has not replayed the new result's tables within {} s (crowdlab.standby.replay): a query that"
                            + " is planned there when it shows the new result may see no rows.",
                    longest.replay().toSeconds());
        }
        Polling.until(() -> false, longest.planning());
    }

    private boolean isBehind(String position) {
        return asLoginUser(
                () -> jdbc.sql(IS_BEHIND).param(position).query(Boolean.class).single());
    }

    /** The login user may be a member of pg_monitor where the role that owns the tables is not. */
    private <T> T asLoginUser(Supplier<T> query) {
        return requireNonNull(transaction.execute(status -> {
            jdbc.sql("set local role none").update();
            return query.get();
        }));
    }
}
