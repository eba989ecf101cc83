package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.retention.Retention.History;
import dev.crowdlab.retention.Retention.Left;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes the history that grows with the data from runs that have lost their large tables: annotator_stats and
 * label_change. A published run keeps it until it reaches an age; a refused run, which was never visible, loses it at
 * once.
 */
public final class OldHistory {

    private static final List<ResultTableDefinition> TABLES = ResultTableDefinitions.kept(Kept.AS_HISTORY);

    /** A transaction takes runs until it reaches either limit. */
    private static final long BATCH_ROWS = 1_000_000;

    private static final int BATCH_RUNS = 1_000;

    private static final String LOCKED = "another session has locked one of " + String.join(", ", tables());

    private static final String OLD = """
            select o.run_id
            from (
                select r.run_id, sum(h.row_count) over (
                    order by r.run_id rows between unbounded preceding and 1 preceding) as rows_before
                from crowdlab.run r
                cross join lateral (
                    select sum(t.row_count) as row_count
                    from crowdlab.run_table t
                    where t.run_id = r.run_id and t.removed_at is null and t.table_name = any(:history)) h
                where r.dataset = :dataset and h.row_count is not null
                    and (r.status = 'REFUSED' or r.status = 'PUBLISHED'
                        and r.finished_at < now() - make_interval(secs => cast(:ageSeconds as double precision)))
                    and not exists (select from crowdlab.published_run p where p.run_id = r.run_id)
                    and not exists (
                        select from crowdlab.run_table t
                        where t.run_id = r.run_id and t.removed_at is null and t.table_name = any(:large))) o
            where coalesce(o.rows_before, 0) < :batchRows
            order by o.run_id
            limit :batchRuns""";

    private final RetentionSession session;

    OldHistory(RetentionSession session) {
        this.session = session;
    }

    /** Names of the tables that hold this history. */
    public static String[] tables() {
        return TABLES.stream().map(ResultTableDefinition::name).toArray(String[]::new);
    }

    /**
     * Removes the history of a dataset, several runs per transaction.
     *
     * @param age history of published runs that were closed longer ago than this is removed; empty: all of it is kept
     * @param left receives the runs whose history could not be removed because a table was locked
     */
    History remove(String dataset, Optional<Duration> age, List<Left> left) {
        long runCount = 0;
        long rowCount = 0;
        List<Long> runIds = old(dataset, age);
        while (!runIds.isEmpty()) {
            List<Long> batch = runIds;
            try {
                rowCount += session.transaction().execute(status -> remove(session.jdbc(), batch));
            } catch (DataAccessException e) {
                if (!PartitionDetacher.isLocked(e)) {
                    throw e;
                }
                batch.forEach(runId -> left.add(new Left(runId, LOCKED, Optional.empty())));
                return new History(runCount, rowCount);
            }
            runCount += batch.size();
            runIds = old(dataset, age);
        }
        return new History(runCount, rowCount);
    }

    private List<Long> old(String dataset, Optional<Duration> age) {
        return session.jdbc()
                .sql(OLD)
                .param("dataset", dataset)
                .param("ageSeconds", age.map(OldRuns::seconds).orElse(null), Types.DOUBLE)
                .param("history", tables())
                .param("large", Retention.removableTables())
                .param("batchRows", BATCH_ROWS)
                .param("batchRuns", BATCH_RUNS)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Marks the tables as removed before deleting: the triggers only allow rows of marked tables to be deleted. */
    private static long remove(JdbcClient jdbc, List<Long> runIds) {
        Long[] ids = runIds.toArray(Long[]::new);
        long rowCount = jdbc.sql("""
                        with removed as (
                            update crowdlab.run_table set removed_at = now()
                            where run_id = any(?) and removed_at is null and table_name = any(?)
                            returning row_count)
                        select coalesce(sum(row_count), 0) from removed""")
                .params(ids, tables())
                .query((row, number) -> row.getLong(1))
                .single();
        for (ResultTableDefinition table : TABLES) {
            jdbc.sql("delete from crowdlab." + table.name() + " where run_id = any(?)")
                    .param((Object) ids)
                    .update();
        }
        PurgeLog.add(jdbc, "history of old runs", runIds, rowCount);
        return rowCount;
    }
}
