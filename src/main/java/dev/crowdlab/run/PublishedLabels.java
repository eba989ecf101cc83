package dev.crowdlab.run;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which labels the annotations of the published run have, as far as its tables still say so.
 *
 * @param runId its number
 * @param accepted how many annotations were analyzed, by class; empty if the rows are gone
 * @param unknown how many rejected rows of unknown labels are kept, by label
 * @param unknownCount how many rows of unknown labels it rejected, kept or not
 */
public record PublishedLabels(long runId, Map<String, Long> accepted, Map<String, Long> unknown, long unknownCount) {

    /** Maps are copied. */
    public PublishedLabels {
        accepted = Map.copyOf(accepted);
        unknown = Map.copyOf(unknown);
    }

    /** Reads them from the tables of a run. */
    public static PublishedLabels read(JdbcClient jdbc, long runId) {
        return new PublishedLabels(
                runId,
                counts(
                        jdbc,
                        "select given_label, sum(num_annotations)::bigint from crowdlab.annotator_confusion"
                                + " where run_id = ? group by given_label",
                        runId),
                counts(
                        jdbc,
                        "select label, count(*) from crowdlab.rejected_row where run_id = ?"
                                + " and source = 'annotation' and reason = 'UNKNOWN_LABEL' and label is not null group by label",
                        runId),
                jdbc.sql("select coalesce(sum(num_rows), 0)::bigint from crowdlab.rejected_count where run_id = ?"
                                + " and source = 'annotation' and reason = 'UNKNOWN_LABEL'")
                        .param(runId)
                        .query(Long.class)
                        .single());
    }

    private static Map<String, Long> counts(JdbcClient jdbc, String select, long runId) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql(select).param(runId).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /**
     * Whether a label was certainly not rejected as often in that run: it is not among the rows that are kept, and those
     * that are not kept are fewer than the rows that have it now.
     */
    public boolean lacksUnknown(String label, long count) {
        long kept = unknown.values().stream().mapToLong(Long::longValue).sum();
        return !unknown.containsKey(label) && count > unknownCount - kept;
    }
}
