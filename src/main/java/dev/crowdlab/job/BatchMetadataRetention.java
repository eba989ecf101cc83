package dev.crowdlab.job;

import dev.crowdlab.retention.PurgeLog;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.retention.RetentionSession;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes Spring Batch's rows about past runs. An auditor does not need them, because everything important is recorded
 * in the runs themselves. Rows of a run that still has its large tables stay, and so does everything that has not
 * ended.
 */
public final class BatchMetadataRetention {

    /** Executions that are removed in one transaction. */
    private static final int BATCH = 1_000;

    private static final String OLD = """
            select e.job_execution_id, e.job_instance_id, n.parameter_value::bigint as run_id
            from crowdlab.batch_job_execution e
            join crowdlab.batch_job_instance i on i.job_instance_id = e.job_instance_id
            join crowdlab.batch_job_execution_params n
                on n.job_execution_id = e.job_execution_id and n.parameter_name = 'run'
            join crowdlab.batch_job_execution_params d
                on d.job_execution_id = e.job_execution_id and d.parameter_name = 'dataset'
            where i.job_name = :jobName and e.end_time < :before
                and e.status not in ('STARTING', 'STARTED', 'STOPPING')
                and (cardinality(:datasets) = 0 or d.parameter_value = any(:datasets))
                and not exists (
                    select from crowdlab.run r
                    where r.run_id = n.parameter_value::bigint
                        and (r.status = 'RUNNING' or exists (
                            select from crowdlab.run_table t
                            where t.run_id = r.run_id and t.removed_at is null and t.table_name = any(:tables))))
            order by e.job_execution_id
            limit :batch""";

    private static final String OF_DATASET = """
            select p.job_execution_id
            from crowdlab.batch_job_execution_params p
            where p.parameter_name = 'dataset' and p.parameter_value = ?""";

    private static final String INSTANCES =
            "select distinct job_instance_id from crowdlab.batch_job_execution where job_execution_id = any(?)";

    /** In the order that the foreign keys require. */
    private static final List<String> OF_EXECUTIONS = List.of(
            """
            delete from crowdlab.batch_step_execution_context c
            using crowdlab.batch_step_execution s
            where s.step_execution_id = c.step_execution_id and s.job_execution_id = any(?)""",
            "delete from crowdlab.batch_step_execution where job_execution_id = any(?)",
            "delete from crowdlab.batch_job_execution_context where job_execution_id = any(?)",
            "delete from crowdlab.batch_job_execution_params where job_execution_id = any(?)",
            "delete from crowdlab.batch_job_execution where job_execution_id = any(?)");

    private static final String OF_INSTANCES = """
            delete from crowdlab.batch_job_instance i
            where i.job_instance_id = any(?) and not exists (
                select from crowdlab.batch_job_execution e where e.job_instance_id = i.job_instance_id)""";

    private final DataSource dataSource;
    private final String jobName;

    /** Creates the retention for the job of this name. */
    public BatchMetadataRetention(DataSource dataSource, String jobName) {
        this.dataSource = dataSource;
        this.jobName = jobName;
    }

    /** How many executions were removed, and how many rows they had in all of Spring Batch's tables. */
    public record Trimmed(long executionCount, long rowCount) {}

    private record Execution(long executionId, long instanceId, long runId) {}

    /**
     * Removes the executions that ended before a given time.
     *
     * @param before the time, in the local time of this machine, as Spring Batch records it
     * @param datasets the datasets whose executions are removed; empty: all
     * @throws RetentionInUseException if another session is removing old results
     */
    public Trimmed trim(LocalDateTime before, Set<String> datasets) throws SQLException {
        long executionCount = 0;
        long rowCount = 0;
        try (RetentionSession session = RetentionSession.open(dataSource)) {
            List<Execution> old = old(session.jdbc(), before, datasets);
            while (!old.isEmpty()) {
                List<Execution> batch = old;
                rowCount += session.transaction().execute(status -> remove(session.jdbc(), batch));
                executionCount += batch.size();
                old = old(session.jdbc(), before, datasets);
            }
        }
        return new Trimmed(executionCount, rowCount);
    }

    /**
     * Removes everything about a dataset, in the current transaction.
     *
     * @return how many rows were removed from all of Spring Batch's tables
     */
    static long removeAll(JdbcClient jdbc, String dataset) {
        Long[] executionIds =
                jdbc.sql(OF_DATASET).param(dataset).query(Long.class).list().toArray(Long[]::new);
        Long[] instanceIds = jdbc.sql(INSTANCES)
                .param((Object) executionIds)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
        return remove(jdbc, executionIds, instanceIds);
    }

    private List<Execution> old(JdbcClient jdbc, LocalDateTime before, Collection<String> datasets) {
        return jdbc.sql(OLD)
                .param("jobName", jobName)
                .param("before", before)
                .param("datasets", datasets.toArray(String[]::new))
                .param("tables", Retention.removableTables())
                .param("batch", BATCH)
                .query((row, number) -> new Execution(row.getLong(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    private static long remove(JdbcClient jdbc, List<Execution> batch) {
        Long[] executionIds = batch.stream().map(Execution::executionId).toArray(Long[]::new);
        Long[] instanceIds =
                batch.stream().map(Execution::instanceId).distinct().toArray(Long[]::new);
        long rowCount = remove(jdbc, executionIds, instanceIds);
        PurgeLog.add(
                jdbc,
                "Spring Batch metadata",
                batch.stream().map(Execution::runId).distinct().toList(),
                rowCount);
        return rowCount;
    }

    private static long remove(JdbcClient jdbc, Long[] executionIds, Long[] instanceIds) {
        long rowCount = 0;
        for (String statement : OF_EXECUTIONS) {
            rowCount += jdbc.sql(statement).param((Object) executionIds).update();
        }
        return rowCount + jdbc.sql(OF_INSTANCES).param((Object) instanceIds).update();
    }
}
