package dev.crowdlab.publish;

import dev.crowdlab.publish.ResultTable.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the large tables of old runs: partitions are detached without disturbing readers, then dropped. A reader in the
 * way leaves them for the next time. The history (run, annotator_stats, label_change, findings) stays for ever.
 */
public final class Retention {

    /** Tables of which only the rows of kept runs stay, and which are small enough to delete from. */
    private static final List<TableShape> TRIMMED = List.of(Tables.ANNOTATOR_CONFUSION, Tables.REJECTED_ROW);

    private static final String EXPIRED = """
            with history as (
                select r.run_id, r.status, r.as_of, r.finished_at,
                    row_number() over (partition by r.status order by r.finished_at desc, r.run_id desc) as age,
                    p.run_id as current_run_id, p.published_at
                from crowdlab.run r
                left join crowdlab.published_run p on p.dataset = r.dataset
                where r.dataset = :dataset and r.status in ('PUBLISHED', 'REFUSED'))
            select h.run_id
            from history h
            where h.run_id is distinct from h.current_run_id
                and (h.status = 'PUBLISHED' and h.age > :runs
                        -- a run is current no longer than until the current one was published, or one of a moment not older
                        and least(h.published_at, (
                            select min(n.finished_at)
                            from history n
                            where n.status = 'PUBLISHED' and n.as_of >= h.as_of
                                and (n.finished_at, n.run_id) > (h.finished_at, h.run_id)))
                            < now() - make_interval(secs => :graceSeconds)
                    or h.status = 'REFUSED' and h.age > 1)
                and exists (
                    select from crowdlab.run_table t where t.run_id = h.run_id and t.removed_at is null
                        and t.table_name = any(:tables))
            order by h.run_id""";

    private final DataSource sessions;

    /** The sessions are those of the run that has just published. */
    public Retention(DataSource sessions) {
        this.sessions = sessions;
    }

    /**
     * Removes what is beyond the limits.
     *
     * @param runs how many published runs of the dataset to keep
     * @param grace a run that was current less than this ago is kept
     * @return the runs whose tables were removed
     */
    public List<Long> apply(String dataset, int runs, Duration grace) throws SQLException {
        SingleConnectionDataSource session = new SingleConnectionDataSource(sessions.getConnection(), true);
        try {
            JdbcClient jdbc = JdbcClient.create(session);
            // PostgreSQL allows one DETACH CONCURRENTLY of a table at a time, and one taken for left behind would be
            // finalized
            jdbc.sql("set lock_timeout = '15s'").update();
            jdbc.sql("select pg_advisory_lock(hashtextextended('crowdlab-etl retention', 0))")
                    .query()
                    .singleRow();
            jdbc.sql("set lock_timeout = '5s'").update();
            List<Long> expired = jdbc.sql(EXPIRED)
                    .param("dataset", dataset)
                    .param("runs", runs)
                    .param("graceSeconds", (double) grace.toSeconds())
                    .param("tables", removableTables())
                    .query((row, number) -> row.getLong(1))
                    .list();
            TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(session));
            for (Long runId : expired) {
                detach(jdbc, runId);
                transaction.executeWithoutResult(status -> remove(jdbc, runId));
            }
            return expired;
        } finally {
            session.destroy();
        }
    }

    static String[] removableTables() {
        return Stream.concat(Tables.PARTITIONED.stream(), TRIMMED.stream())
                .map(TableShape::name)
                .toArray(String[]::new);
    }

    /**
     * Each statement is a transaction of its own, as DETACH CONCURRENTLY demands. One that was interrupted, by whatever run,
     * leaves its partition pending and must be finished first.
     */
    private static void detach(JdbcClient jdbc, long runId) {
        for (TableShape table : Tables.PARTITIONED) {
            String alter = "alter table crowdlab." + table.name() + " detach partition ";
            for (String pending : partitions(jdbc, table, "i.inhdetachpending")) {
                jdbc.sql(alter + pending + " finalize").update();
            }
            if (partitions(jdbc, table, "true").contains("crowdlab." + table.partition(runId))) {
                jdbc.sql(alter + table.target(runId) + " concurrently").update();
            }
        }
    }

    private static List<String> partitions(JdbcClient jdbc, TableShape table, String condition) {
        return jdbc.sql("""
                        select format('%%I.%%I', n.nspname, c.relname)
                        from pg_inherits i
                        join pg_class c on c.oid = i.inhrelid
                        join pg_namespace n on n.oid = c.relnamespace
                        where i.inhparent = to_regclass(?) and %s
                        order by 1""".formatted(condition))
                .param("crowdlab." + table.name())
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static void remove(JdbcClient jdbc, long runId) {
        for (TableShape table : Tables.PARTITIONED) {
            jdbc.sql("drop table if exists " + table.target(runId)).update();
        }
        for (TableShape table : TRIMMED) {
            jdbc.sql("delete from crowdlab." + table.name() + " where run_id = ?")
                    .param(runId)
                    .update();
        }
        long rows = jdbc.sql("""
                        with removed as (
                            update crowdlab.run_table set removed_at = now()
                            where run_id = ? and removed_at is null and table_name = any(?)
                            returning row_count)
                        select coalesce(sum(row_count), 0) from removed""")
                .params(runId, removableTables())
                .query((row, number) -> row.getLong(1))
                .single();
        jdbc.sql("insert into crowdlab.purge_log (what, run_ids, rows) values ('tables of an old run', ?, ?)")
                .params(new Long[] {runId}, rows)
                .update();
    }
}
