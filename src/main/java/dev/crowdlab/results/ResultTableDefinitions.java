package dev.crowdlab.results;

import dev.crowdlab.results.ResultTable.ResultTableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The result tables, named as in the migrations. */
public final class ResultTableDefinitions {

    public static final ResultTableDefinition LABEL_QUALITY = new ResultTableDefinition(
            "label_quality",
            List.of(
                    "run_id",
                    "example_id",
                    "consensus_label",
                    "consensus_quality_score",
                    "annotator_agreement",
                    "num_annotations",
                    "tie_break"),
            List.of("run_id", "example_id"),
            true);

    public static final ResultTableDefinition ALTERNATIVE_CONSENSUS = new ResultTableDefinition(
            "alternative_consensus",
            List.of(
                    "run_id",
                    "consensus_method",
                    "example_id",
                    "consensus_label",
                    "consensus_quality_score",
                    "annotator_agreement"),
            List.of("run_id", "consensus_method", "example_id"),
            true);

    public static final ResultTableDefinition DETAILED_LABEL_QUALITY = new ResultTableDefinition(
            "detailed_label_quality",
            List.of("run_id", "example_id", "annotator_id", "label", "quality_score"),
            List.of("run_id", "example_id", "annotator_id"),
            true);

    public static final ResultTableDefinition ACTIVE_LEARNING_SCORE = new ResultTableDefinition(
            "active_learning_score",
            List.of("run_id", "example_id", "score", "num_annotations"),
            List.of("run_id", "example_id"),
            true);

    public static final ResultTableDefinition ANNOTATOR_STATS = new ResultTableDefinition(
            "annotator_stats",
            List.of(
                    "run_id",
                    "annotator_id",
                    "annotator_quality",
                    "quality_reason",
                    "agreement_with_consensus",
                    "worst_class",
                    "num_examples_labeled",
                    "annotator_weight",
                    "agreement_with_annotators",
                    "agreement_imputed"),
            List.of("run_id", "annotator_id"),
            false);

    public static final ResultTableDefinition ANNOTATOR_CONFUSION = new ResultTableDefinition(
            "annotator_confusion",
            List.of("run_id", "annotator_id", "consensus_label", "given_label", "num_annotations"),
            List.of("run_id", "annotator_id", "consensus_label", "given_label"),
            false);

    public static final ResultTableDefinition LABEL_CHANGE = new ResultTableDefinition(
            "label_change",
            List.of(
                    "run_id",
                    "example_id",
                    "previous_label",
                    "consensus_label",
                    "previous_score",
                    "consensus_quality_score"),
            List.of("run_id", "example_id"),
            false);

    public static final ResultTableDefinition RUN_MODEL = new ResultTableDefinition(
            "run_model", List.of("run_id", "model", "model_weight", "temperature"), List.of("run_id", "model"), false);

    public static final ResultTableDefinition REJECTED_ROW = new ResultTableDefinition(
            "rejected_row",
            List.of(
                    "run_id",
                    "row_number",
                    "source",
                    "example_id",
                    "annotator_id",
                    "model",
                    "label",
                    "reason",
                    "detail"),
            List.of("run_id", "row_number"),
            false);

    public static final ResultTableDefinition REJECTED_COUNT = new ResultTableDefinition(
            "rejected_count",
            List.of("run_id", "source", "reason", "num_rows"),
            List.of("run_id", "source", "reason"),
            false);

    public static final ResultTableDefinition RUN_CHECK = new ResultTableDefinition(
            "run_check",
            List.of("run_id", "code", "severity", "message", "observed", "threshold"),
            List.of("run_id", "code"),
            false);

    /** The tables with one partition per run, in the fixed order of attaching, so that two publishers never deadlock. */
    public static final List<ResultTableDefinition> PARTITIONED =
            List.of(LABEL_QUALITY, ALTERNATIVE_CONSENSUS, DETAILED_LABEL_QUALITY, ACTIVE_LEARNING_SCORE);

    /** The tables that all runs share. */
    public static final List<ResultTableDefinition> SHARED = List.of(
            ANNOTATOR_STATS, ANNOTATOR_CONFUSION, LABEL_CHANGE, RUN_MODEL, REJECTED_ROW, REJECTED_COUNT, RUN_CHECK);

    private ResultTableDefinitions() {}

    /** The names of the tables with one partition per run. */
    public static String[] partitionedNames() {
        return PARTITIONED.stream().map(ResultTableDefinition::name).toArray(String[]::new);
    }

    /** Finds the table with that name. */
    public static Optional<ResultTableDefinition> named(String name) {
        return Stream.concat(PARTITIONED.stream(), SHARED.stream())
                .filter(table -> table.name().equals(name))
                .findFirst();
    }
}
