package dev.crowdlab.job;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares what Spring Batch recorded about a dataset's runs with the runs themselves. */
public final class BatchMetadataRepair {

    private static final String DISAGREEING = """
            select e.job_execution_id, coalesce(r.status in ('PUBLISHED', 'SKIPPED', 'REFUSED'), false) as ended_well
            from crowdlab.batch_job_execution e
            join crowdlab.batch_job_execution_params d
                on d.job_execution_id = e.job_execution_id and d.parameter_name = 'dataset'
            join crowdlab.batch_job_execution_params n
                on n.job_execution_id = e.job_execution_id and n.parameter_name = 'run'
            left join crowdlab.run r on r.run_id = n.parameter_value::bigint
            where d.parameter_value = ?
                and (e.end_time is null or e.status in ('STARTING', 'STARTED', 'STOPPING')
                    or r.status in ('PUBLISHED', 'SKIPPED', 'REFUSED') and e.status not in ('COMPLETED', 'ABANDONED'))
            order by e.job_execution_id""";

    private final JdbcClient jdbc;

    public BatchMetadataRepair(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * An execution whose state contradicts its run.
     *
     * @param executionId its number
     * @param endedWell whether the run was closed with a status other than FAILED; false if it was never recorded
     */
    public record Disagreement(long executionId, boolean endedWell) {}

    /**
     * Returns the executions of the dataset that have not ended although nobody is running it, and those that ended
     * badly although their run was closed well. The caller must hold the dataset's lock.
     */
    public List<Disagreement> disagreeing(String dataset) {
        return jdbc.sql(DISAGREEING)
                .param(dataset)
                .query((row, number) -> new Disagreement(row.getLong(1), row.getBoolean(2)))
                .list();
    }
}
