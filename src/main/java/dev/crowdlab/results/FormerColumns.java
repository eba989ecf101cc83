package dev.crowdlab.results;

import java.util.List;
import java.util.Map;

/**
 * The columns that digests covered before runs recorded them in {@code run_table.columns}. This list never changes, even if
 * tables gain columns.
 */
public final class FormerColumns {

    private static final Map<String, String> BY_TABLE = Map.of(
            "label_quality",
            "example_id consensus_label consensus_quality_score annotator_agreement num_annotations tie_break",
            "alternative_consensus",
            "consensus_method example_id consensus_label consensus_quality_score annotator_agreement",
            "detailed_label_quality",
            "example_id annotator_id label quality_score",
            "active_learning_score",
            "example_id score num_annotations",
            "annotator_stats",
            "annotator_id annotator_quality quality_reason agreement_with_consensus worst_class num_examples_labeled"
                    + " annotator_weight agreement_with_annotators agreement_imputed",
            "annotator_confusion",
            "annotator_id consensus_label given_label num_annotations",
            "label_change",
            "example_id previous_label consensus_label previous_score consensus_quality_score",
            "run_model",
            "model model_weight temperature",
            "rejected_row",
            "row_number source example_id annotator_id model label reason detail",
            "run_check",
            "code severity message observed threshold");

    private FormerColumns() {}

    /** Returns the columns of a table in the order of its digest; empty for a table that was added later. */
    public static List<String> of(String table) {
        String names = BY_TABLE.get(table);
        return names == null ? List.of() : List.of(names.split(" "));
    }
}
