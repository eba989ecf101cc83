package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinition;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.retention.PartitionDetacher.Hindrance;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.text.Plural;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the large tables of old runs: partitions are detached without disturbing readers, then dropped. A run that is being
 * read is left for the next time. If a history age is set, rows of annotator_stats and label_change are removed at that age;
 * runs, their findings and counts stay forever.
 */
public final class Retention {

    /** Tables that keep only the rows of kept runs, and are small enough for DELETE. */
    private static final List<ResultTableDefinition> TRIMMED = List.of(
            ResultTableDefinitions.ANNOTATOR_CONFUSION,
            ResultTableDefinitions.ANNOTATOR_PAIR,
            ResultTableDefinitions.ANNOTATOR_PERIOD,
            ResultTableDefinitions.LABEL_QUALITY_BIN,
            ResultTableDefinitions.CALIBRATION_BIN,
            ResultTableDefinitions.RUN_CLASS,
            ResultTableDefinitions.WORK_LIST,
            ResultTableDefinitions.REJECTED_ROW);

    /** At most this many runs are named in a message. */
    private static final int NAMED_RUNS = 10;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    /** An upper limit within the range of PostgreSQL's timestamps. */
    private static final long HUNDRED_YEARS = Duration.ofDays(36_500).toSeconds();

    /** Runs that were beyond the limits at a given time. */
    private static final String OLD_RUNS = """
            with moment as (
                select %s as moment),
            closed as (
                select r.run_id, r.status, r.finished_at,
                    row_number() over (partition by r.status order by r.finished_at desc, r.run_id desc) as age
                from crowdlab.run r
                cross join moment m
                where r.dataset = :dataset and r.status in ('PUBLISHED', 'REFUSED') and r.finished_at <= m.moment),
            old as (
                select c.run_id
                from closed c
                cross join moment m
                left join crowdlab.published_run p on p.dataset = :dataset
                where c.run_id is distinct from p.run_id
                    and case c.status
                        when 'PUBLISHED' then c.age > :runs or coalesce(
                            c.finished_at < m.moment - make_interval(secs => cast(:maxAgeSeconds as double precision)), false)
                        else c.age > 1
                    end
                    and exists (
                        select from crowdlab.run_table t where t.run_id = c.run_id and t.removed_at is null
                            and t.table_name = any(:tables)))
            select o.run_id, (
                select max(l.changed_at) + make_interval(secs => :graceSeconds)
                from crowdlab.publication_log l
                where l.previous_run_id = o.run_id
                    and l.changed_at >= m.moment - make_interval(secs => :graceSeconds)) as grace_end
            from old o
            cross join moment m
            order by o.run_id""";

    /** When the run before the latest began: two removals have happened since. */
    private static final String LAST_BUT_ONE = """
            (
                    select r.started_at
                    from crowdlab.run r
                    where r.dataset = :dataset and r.status in ('PUBLISHED', 'REFUSED', 'SKIPPED')
                    order by r.run_id desc
                    offset 1
                    limit 1)""";

    /** Runs that failed between attaching their tables and publishing them. */
    private static final String FAILED_RUNS = """
            select r.run_id
            from crowdlab.run r
            where r.dataset = :dataset and r.status = 'FAILED' and exists (
                select from unnest(cast(:tables as text[])) as name
                where to_regclass(format('crowdlab.%I', name || '_r' || r.run_id)) is not null)
            order by r.run_id""";

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
     * @param history annotator_stats and label_change of a published run without large tables are removed if it was closed
     *     longer ago; empty: they stay
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

    private record OldRun(long runId, Optional<Instant> graceEnd) {

        boolean isInGrace() {
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
            for (long runId : failedRuns(session.jdbc(), dataset)) {
                hindrance = hindrance.isPresent() ? hindrance : removeFailed(session, runId);
            }
            for (OldRun run : oldRuns("now()", session.jdbc(), dataset, limits)) {
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
     * Returns a finding for a run that is not yet closed if the last two removals left runs that they should have removed;
     * otherwise empty.
     */
    public Optional<Finding> behind(String dataset, Limits limits) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        List<Long> left = oldRuns(LAST_BUT_ONE, jdbc, dataset, limits).stream()
                .filter(run -> !run.isInGrace())
                .map(OldRun::runId)
                .toList();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        TableUsers users = new TableUsers(jdbc, new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
        String runs = left.stream().limit(NAMED_RUNS).map(String::valueOf).collect(Collectors.joining(", "))
                + (left.size() > NAMED_RUNS ? " and others" : "");
        return Optional.of(new Finding(
                "RETENTION_BEHIND",
                Severity.WARN,
                Plural.of(left.size(), "run", "runs") + " beyond crowdlab.retention (" + runs + ") "
                        + Plural.word(left.size(), "keeps its", "keep their")
                        + " large tables, which the last two removals left; "
                        + users.oldest(TableUsers.RESULTS)
                                .map(user -> "they are in use by " + user
                                        + "; let it end, then the next run or purge removes them.")
                                .orElse("nobody uses them now; run purge, which reports what blocks it."),
                left.size(),
                Double.NaN));
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

    private static List<Long> failedRuns(JdbcClient jdbc, String dataset) {
        return jdbc.sql(FAILED_RUNS)
                .param("dataset", dataset)
                .param("tables", ResultTableDefinitions.partitionedNames())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private static List<OldRun> oldRuns(String moment, JdbcClient jdbc, String dataset, Limits limits) {
        return jdbc.sql(OLD_RUNS.formatted(moment))
                .param("dataset", dataset)
                .param("runs", limits.runs())
                .param("maxAgeSeconds", limits.maxAge().map(Retention::seconds).orElse(null), Types.DOUBLE)
                .param("graceSeconds", seconds(limits.grace()))
                .param("tables", removableTables())
                .query((row, number) -> new OldRun(
                        row.getLong(1),
                        Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list();
    }

    static double seconds(Duration duration) {
        return Math.min(duration.toSeconds(), HUNDRED_YEARS);
    }

    /** Names of the tables that a run loses. */
    public static String[] removableTables() {
        return Stream.concat(ResultTableDefinitions.PARTITIONED.stream(), TRIMMED.stream())
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
