package dev.crowdlab.job;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Spring Batch recorded of a dataset's runs, held against the runs themselves. */
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

    /** The executions in the database that the sessions lead to. */
    public BatchMetadataRepair(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
    }

    /**
     * An execution whose state is not that of its run.
     *
     * @param executionId its number
     * @param endedWell whether the run was closed, and not as FAILED; false too where it was never recorded
     */
    public record Disagreement(long executionId, boolean endedWell) {}

    /**
     * Executions of the dataset that have not ended although nobody is running it, and those that ended badly although
     * their run was closed well. To be called by whoever holds the dataset's lock.
     */
    public List<Disagreement> disagreeing(String dataset) {
        return jdbc.sql(DISAGREEING)
                .param(dataset)
                .query((row, number) -> new Disagreement(row.getLong(1), row.getBoolean(2)))
                .list();
    }
}
