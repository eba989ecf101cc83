package dev.crowdlab.results;

import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.Map;

/**
 * The columns and checks of the tables that a run creates for itself, identical to those of the tables they will be
 * attached to. They are spelled out here rather than copied with LIKE, because that would also copy anything that
 * members of the nightly role have added, which would then run when the new table is filled. Attaching fails if the two
 * differ.
 */
public final class PartitionBodies {

    private static final Map<String, String> BODIES = Map.of(
            ResultTableDefinitions.LABEL_QUALITY.name(),
            """
            run_id                  bigint                      not null,
            example_id              text collate pg_catalog."C" not null,
            consensus_label         text collate pg_catalog."C" not null,
            consensus_quality_score double precision            not null,
            annotator_agreement     double precision            not null,
            num_annotations         integer                     not null,
            tie_break               text collate pg_catalog."C" not null,
            model_label             text collate pg_catalog."C",
            model_probability       double precision,
            label_source            text collate pg_catalog."C",
            posterior_median        text collate pg_catalog."C",
            constraint label_quality_consensus_quality_score_check check (consensus_quality_score between 0 and 1),
            constraint label_quality_annotator_agreement_check check (annotator_agreement between 0 and 1),
            constraint label_quality_num_annotations_check check (num_annotations > 0),
            constraint label_quality_tie_break_check check (tie_break in
                ('none', 'votes', 'model', 'class_frequency', 'annotator_accuracy', 'class_order')),
            constraint label_quality_model_probability_check check (model_probability between 0 and 1),
            constraint label_quality_label_source_check check (label_source in ('HUMANS', 'MIXED', 'MACHINES'))""",
            ResultTableDefinitions.ALTERNATIVE_CONSENSUS.name(),
            """
            run_id                  bigint                      not null,
            consensus_method        text collate pg_catalog."C" not null,
            example_id              text collate pg_catalog."C" not null,
            consensus_label         text collate pg_catalog."C" not null,
            consensus_quality_score double precision            not null,
            annotator_agreement     double precision            not null,
            constraint alternative_consensus_consensus_quality_score_check check (consensus_quality_score between 0 and 1),
            constraint alternative_consensus_annotator_agreement_check check (annotator_agreement between 0 and 1)""",
            ResultTableDefinitions.DETAILED_LABEL_QUALITY.name(),
            """
            run_id        bigint                      not null,
            example_id    text collate pg_catalog."C" not null,
            annotator_id  text collate pg_catalog."C" not null,
            label         text collate pg_catalog."C" not null,
            quality_score double precision            not null,
            annotated_at  timestamptz,
            constraint detailed_label_quality_quality_score_check check (quality_score between 0 and 1)""",
            ResultTableDefinitions.ACTIVE_LEARNING_SCORE.name(),
            """
            run_id          bigint                      not null,
            example_id      text collate pg_catalog."C" not null,
            score           double precision            not null,
            num_annotations integer                     not null,
            constraint active_learning_score_score_check check (score between 0 and 1),
            constraint active_learning_score_num_annotations_check check (num_annotations >= 0)""",
            ResultTableDefinitions.LABEL_POSTERIOR.name(),
            """
            run_id     bigint                      not null,
            example_id text collate pg_catalog."C" not null,
            posterior  double precision[]          not null,
            constraint label_posterior_posterior_check check (cardinality(posterior) > 1
                and array_position(posterior, null) is null and 0 <= all (posterior) and 1 >= all (posterior))""",
            ResultTableDefinitions.SOFT_LABEL.name(),
            """
            run_id      bigint                      not null,
            example_id  text collate pg_catalog."C" not null,
            class       text collate pg_catalog."C" not null,
            probability double precision            not null,
            constraint soft_label_probability_check check (probability between 0 and 1)""",
            ResultTableDefinitions.LABEL_STATE.name(),
            """
            run_id      bigint                      not null,
            example_id  text collate pg_catalog."C" not null,
            state       text collate pg_catalog."C" not null,
            since       timestamp with time zone    not null,
            probability double precision,
            constraint label_state_state_check check (state in ('done', 'ask', 'expert')),
            constraint label_state_probability_check check (probability between 0 and 1)""");

    private PartitionBodies() {}

    /** Returns the statement that creates the stand-alone table of a run, without its key. */
    static String create(ResultTableDefinition table, long runId) {
        return "create table " + table.target(runId) + " (" + of(table) + ", check (run_id = " + runId + "))";
    }

    /** Returns the text between the parentheses of CREATE TABLE. */
    public static String of(ResultTableDefinition table) {
        String body = BODIES.get(table.name());
        if (body == null) {
            throw new IllegalArgumentException(table.name() + " has no partitions");
        }
        return body;
    }
}
