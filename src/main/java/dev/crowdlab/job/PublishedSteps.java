package dev.crowdlab.job;

import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the steps of published runs have moved. */
public final class PublishedSteps {

    private static final String ROW_COUNTS = """
            select s.step_name, s.write_count
            from crowdlab.published_run p
            join crowdlab.run r using (run_id)
            join crowdlab.batch_step_execution s on s.job_execution_id = r.job_execution_id
            where p.dataset = :dataset and s.write_count > 0""";

    private PublishedSteps() {}

    /**
     * The rows that each step of a dataset's published run moved, by step; empty if nothing is published, or if
     * retention has removed the record of its steps.
     */
    public static Map<String, Long> rowCounts(DataSource dataSource, String dataset) {
        Map<String, Long> counts = new HashMap<>();
        JdbcClient.create(dataSource).sql(ROW_COUNTS).param("dataset", dataset).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }
}
