package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.retention.OldRuns.OldRun;
import dev.crowdlab.retention.PartitionDetacher.Hindrance;
import dev.crowdlab.text.Plural;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes the large tables of old runs: partitions are detached without disturbing readers, then dropped. A run that is
 * being read is left for the next time. If a history age is set, rows of annotator_stats and label_change are removed
 * at that age; runs, their findings and counts stay forever.
 */
public final class Retention {

    /** Tables that keep only the rows of kept runs, and are small enough for DELETE. */
    private static final List<ResultTableDefinition> TRIMMED = ResultTableDefinitions.kept(Kept.WITH_PARTITIONS);

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final DataSource dataSource;

    /** Uses connections that name the run or command on whose behalf results are removed. */
    public Retention(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The limits of what is kept.
     *
     * @param runs how many published runs of a dataset
     * @param maxAge a published run that was closed longer ago is not kept unless it is current
     * @param grace a run that was current less than this ago is kept
     * @param history annotator_stats and label_change of a published run without large tables are removed if it was
     *     closed longer ago; empty: they stay
     */
    public record Limits(int runs, Optional<Duration> maxAge, Duration grace, Optional<Duration> history) {}

    /**
     * The outcome of a removal.
     *
     * @param removed runs that lost their large tables, by number
     * @param left runs beyond the limits that still have them, or rows of their history, by number
     * @param history rows of history removed from runs without large tables
     */
    public record Outcome(List<Removed> removed, List<Left> left, History history) {

        /** Lists are copied. */
        public Outcome {
            removed = List.copyOf(removed);
            left = List.copyOf(left);
        }
    }

    /** A run whose tables were removed, and the number of rows in them. */
    public record Removed(long runId, long rowCount) {}

    /** How many runs lost their rows in annotator_stats and label_change, and the number of these rows. */
    public record History(long runCount, long rowCount) {}

    /**
     * A run whose tables could not be removed now.
     *
     * @param runId its number
     * @param reason why, as part of a sentence; within the grace period what it was
     * @param graceEnd when its grace period ends, if it was current a short while ago; empty: it is in use
     */
    public record Left(long runId, String reason, Optional<Instant> graceEnd) {

        /** Whether it stays only because it was current a short while ago. */
        public boolean isInGrace() {
            return graceEnd.isPresent();
        }
    }

    /**
     * Removes what is beyond the limits.
     *
     * @throws RetentionInUseException if another session is removing old results
     */
    public Outcome apply(String dataset, Limits limits) throws SQLException {
        List<Removed> removed = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        try (RetentionSession session = RetentionSession.open(dataSource)) {
            Optional<Hindrance> hindrance = Optional.empty();
            for (long runId : OldRuns.failed(session.jdbc(), dataset)) {
                hindrance = hindrance.isPresent() ? hindrance : removeFailed(session, runId);
            }
            for (OldRun run : OldRuns.now(session.jdbc(), dataset, limits)) {
                if (run.isInGrace()) {
                    left.add(new Left(
                            run.runId(), "current less than " + Plural.of(limits.grace()) + " ago", run.graceEnd()));
                    continue;
                }
                // whatever blocks one run also blocks the next
                hindrance = hindrance.isPresent() ? hindrance : remove(session, run.runId(), removed);
                hindrance.ifPresent(found -> left.add(new Left(run.runId(), found.sentence(), Optional.empty())));
            }
            session.limitWaits(MAX_WAIT);
            return new Outcome(removed, left, new OldHistory(session).remove(dataset, limits.history(), left));
        }
    }

    /**
     * Removes the large tables of all runs of a dataset that is no longer published.
     *
     * @return why some could not be removed, as a sentence without its end; empty if none is left
     * @throws RetentionInUseException if another session is removing old results
     */
    public Optional<String> removeAll(String dataset) throws SQLException {
        try (RetentionSession session = RetentionSession.open(dataSource)) {
            for (long runId : OldRuns.withTables(session.jdbc(), dataset)) {
                Optional<Hindrance> hindrance = remove(session, runId, new ArrayList<>());
                if (hindrance.isPresent()) {
                    return hindrance.map(Hindrance::sentence);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Removes the tables that a failed run had attached, unless they are in use.
     *
     * @throws RetentionInUseException if another session is removing old results
     */
    public void removeFailed(long runId) throws SQLException {
        try (RetentionSession session = RetentionSession.open(dataSource)) {
            removeFailed(session, runId);
        }
    }

    private static Optional<Hindrance> removeFailed(RetentionSession session, long runId) {
        Optional<Hindrance> hindrance = new PartitionDetacher(session).detach(runId);
        if (hindrance.isEmpty()) {
            session.transaction().executeWithoutResult(status -> PartialRunCleanup.dropTables(session.jdbc(), runId));
        }
        return hindrance;
    }

    /** Names of the tables that a run loses. */
    public static String[] removableTables() {
        return ResultTableDefinitions.kept(Kept.AS_PARTITION, Kept.WITH_PARTITIONS).stream()
                .map(ResultTableDefinition::name)
                .toArray(String[]::new);
    }

    private static Optional<Hindrance> remove(RetentionSession session, long runId, List<Removed> removed) {
        PartitionDetacher detachment = new PartitionDetacher(session);
        Optional<Hindrance> hindrance = detachment.detach(runId);
        if (hindrance.isPresent()) {
            return hindrance;
        }
        session.limitWaits(MAX_WAIT);
        try {
            removed.add(
                    new Removed(runId, session.transaction().execute(status -> removeDetached(session.jdbc(), runId))));
            return Optional.empty();
        } catch (DataAccessException e) {
            if (PartitionDetacher.isLocked(e)) {
                return Optional.of(detachment.inUse(ResultTableDefinitions.LABEL_QUALITY, runId));
            }
            throw e;
        }
    }

    private static long removeDetached(JdbcClient jdbc, long runId) {
        for (ResultTableDefinition table : ResultTableDefinitions.PARTITIONED) {
            jdbc.sql("drop table if exists " + table.target(runId)).update();
        }
        for (ResultTableDefinition table : TRIMMED) {
            jdbc.sql("delete from crowdlab." + table.name() + " where run_id = ?")
                    .param(runId)
                    .update();
        }
        long rowCount = jdbc.sql("""
                        with removed as (
                            update crowdlab.run_table set removed_at = now()
                            where run_id = ? and removed_at is null and table_name = any(?)
                            returning row_count)
                        select coalesce(sum(row_count), 0) from removed""")
                .params(runId, removableTables())
                .query((row, number) -> row.getLong(1))
                .single();
        PurgeLog.add(jdbc, "tables of an old run", List.of(runId), rowCount);
        return rowCount;
    }
}
