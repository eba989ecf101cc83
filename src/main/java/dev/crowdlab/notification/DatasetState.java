package dev.crowdlab.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a dataset after a call.
 *
 * @param dataset its name
 * @param publishedAt when the published result was published; null: there is none
 * @param newestAnnotation in the published result; null: unknown
 * @param rejectedRows of the last run, by source and reason, such as {@code annotation NULL_LABEL}
 * @param agreement the statistics of agreement of the published result that could be computed, such as
 *     krippendorff_alpha, by name
 * @param driftingAnnotators of the published result, who agree less with the consensus in their last period than chance
 *     explains
 * @param findings the severities of what the last run warned about or failed with, by code
 */
public record DatasetState(
        String dataset,
        @Nullable Instant publishedAt,
        @Nullable Instant newestAnnotation,
        Map<String, Long> rejectedRows,
        Map<String, Double> agreement,
        List<String> driftingAnnotators,
        Map<String, String> findings) {

    public DatasetState {
        rejectedRows = Map.copyOf(rejectedRows);
        agreement = Map.copyOf(agreement);
        driftingAnnotators = List.copyOf(driftingAnnotators);
        findings = Map.copyOf(findings);
    }
}
