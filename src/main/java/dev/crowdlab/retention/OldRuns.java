package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.retention.Retention.Limits;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the runs of a dataset whose large tables are to be removed. */
final class OldRuns {

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

    /** Runs of a dataset that are closed and still have tables, or rows that retention would remove. */
    private static final String WITH_TABLES = """
            select r.run_id
            from crowdlab.run r
            where r.dataset = :dataset and r.status <> 'RUNNING' and (
                exists (
                    select from crowdlab.run_table t
                    where t.run_id = r.run_id and t.removed_at is null and t.table_name = any(:tables))
                or exists (
                    select from unnest(cast(:partitioned as text[])) as name
                    where to_regclass(format('crowdlab.%I', name || '_r' || r.run_id)) is not null))
            order by r.run_id""";

    private OldRuns() {}

    /**
     * A run beyond the limits.
     *
     * @param runId its number
     * @param graceEnd when its grace period ends, if it was current a short while ago
     */
    record OldRun(long runId, Optional<Instant> graceEnd) {

        boolean isInGrace() {
            return graceEnd.isPresent();
        }
    }

    /** Returns the runs that are beyond the limits now. */
    static List<OldRun> now(JdbcClient jdbc, String dataset, Limits limits) {
        return oldRuns("now()", jdbc, dataset, limits);
    }

    /** Returns the runs that were beyond the limits already before the last two removals. */
    static List<OldRun> beforeLastTwo(JdbcClient jdbc, String dataset, Limits limits) {
        return oldRuns(LAST_BUT_ONE, jdbc, dataset, limits);
    }

    /** Returns the runs that failed and still have tables. */
    static List<Long> failed(JdbcClient jdbc, String dataset) {
        return jdbc.sql(FAILED_RUNS)
                .param("dataset", dataset)
                .param("tables", ResultTableDefinitions.partitionedNames())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Returns all runs of the dataset that still have tables. */
    static List<Long> withTables(JdbcClient jdbc, String dataset) {
        return jdbc.sql(WITH_TABLES)
                .param("dataset", dataset)
                .param("tables", Retention.removableTables())
                .param("partitioned", ResultTableDefinitions.partitionedNames())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private static List<OldRun> oldRuns(String moment, JdbcClient jdbc, String dataset, Limits limits) {
        return jdbc.sql(OLD_RUNS.formatted(moment))
                .param("dataset", dataset)
                .param("runs", limits.runs())
                .param("maxAgeSeconds", limits.maxAge().map(OldRuns::seconds).orElse(null), Types.DOUBLE)
                .param("graceSeconds", seconds(limits.grace()))
                .param("tables", Retention.removableTables())
                .query((row, number) -> new OldRun(
                        row.getLong(1),
                        Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list();
    }

    /** Returns the seconds, but no more than PostgreSQL can subtract from a moment. */
    static double seconds(Duration duration) {
        return Math.min(duration.toSeconds(), HUNDRED_YEARS);
    }
}
