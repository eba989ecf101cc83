package dev.crowdlab.run;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The models of the published run.
 *
 * @param runId its number
 * @param coverages which share of the labeled examples each has predicted, by name in code-point order; empty where the
 *     run did not record it
 */
public record PublishedModels(long runId, Map<String, Optional<Double>> coverages) {

    /** Reads them; empty if the run had no example, so that it recorded no model. */
    public static Optional<PublishedModels> read(JdbcClient jdbc, long runId) {
        long examples = jdbc.sql("select coalesce(num_examples, 0) from crowdlab.run where run_id = ?")
                .param(runId)
                .query(Long.class)
                .single();
        if (examples == 0) {
            return Optional.empty();
        }
        Map<String, Optional<Double>> coverages = new TreeMap<>();
        jdbc.sql("select model, coverage from crowdlab.run_model where run_id = ?")
                .param(runId)
                .query(row -> {
                    coverages.put(row.getString(1), Optional.ofNullable(row.getObject(2, Double.class)));
                });
        return Optional.of(new PublishedModels(runId, coverages));
    }
}
