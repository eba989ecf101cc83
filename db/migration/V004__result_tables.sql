-- Purpose: the result tables. The four large ones are partitioned by run: a run fills a stand-alone table of its own and attaches
--          it when it publishes. They carry no foreign keys, because each ATTACH would lock the referenced table, and no default
--          partition, because DETACH CONCURRENTLY refuses one. label_change, annotator_confusion and rejected_row carry no foreign
--          keys either: checked row by row they double the time of a COPY; triggers of V005 check once per statement.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.label_quality (
    run_id                  bigint                      not null,
    example_id              text collate pg_catalog."C" not null,
    consensus_label         text collate pg_catalog."C" not null,
    consensus_quality_score double precision            not null,
    annotator_agreement     double precision            not null,
    num_annotations         integer                     not null,
    tie_break               text collate pg_catalog."C" not null,
    constraint label_quality_pkey primary key (run_id, example_id),
    constraint label_quality_consensus_quality_score_check check (consensus_quality_score between 0 and 1),
    constraint label_quality_annotator_agreement_check check (annotator_agreement between 0 and 1),
    constraint label_quality_num_annotations_check check (num_annotations > 0),
    constraint label_quality_tie_break_check check (tie_break in
        ('none', 'votes', 'model', 'class_frequency', 'annotator_accuracy', 'class_order'))
) partition by list (run_id);

comment on table crowdlab.label_quality is 'One row per run and labeled example: its consensus label, and how well annotators and models support it. One partition per kept run.';
comment on column crowdlab.label_quality.run_id is 'The run.';
comment on column crowdlab.label_quality.example_id is 'The example.';
comment on column crowdlab.label_quality.consensus_label is 'The label that annotators and models together support best.';
comment on column crowdlab.label_quality.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and is not a probability.';
comment on column crowdlab.label_quality.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1.';
comment on column crowdlab.label_quality.num_annotations is 'Number of annotations of the example, at least 1.';
comment on column crowdlab.label_quality.tie_break is 'none where the consensus was clear, else the rule that decided: votes, model, class_frequency, annotator_accuracy or class_order.';

create table crowdlab.alternative_consensus (
    run_id                  bigint                      not null,
    consensus_method        text collate pg_catalog."C" not null,
    example_id              text collate pg_catalog."C" not null,
    consensus_label         text collate pg_catalog."C" not null,
    consensus_quality_score double precision            not null,
    annotator_agreement     double precision            not null,
    constraint alternative_consensus_pkey primary key (run_id, consensus_method, example_id),
    constraint alternative_consensus_consensus_quality_score_check check (consensus_quality_score between 0 and 1),
    constraint alternative_consensus_annotator_agreement_check check (annotator_agreement between 0 and 1)
) partition by list (run_id);

comment on table crowdlab.alternative_consensus is 'One row per run, consensus method other than the published one, and labeled example: the consensus label by that method. One partition per kept run.';
comment on column crowdlab.alternative_consensus.run_id is 'The run.';
comment on column crowdlab.alternative_consensus.consensus_method is 'The method: best_quality or majority_vote.';
comment on column crowdlab.alternative_consensus.example_id is 'The example.';
comment on column crowdlab.alternative_consensus.consensus_label is 'The consensus label by that method.';
comment on column crowdlab.alternative_consensus.consensus_quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and method and is not a probability.';
comment on column crowdlab.alternative_consensus.annotator_agreement is 'Share of the example''s annotations that equal that label, from 0 to 1.';

create table crowdlab.detailed_label_quality (
    run_id        bigint                      not null,
    example_id    text collate pg_catalog."C" not null,
    annotator_id  text collate pg_catalog."C" not null,
    label         text collate pg_catalog."C" not null,
    quality_score double precision            not null,
    constraint detailed_label_quality_pkey primary key (run_id, example_id, annotator_id),
    constraint detailed_label_quality_quality_score_check check (quality_score between 0 and 1)
) partition by list (run_id);

comment on table crowdlab.detailed_label_quality is 'One row per run and annotation analyzed: the label that one annotator gave to one example, and its quality score. One partition per kept run.';
comment on column crowdlab.detailed_label_quality.run_id is 'The run.';
comment on column crowdlab.detailed_label_quality.example_id is 'The example.';
comment on column crowdlab.detailed_label_quality.annotator_id is 'The annotator.';
comment on column crowdlab.detailed_label_quality.label is 'The label the annotator gave.';
comment on column crowdlab.detailed_label_quality.quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and is not a probability.';

create table crowdlab.active_learning_score (
    run_id          bigint                      not null,
    example_id      text collate pg_catalog."C" not null,
    score           double precision            not null,
    num_annotations integer                     not null,
    constraint active_learning_score_pkey primary key (run_id, example_id),
    constraint active_learning_score_score_check check (score between 0 and 1),
    constraint active_learning_score_num_annotations_check check (num_annotations >= 0)
) partition by list (run_id);

comment on table crowdlab.active_learning_score is 'One row per run and example with predictions, labeled or not: its ActiveLab score, the lowest to be labeled next. One partition per kept run.';
comment on column crowdlab.active_learning_score.run_id is 'The run.';
comment on column crowdlab.active_learning_score.example_id is 'The example.';
comment on column crowdlab.active_learning_score.score is 'ActiveLab score from 0 to 1; the lower, the more another label is worth. It ranks the examples of a run and is not a probability.';
comment on column crowdlab.active_learning_score.num_annotations is 'Number of annotations the example has; 0 where it is unlabeled.';

create table crowdlab.annotator_stats (
    run_id                    bigint                      not null,
    annotator_id              text collate pg_catalog."C" not null,
    annotator_quality         double precision,
    quality_reason            text collate pg_catalog."C",
    agreement_with_consensus  double precision            not null,
    worst_class               text collate pg_catalog."C" not null,
    num_examples_labeled      integer                     not null,
    annotator_weight          double precision,
    agreement_with_annotators double precision,
    agreement_imputed         boolean                     not null,
    constraint annotator_stats_pkey primary key (run_id, annotator_id),
    constraint annotator_stats_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint annotator_stats_annotator_quality_check check (annotator_quality between 0 and 1),
    constraint annotator_stats_quality_reason_check check (annotator_quality is not null or quality_reason is not null),
    constraint annotator_stats_agreement_with_consensus_check check (agreement_with_consensus between 0 and 1),
    constraint annotator_stats_num_examples_labeled_check check (num_examples_labeled > 0),
    constraint annotator_stats_annotator_weight_check check (annotator_weight >= 0 and annotator_weight < 'infinity'),
    constraint annotator_stats_agreement_with_annotators_check check (agreement_with_annotators between 0 and 1)
);

comment on table crowdlab.annotator_stats is 'One row per run and annotator: how well the annotator''s labels are supported. Kept forever, or as long as crowdlab.retention.history says; of a refused run as long as its partitions.';
comment on column crowdlab.annotator_stats.run_id is 'The run.';
comment on column crowdlab.annotator_stats.annotator_id is 'The annotator.';
comment on column crowdlab.annotator_stats.annotator_quality is 'How well the annotator''s labels are supported overall: a score from 0 to 1, higher is better. It ranks the annotators of a run and is not a probability; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab.annotator_stats.quality_reason is 'Why annotator_quality is NULL; NULL where it is known.';
comment on column crowdlab.annotator_stats.agreement_with_consensus is 'Share of the annotator''s labels that equal the consensus label, from 0 to 1.';
comment on column crowdlab.annotator_stats.worst_class is 'Among the classes the annotator used, the one whose labels equal the consensus label least often.';
comment on column crowdlab.annotator_stats.num_examples_labeled is 'Number of examples the annotator labeled, at least 1.';
comment on column crowdlab.annotator_stats.annotator_weight is 'Weight of the annotator''s labels in the consensus, 0 or more; NULL where no weights are used.';
comment on column crowdlab.annotator_stats.agreement_with_annotators is 'Share of the other annotators'' labels on the same examples that equal the annotator''s own, from 0 to 1; NULL where not defined.';
comment on column crowdlab.annotator_stats.agreement_imputed is 'True where the annotator shares no example with anyone, so that agreement_with_annotators is the mean over the others.';

create table crowdlab.annotator_confusion (
    run_id          bigint                      not null,
    annotator_id    text collate pg_catalog."C" not null,
    consensus_label text collate pg_catalog."C" not null,
    given_label     text collate pg_catalog."C" not null,
    num_annotations integer                     not null,
    constraint annotator_confusion_pkey primary key (run_id, annotator_id, consensus_label, given_label),
    constraint annotator_confusion_num_annotations_check check (num_annotations > 0)
);

comment on table crowdlab.annotator_confusion is 'One row per run, annotator, consensus label and label given, where it happened at least once: what the annotator takes for what. Kept as long as the run''s partitions.';
comment on column crowdlab.annotator_confusion.run_id is 'The run.';
comment on column crowdlab.annotator_confusion.annotator_id is 'The annotator.';
comment on column crowdlab.annotator_confusion.consensus_label is 'Consensus label of the examples.';
comment on column crowdlab.annotator_confusion.given_label is 'Label the annotator gave to them.';
comment on column crowdlab.annotator_confusion.num_annotations is 'Number of such annotations, at least 1.';

create table crowdlab.label_change (
    run_id                  bigint                      not null,
    example_id              text collate pg_catalog."C" not null,
    previous_label          text collate pg_catalog."C",
    consensus_label         text collate pg_catalog."C",
    previous_score          double precision,
    consensus_quality_score double precision,
    constraint label_change_pkey primary key (run_id, example_id),
    constraint label_change_label_check check (previous_label is distinct from consensus_label),
    constraint label_change_previous_score_check check (previous_score between 0 and 1),
    constraint label_change_consensus_quality_score_check check (consensus_quality_score between 0 and 1)
);

comment on table crowdlab.label_change is 'One row per run and example whose consensus label differs from that of the run published before; none for the first run of a dataset. Kept forever, or as long as crowdlab.retention.history says; of a refused run as long as its partitions.';
comment on column crowdlab.label_change.run_id is 'The run that brought the change.';
comment on column crowdlab.label_change.example_id is 'The example.';
comment on column crowdlab.label_change.previous_label is 'Consensus label in the run published before; NULL where the example is new.';
comment on column crowdlab.label_change.consensus_label is 'Consensus label in this run; NULL where the example has vanished.';
comment on column crowdlab.label_change.previous_score is 'consensus_quality_score in the run published before, a score from 0 to 1; NULL where the example is new.';
comment on column crowdlab.label_change.consensus_quality_score is 'consensus_quality_score in this run, a score from 0 to 1; NULL where the example has vanished.';

create table crowdlab.rejected_row (
    run_id       bigint                      not null,
    row_number   bigint                      not null,
    source       text collate pg_catalog."C" not null,
    example_id   text collate pg_catalog."C",
    annotator_id text collate pg_catalog."C",
    model        text collate pg_catalog."C",
    label        text collate pg_catalog."C",
    reason       text collate pg_catalog."C" not null,
    detail       text,
    constraint rejected_row_pkey primary key (run_id, row_number),
    constraint rejected_row_source_check check (source in ('annotation', 'prediction')),
    constraint rejected_row_reason_check check (reason in
        ('MISSING_ID', 'TOO_LONG', 'MISSING_LABEL', 'UNKNOWN_LABEL', 'BAD_PROBABILITY', 'DUPLICATE_PREDICTION',
         'INCOMPLETE_PREDICTION', 'PROBABILITY_SUM', 'CONFLICTING_ANNOTATION', 'SUPERSEDED_ANNOTATION', 'NO_PREDICTION'))
);

comment on table crowdlab.rejected_row is 'One row per run and input row that could not be used, with the reason: of each source and reason the first crowdlab.retention.rejected-rows by content. Kept as long as the run''s partitions; rejected_count has the complete numbers.';
comment on column crowdlab.rejected_row.run_id is 'The run.';
comment on column crowdlab.rejected_row.row_number is 'Number of the row among the refused ones, by content, so that equal input gives equal numbers.';
comment on column crowdlab.rejected_row.source is 'Where the row came from: annotation or prediction.';
comment on column crowdlab.rejected_row.example_id is 'The example as read; NULL where it was missing.';
comment on column crowdlab.rejected_row.annotator_id is 'The annotator as read; NULL where it was missing or the row is a prediction.';
comment on column crowdlab.rejected_row.model is 'The model as read; NULL where the row is an annotation.';
comment on column crowdlab.rejected_row.label is 'The label as read; NULL where there was none.';
comment on column crowdlab.rejected_row.reason is 'Code of the first rule the row broke: MISSING_ID, TOO_LONG, MISSING_LABEL, UNKNOWN_LABEL, BAD_PROBABILITY, DUPLICATE_PREDICTION, INCOMPLETE_PREDICTION, PROBABILITY_SUM, CONFLICTING_ANNOTATION, SUPERSEDED_ANNOTATION or NO_PREDICTION.';
comment on column crowdlab.rejected_row.detail is 'The offending value and the bound it broke, in words.';

create table crowdlab.rejected_count (
    run_id   bigint                      not null,
    source   text collate pg_catalog."C" not null,
    reason   text collate pg_catalog."C" not null,
    num_rows bigint                      not null,
    constraint rejected_count_pkey primary key (run_id, source, reason),
    constraint rejected_count_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint rejected_count_source_check check (source in ('annotation', 'prediction')),
    constraint rejected_count_num_rows_check check (num_rows > 0)
);

comment on table crowdlab.rejected_count is 'One row per run, source and reason for which rows were refused, with their complete number. Kept forever.';
comment on column crowdlab.rejected_count.run_id is 'The run.';
comment on column crowdlab.rejected_count.source is 'Where the rows came from: annotation or prediction.';
comment on column crowdlab.rejected_count.reason is 'Code of the first rule the rows broke, as in rejected_row.';
comment on column crowdlab.rejected_count.num_rows is 'Number of rows refused, those that rejected_row does not hold included.';
