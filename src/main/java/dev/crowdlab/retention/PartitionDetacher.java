package dev.crowdlab.retention;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.results.ResultTable.ResultTableDefinition;
import dev.crowdlab.results.ResultTableDefinitions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes the partitions of a run out of their tables. No reader waits for it, and it waits for readers only for a while: it
 * begins when those who use the table have gone, so that it is hardly ever interrupted half-way.
 */
final class PartitionDetacher {

    /** How long to wait for those who use a table. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long to wait for old snapshots, which may belong to transactions that never look at the table. */
    private static final Duration PATIENCE_WITH_SNAPSHOTS = Duration.ofSeconds(3);

    /**
     * How long to wait for a lock while finishing what was interrupted: then PostgreSQL waits for older snapshots with the
     * partition locked, so it must give up before somebody who waits for that lock is taken for the victim of a deadlock,
     * which is after 1 s.
     */
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(500);

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK_DETECTED = "40P01";

    private static final String PARTITIONS = """
            select format('%I.%I', n.nspname, c.relname) as name, i.inhdetachpending
            from pg_inherits i
            join pg_class c on c.oid = i.inhrelid
            join pg_namespace n on n.oid = c.relnamespace
            where i.inhparent = to_regclass(?)
            order by 1""";

    private final RetentionSession session;
    private final TableUsers users;
    private final Executor executor = new SimpleAsyncTaskExecutor("crowdlab-detach-");

    PartitionDetacher(RetentionSession session) {
        this.session = session;
        users = new TableUsers(session.jdbc(), session.transaction());
    }

    /** What keeps a partition where it is, in words. */
    record Hindrance(String sentence) {}

    private record Partition(String name, boolean isPending) {}

    /**
     * Detaches the partitions of a run, all at a time; gives what stopped it, if anything did. Before they go, those are waited
     * for who have looked at any table or view of results: their transaction may see the run as the published one, and go on
     * to a table that they have not looked at yet.
     */
    Optional<Hindrance> detach(long runId) {
        for (ResultTableDefinition table : ResultTableDefinitions.PARTITIONED) {
            Optional<Hindrance> hindrance = finishPending(table);
            if (hindrance.isPresent()) {
                return hindrance;
            }
        }
        List<ResultTableDefinition> attached = ResultTableDefinitions.PARTITIONED.stream()
                .filter(table -> partitions(table).stream()
                        .anyMatch(found -> found.name().equals(table.target(runId))))
                .toList();
        if (attached.isEmpty()) {
            return Optional.empty();
        }
        return haveGone(TableUsers.RESULTS)
                ? detach(attached, runId)
                : Optional.of(inUse("the published result", TableUsers.RESULTS));
    }

    private Optional<Hindrance> detach(List<ResultTableDefinition> tables, long runId) {
        Map<ResultTableDefinition, CompletableFuture<Boolean>> detached = new LinkedHashMap<>();
        try (DetachGuard guard = session.guard(tables)) {
            for (ResultTableDefinition table : tables) {
                String statement = alter(table) + table.target(runId) + " concurrently";
                detached.put(table, CompletableFuture.supplyAsync(() -> isDoneBeside(statement), executor));
            }
            Polling.until(
                    () -> detached.values().stream().anyMatch(CompletableFuture::isDone) || guard.isUnseen(runId),
                    PATIENCE_WITH_SNAPSHOTS);
        } finally { // the lock of this session is theirs too
            detached.values().forEach(PartitionDetacher::awaitEnd);
        }
        Optional<Hindrance> hindrance = Optional.empty();
        for (Map.Entry<ResultTableDefinition, CompletableFuture<Boolean>> detach : detached.entrySet()) {
            if (!join(detach.getValue())) {
                hindrance = hindrance.or(() -> Optional.of(inUse(detach.getKey(), runId)));
            }
        }
        return hindrance;
    }

    private static void awaitEnd(CompletableFuture<Boolean> detached) {
        detached.exceptionally(failure -> false).join();
    }

    private static boolean join(CompletableFuture<Boolean> detached) {
        try {
            return detached.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private boolean isDoneBeside(String statement) {
        try (RetentionSession beside = session.beside()) {
            beside.limitWaits(PATIENCE);
            return isDone(beside.jdbc(), statement);
        }
    }

    /** A DETACH that was interrupted, of whatever run, must be finished before the next. */
    private Optional<Hindrance> finishPending(ResultTableDefinition table) {
        session.limitWaits(SHORT_PATIENCE);
        for (Partition partition : partitions(table)) {
            String finish = alter(table) + partition.name() + " finalize";
            if (partition.isPending() && !Polling.until(() -> isDone(session.jdbc(), finish), PATIENCE)) {
                return Optional.of(new Hindrance(partition.name()
                        + " is being detached, which waits for transactions of this database that began before, the oldest of "
                        + users.oldestSnapshot()));
            }
        }
        return Optional.empty();
    }

    /** Waits until the transactions that use one of these tables now have ended. */
    private boolean haveGone(List<String> tables) {
        Set<String> transactions = users.transactions(tables);
        return Polling.until(() -> Collections.disjoint(users.transactions(tables), transactions), PATIENCE);
    }

    /** A statement of its own: DETACH CONCURRENTLY refuses to be part of a transaction. */
    private static boolean isDone(JdbcClient jdbc, String statement) {
        try {
            jdbc.sql(statement).update();
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
    Hindrance inUse(ResultTableDefinition table, long runId) {
        String name = "crowdlab." + table.name();
        return inUse(name, List.of(name, table.target(runId)));
    }

    private Hindrance inUse(String what, List<String> tables) {
        return new Hindrance(what + " is in use by " + users.oldest(tables).orElse("a reader that has just gone"));
    }

    private List<Partition> partitions(ResultTableDefinition table) {
        return session.jdbc()
                .sql(PARTITIONS)
                .param("crowdlab." + table.name())
                .query((row, number) -> new Partition(row.getString(1), row.getBoolean(2)))
                .list();
    }

    private static String alter(ResultTableDefinition table) {
        return "alter table crowdlab." + table.name() + " detach partition ";
    }
}
