package dev.crowdlab.retention;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
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
 * Detaches the partitions of a run. Readers are never blocked by it, and it waits for readers only for a limited time:
 * it starts once the current users of the table have finished, so that it is rarely interrupted half-way.
 */
final class PartitionDetacher {

    /** How long to wait for the current users of a table. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long to wait for old snapshots, which may belong to transactions that never read the table. */
    private static final Duration PATIENCE_WITH_SNAPSHOTS = Duration.ofSeconds(3);

    /**
     * Lock timeout for finishing an interrupted detach. PostgreSQL then waits for older snapshots while it holds a lock
     * on the partition, so this must end before deadlock detection (after 1 s by default) cancels a session that waits
     * for that lock.
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

    /** The reason why a partition cannot be detached, in words. */
    record Hindrance(String sentence) {}

    private record Partition(String name, boolean isPending) {}

    /**
     * Detaches all partitions of a run at the same time. First waits for the transactions that have read any table or
     * view of the results: they may have seen this run as the published one and go on to read another of its tables.
     *
     * @return what prevented it; empty if all are detached
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
        } finally { // after an interruption the lock is still held by this session
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

    /** Finishes an interrupted DETACH of any run, since PostgreSQL allows no other before. */
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

    /** Waits until the transactions that now use one of these tables have ended. */
    private boolean haveGone(List<String> tables) {
        Set<String> transactions = users.transactions(tables);
        return Polling.until(() -> Collections.disjoint(users.transactions(tables), transactions), PATIENCE);
    }

    /** Runs outside a transaction, as DETACH CONCURRENTLY requires. */
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

    /** Whether a statement failed only because a lock was not released in time. */
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
        return new Hindrance(
                what + " is in use by " + users.oldest(tables).orElse("a transaction that has just ended"));
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
