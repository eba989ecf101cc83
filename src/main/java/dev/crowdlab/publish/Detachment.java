package dev.crowdlab.publish;

import dev.crowdlab.publish.ResultTable.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/**
 * Takes the partitions of a run out of their tables. No reader waits for it, and it waits for readers only for a while: it
 * begins when those who use the table have gone, so that it is hardly ever interrupted half-way.
 */
final class Detachment {

    /** How long to wait for those who use a table. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * How long to wait for a lock while finishing what was interrupted: then PostgreSQL waits for older snapshots with the
     * partition locked, so it must give up before somebody who waits for that lock is taken for the victim of a deadlock,
     * which is after 1 s.
     */
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(500);

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK_DETECTED = "40P01";

    private static final String USERS = """
            select l.virtualtransaction, coalesce('backend ' || l.pid
                || coalesce(' (' || nullif(a.application_name, '') || ')', ''), 'a prepared transaction') as name
            from pg_locks l
            left join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'relation' and l.granted and l.pid is distinct from pg_backend_pid()
                and l.database = (select oid from pg_database where datname = current_database())
                and l.relation in (to_regclass(?), to_regclass(?))
            order by a.xact_start, l.pid""";

    private static final String PARTITIONS = """
            select format('%I.%I', n.nspname, c.relname) as name, i.inhdetachpending
            from pg_inherits i
            join pg_class c on c.oid = i.inhrelid
            join pg_namespace n on n.oid = c.relnamespace
            where i.inhparent = to_regclass(?)
            order by 1""";

    private final RetentionSession session;

    Detachment(RetentionSession session) {
        this.session = session;
    }

    /** What keeps a partition where it is, in words. */
    record Hindrance(String sentence) {}

    private record User(String transaction, String name) {}

    private record Partition(String name, boolean isPending) {}

    /** Detaches the partitions of a run; gives what stopped it, if anything did. */
    Optional<Hindrance> detach(long runId) {
        for (TableShape table : Tables.PARTITIONED) {
            Optional<Hindrance> hindrance = finishPending(table).or(() -> detach(table, runId));
            if (hindrance.isPresent()) {
                return hindrance;
            }
        }
        return Optional.empty();
    }

    /** A DETACH that was interrupted, of whatever run, must be finished before the next. */
    private Optional<Hindrance> finishPending(TableShape table) {
        session.limitWaits(SHORT_PATIENCE);
        for (Partition partition : partitions(table)) {
            String finish = alter(table) + partition.name() + " finalize";
            if (partition.isPending() && !RetentionSession.await(() -> isDone(finish), PATIENCE)) {
                return Optional.of(new Hindrance(partition.name()
                        + " is being detached, which waits for transactions of this database that began before"));
            }
        }
        return Optional.empty();
    }

    private Optional<Hindrance> detach(TableShape table, long runId) {
        String partition = table.target(runId);
        if (partitions(table).stream().noneMatch(found -> found.name().equals(partition))) {
            return Optional.empty();
        }
        Set<String> transactions = new HashSet<>();
        users(table, runId).forEach(user -> transactions.add(user.transaction()));
        boolean haveGone = RetentionSession.await(
                () -> users(table, runId).stream().map(User::transaction).noneMatch(transactions::contains), PATIENCE);
        session.limitWaits(PATIENCE);
        if (haveGone && isDone(alter(table) + partition + " concurrently")) {
            return Optional.empty();
        }
        return Optional.of(inUse(table, runId));
    }

    /** A statement of its own: DETACH CONCURRENTLY refuses to be part of a transaction. */
    private boolean isDone(String statement) {
        try {
            session.jdbc().sql(statement).update();
            return true;
        } catch (DataAccessException e) {
            if (isLocked(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether a statement failed only because others would not let go in time. */
    static boolean isLocked(DataAccessException e) {
        return e.getRootCause() instanceof SQLException sql
                && (LOCK_NOT_AVAILABLE.equals(sql.getSQLState()) || DEADLOCK_DETECTED.equals(sql.getSQLState()));
    }

    /** Says who uses a table or the run's part of it. */
    Hindrance inUse(TableShape table, long runId) {
        String user = users(table, runId).stream().map(User::name).findFirst().orElse("a reader that has just gone");
        return new Hindrance("crowdlab." + table.name() + " is in use by " + user);
    }

    private List<User> users(TableShape table, long runId) {
        return session.jdbc()
                .sql(USERS)
                .params("crowdlab." + table.name(), table.target(runId))
                .query((row, number) -> new User(row.getString(1), row.getString(2)))
                .list();
    }

    private List<Partition> partitions(TableShape table) {
        return session.jdbc()
                .sql(PARTITIONS)
                .param("crowdlab." + table.name())
                .query((row, number) -> new Partition(row.getString(1), row.getBoolean(2)))
                .list();
    }

    private static String alter(TableShape table) {
        return "alter table crowdlab." + table.name() + " detach partition ";
    }
}
