-- Purpose: the runs and their result tables. The four large ones are partitioned by run: a run fills a stand-alone table
--          of its own and attaches it when it publishes. They carry no foreign keys, because each ATTACH would lock
--          the referenced table, and no default partition, because DETACH CONCURRENTLY refuses one. label_change,
--          annotator_confusion and rejected_row carry none either: checked row by row it doubles the time of a COPY;
--          triggers of V004 check it once per statement.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

create sequence crowdlab.run_id_seq as bigint;

comment on sequence crowdlab.run_id_seq is 'Numbers of runs; the job draws one before it starts, so gaps are normal.';

create table crowdlab.run (
    run_id               bigint           not null default nextval('crowdlab.run_id_seq'),
    dataset              text collate "C" not null,
    as_of                timestamptz      not null,
    status               text             not null,
    started_at           timestamptz      not null,
    finished_at          timestamptz,
    job_execution_id     bigint,
    software_version     text             not null,
    settings             jsonb            not null,
    input_digest         text,
    output_digest        text,
    previous_hash        text,
    hash                 text,
    num_examples         bigint,
    num_annotations      bigint,
    num_annotators       bigint,
    num_classes          bigint,
    num_unlabeled        bigint,
    num_collapsed        bigint,
    num_rejected         bigint,
    consensus_likelihood double precision,
    constraint run_pkey primary key (run_id),
    constraint run_dataset_run_id_key unique (dataset, run_id),
    constraint run_status_check check (status in ('RUNNING', 'PUBLISHED', 'SKIPPED', 'REFUSED', 'FAILED')),
    constraint run_finished_at_check check ((status = 'RUNNING') = (finished_at is null)),
    constraint run_hash_check check ((status = 'RUNNING') = (hash is null)),
    constraint run_previous_hash_check check (status <> 'RUNNING' or previous_hash is null),
    constraint run_counts_check check (least(num_examples, num_annotations, num_annotators, num_classes,
        num_unlabeled, num_collapsed, num_rejected) >= 0),
    constraint run_consensus_likelihood_check check (consensus_likelihood between 0 and 1),
    constraint run_published_check check (status <> 'PUBLISHED' or num_nulls(input_digest, output_digest, num_examples,
        num_annotations, num_annotators, num_classes, num_unlabeled, num_collapsed, num_rejected) = 0)
);

alter sequence crowdlab.run_id_seq owned by crowdlab.run.run_id;

-- No two closed runs of a dataset may follow the same run: the chain has one beginning and never forks.
create unique index run_chain_key on crowdlab.run (dataset, previous_hash) nulls not distinct where hash is not null;

comment on table crowdlab.run is 'One row per run of a dataset, kept for ever. Once the run is closed (any status but RUNNING) the row cannot be changed or deleted.';
comment on column crowdlab.run.run_id is 'Number of the run; later runs have greater numbers as a rule, gaps are normal.';
comment on column crowdlab.run.dataset is 'Name of the dataset.';
comment on column crowdlab.run.as_of is 'The moment whose data the run describes.';
comment on column crowdlab.run.status is 'RUNNING; or closed: PUBLISHED (results were published), SKIPPED (nothing had changed), REFUSED (a check stopped publication), FAILED (an error or a kill).';
comment on column crowdlab.run.started_at is 'When the run began.';
comment on column crowdlab.run.finished_at is 'When the run was closed; NULL while RUNNING.';
comment on column crowdlab.run.job_execution_id is 'The Spring Batch execution, batch_job_execution.job_execution_id; NULL if there was none.';
comment on column crowdlab.run.software_version is 'Version of the program that ran.';
comment on column crowdlab.run.settings is 'The settings of the dataset that the run used, without connection data.';
comment on column crowdlab.run.input_digest is 'Digest over all rows read, whatever their order, in hexadecimal; NULL until known.';
comment on column crowdlab.run.output_digest is 'Digest over the digests of the run''s tables in run_table, in hexadecimal; NULL until known.';
comment on column crowdlab.run.previous_hash is 'hash of the run of this dataset that was closed before this one; NULL for the first and while RUNNING. Filled by the database.';
comment on column crowdlab.run.hash is 'SHA-256 over previous_hash and every other column of this row, in hexadecimal (function run_hash); NULL while RUNNING. Filled by the database.';
comment on column crowdlab.run.num_examples is 'Number of examples with at least one accepted annotation; NULL until known.';
comment on column crowdlab.run.num_annotations is 'Number of annotations analysed; NULL until known.';
comment on column crowdlab.run.num_annotators is 'Number of annotators with at least one accepted annotation; NULL until known.';
comment on column crowdlab.run.num_classes is 'Number of classes; NULL until known.';
comment on column crowdlab.run.num_unlabeled is 'Number of examples with predictions but without accepted annotation; NULL until known.';
comment on column crowdlab.run.num_collapsed is 'Number of rows that only repeated an equal one; NULL until known.';
comment on column crowdlab.run.num_rejected is 'Number of rows refused, listed in rejected_row until retention removes them; NULL until known.';
comment on column crowdlab.run.consensus_likelihood is 'Mean annotator agreement over examples with several annotations, from 0 to 1; NULL where it is not defined or not yet known.';

create table crowdlab.run_table (
    run_id     bigint           not null,
    table_name text collate "C" not null,
    row_count  bigint           not null,
    digest     text             not null,
    removed_at timestamptz,
    constraint run_table_pkey primary key (run_id, table_name),
    constraint run_table_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_table_row_count_check check (row_count >= 0)
);

comment on table crowdlab.run_table is 'One row per run and result table it filled: how many rows it wrote, their digest, and whether they are still there. Kept for ever.';
comment on column crowdlab.run_table.run_id is 'The run.';
comment on column crowdlab.run_table.table_name is 'Name of the result table in schema crowdlab, without the schema and the run number.';
comment on column crowdlab.run_table.row_count is 'Number of rows the run wrote to the table.';
comment on column crowdlab.run_table.digest is 'Digest over those rows, in hexadecimal.';
comment on column crowdlab.run_table.removed_at is 'When retention removed those rows; NULL while they are kept.';

create table crowdlab.published_run (
    dataset      text collate "C" not null,
    run_id       bigint           not null,
    published_at timestamptz      not null,
    constraint published_run_pkey primary key (dataset),
    constraint published_run_run_fkey foreign key (dataset, run_id) references crowdlab.run (dataset, run_id)
);

comment on table crowdlab.published_run is 'One row per dataset: the run whose results the dashboards show. Changed in the transaction that publishes.';
comment on column crowdlab.published_run.dataset is 'Name of the dataset.';
comment on column crowdlab.published_run.run_id is 'The current run of the dataset.';
comment on column crowdlab.published_run.published_at is 'When that run became current.';

create table crowdlab.label_quality (
    run_id                  bigint           not null,
    example_id              text collate "C" not null,
    consensus_label         text collate "C" not null,
    consensus_quality_score double precision not null,
    annotator_agreement     double precision not null,
    num_annotations         integer          not null,
    tie_break               text collate "C" not null,
    constraint label_quality_pkey primary key (run_id, example_id),
    constraint label_quality_consensus_quality_score_check check (consensus_quality_score between 0 and 1),
    constraint label_quality_annotator_agreement_check check (annotator_agreement between 0 and 1),
    constraint label_quality_num_annotations_check check (num_annotations > 0),
    constraint label_quality_tie_break_check check (tie_break in
        ('none', 'votes', 'model', 'class_frequency', 'annotator_accuracy', 'class_order'))
) partition by list (run_id);

comment on table crowdlab.label_quality is 'One row per run and labelled example: its consensus label and how much that label can be trusted. One partition per kept run.';
comment on column crowdlab.label_quality.run_id is 'The run.';
comment on column crowdlab.label_quality.example_id is 'The example.';
comment on column crowdlab.label_quality.consensus_label is 'The label that annotators and models together speak for.';
comment on column crowdlab.label_quality.consensus_quality_score is 'How likely the consensus label is right, from 0 to 1, higher is better.';
comment on column crowdlab.label_quality.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1.';
comment on column crowdlab.label_quality.num_annotations is 'Number of annotations of the example, at least 1.';
comment on column crowdlab.label_quality.tie_break is 'none where the consensus was clear, else the rule that decided: votes, model, class_frequency, annotator_accuracy or class_order.';

create table crowdlab.label_change (
    run_id                  bigint           not null,
    example_id              text collate "C" not null,
    previous_label          text collate "C",
    consensus_label         text collate "C",
    previous_score          double precision,
    consensus_quality_score double precision,
    constraint label_change_pkey primary key (run_id, example_id),
    constraint label_change_label_check check (previous_label is distinct from consensus_label),
    constraint label_change_previous_score_check check (previous_score between 0 and 1),
    constraint label_change_consensus_quality_score_check check (consensus_quality_score between 0 and 1)
);

comment on table crowdlab.label_change is 'One row per run and example whose consensus label differs from that of the run published before; none for the first run of a dataset. Kept for ever.';
comment on column crowdlab.label_change.run_id is 'The run that brought the change.';
comment on column crowdlab.label_change.example_id is 'The example.';
comment on column crowdlab.label_change.previous_label is 'Consensus label in the run published before; NULL where the example is new.';
comment on column crowdlab.label_change.consensus_label is 'Consensus label in this run; NULL where the example has vanished.';
comment on column crowdlab.label_change.previous_score is 'consensus_quality_score in the run published before, from 0 to 1; NULL where the example is new.';
comment on column crowdlab.label_change.consensus_quality_score is 'consensus_quality_score in this run, from 0 to 1; NULL where the example has vanished.';

create table crowdlab.alternative_consensus (
    run_id                  bigint           not null,
    consensus_method        text collate "C" not null,
    example_id              text collate "C" not null,
    consensus_label         text collate "C" not null,
    consensus_quality_score double precision not null,
    annotator_agreement     double precision not null,
    constraint alternative_consensus_pkey primary key (run_id, consensus_method, example_id),
    constraint alternative_consensus_consensus_quality_score_check check (consensus_quality_score between 0 and 1),
    constraint alternative_consensus_annotator_agreement_check check (annotator_agreement between 0 and 1)
) partition by list (run_id);

comment on table crowdlab.alternative_consensus is 'One row per run, consensus method other than the published one, and labelled example: what that method would say. One partition per kept run.';
comment on column crowdlab.alternative_consensus.run_id is 'The run.';
comment on column crowdlab.alternative_consensus.consensus_method is 'The method: best_quality or majority_vote.';
comment on column crowdlab.alternative_consensus.example_id is 'The example.';
comment on column crowdlab.alternative_consensus.consensus_label is 'The consensus label by that method.';
comment on column crowdlab.alternative_consensus.consensus_quality_score is 'How likely that label is right, from 0 to 1, higher is better.';
comment on column crowdlab.alternative_consensus.annotator_agreement is 'Share of the example''s annotations that equal that label, from 0 to 1.';

create table crowdlab.detailed_label_quality (
    run_id        bigint           not null,
    example_id    text collate "C" not null,
    annotator_id  text collate "C" not null,
    label         text collate "C" not null,
    quality_score double precision not null,
    constraint detailed_label_quality_pkey primary key (run_id, example_id, annotator_id),
    constraint detailed_label_quality_quality_score_check check (quality_score between 0 and 1)
) partition by list (run_id);

comment on table crowdlab.detailed_label_quality is 'One row per run and annotation analysed: the label that one annotator gave to one example, and its quality. One partition per kept run.';
comment on column crowdlab.detailed_label_quality.run_id is 'The run.';
comment on column crowdlab.detailed_label_quality.example_id is 'The example.';
comment on column crowdlab.detailed_label_quality.annotator_id is 'The annotator.';
comment on column crowdlab.detailed_label_quality.label is 'The label the annotator gave.';
comment on column crowdlab.detailed_label_quality.quality_score is 'How likely that label is right, from 0 to 1, higher is better.';

create table crowdlab.annotator_stats (
    run_id                    bigint           not null,
    annotator_id              text collate "C" not null,
    annotator_quality         double precision,
    quality_reason            text collate "C",
    agreement_with_consensus  double precision not null,
    worst_class               text collate "C" not null,
    num_examples_labeled      integer          not null,
    annotator_weight          double precision,
    agreement_with_annotators double precision,
    agreement_imputed         boolean          not null,
    constraint annotator_stats_pkey primary key (run_id, annotator_id),
    constraint annotator_stats_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint annotator_stats_annotator_quality_check check (annotator_quality between 0 and 1),
    constraint annotator_stats_quality_reason_check check (annotator_quality is not null or quality_reason is not null),
    constraint annotator_stats_agreement_with_consensus_check check (agreement_with_consensus between 0 and 1),
    constraint annotator_stats_num_examples_labeled_check check (num_examples_labeled > 0),
    constraint annotator_stats_annotator_weight_check check (annotator_weight >= 0 and annotator_weight < 'infinity'),
    constraint annotator_stats_agreement_with_annotators_check check (agreement_with_annotators between 0 and 1)
);

comment on table crowdlab.annotator_stats is 'One row per run and annotator: how good the annotator''s labels are. Kept for ever.';
comment on column crowdlab.annotator_stats.run_id is 'The run.';
comment on column crowdlab.annotator_stats.annotator_id is 'The annotator.';
comment on column crowdlab.annotator_stats.annotator_quality is 'Overall quality of the annotator''s labels, from 0 to 1, higher is better; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab.annotator_stats.quality_reason is 'Why annotator_quality is NULL; NULL where it is known.';
comment on column crowdlab.annotator_stats.agreement_with_consensus is 'Share of the annotator''s labels that equal the consensus label, from 0 to 1.';
comment on column crowdlab.annotator_stats.worst_class is 'Among the classes the annotator used, the one whose labels equal the consensus label least often.';
comment on column crowdlab.annotator_stats.num_examples_labeled is 'Number of examples the annotator labelled, at least 1.';
comment on column crowdlab.annotator_stats.annotator_weight is 'Weight of the annotator''s labels in the consensus, 0 or more; NULL where no weights are used.';
comment on column crowdlab.annotator_stats.agreement_with_annotators is 'Share of the other annotators'' labels on the same examples that equal the annotator''s own, from 0 to 1; NULL where not defined.';
comment on column crowdlab.annotator_stats.agreement_imputed is 'True where the annotator shares no example with anyone, so that agreement_with_annotators is the mean over the others.';

create table crowdlab.annotator_confusion (
    run_id          bigint           not null,
    annotator_id    text collate "C" not null,
    consensus_label text collate "C" not null,
    given_label     text collate "C" not null,
    num_annotations integer          not null,
    constraint annotator_confusion_pkey primary key (run_id, annotator_id, consensus_label, given_label),
    constraint annotator_confusion_num_annotations_check check (num_annotations > 0)
);

comment on table crowdlab.annotator_confusion is 'One row per run, annotator, consensus label and label given, where it happened at least once: what the annotator takes for what. Kept as long as the run''s partitions.';
comment on column crowdlab.annotator_confusion.run_id is 'The run.';
comment on column crowdlab.annotator_confusion.annotator_id is 'The annotator.';
comment on column crowdlab.annotator_confusion.consensus_label is 'Consensus label of the examples.';
comment on column crowdlab.annotator_confusion.given_label is 'Label the annotator gave to them.';
comment on column crowdlab.annotator_confusion.num_annotations is 'Number of such annotations, at least 1.';

create table crowdlab.active_learning_score (
    run_id          bigint           not null,
    example_id      text collate "C" not null,
    score           double precision not null,
    num_annotations integer          not null,
    constraint active_learning_score_pkey primary key (run_id, example_id),
    constraint active_learning_score_score_check check (score between 0 and 1),
    constraint active_learning_score_num_annotations_check check (num_annotations >= 0)
) partition by list (run_id);

comment on table crowdlab.active_learning_score is 'One row per run and example with predictions, labelled or not: ActiveLab''s score, the lowest to be labelled next. One partition per kept run.';
comment on column crowdlab.active_learning_score.run_id is 'The run.';
comment on column crowdlab.active_learning_score.example_id is 'The example.';
comment on column crowdlab.active_learning_score.score is 'ActiveLab score, from 0 to 1; the lower, the more another label is worth.';
comment on column crowdlab.active_learning_score.num_annotations is 'Number of annotations the example has; 0 where it is unlabelled.';

create table crowdlab.run_model (
    run_id       bigint           not null,
    model        text collate "C" not null,
    model_weight double precision,
    temperature  double precision,
    constraint run_model_pkey primary key (run_id, model),
    constraint run_model_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_model_model_weight_check check (model_weight >= 0 and model_weight < 'infinity'),
    constraint run_model_temperature_check check (temperature >= 0 and temperature < 'infinity')
);

comment on table crowdlab.run_model is 'One row per run and model that gave predictions. Kept for ever.';
comment on column crowdlab.run_model.run_id is 'The run.';
comment on column crowdlab.run_model.model is 'Name of the model.';
comment on column crowdlab.run_model.model_weight is 'Weight of the model''s predictions in the consensus, 0 or more, may exceed 1; NULL where no weights are used.';
comment on column crowdlab.run_model.temperature is 'Temperature by which the predictions were calibrated: above 1 makes them less sure, below 1 surer; NULL unless calibrated.';

create table crowdlab.rejected_row (
    run_id       bigint           not null,
    row_number   bigint           not null,
    source       text collate "C" not null,
    example_id   text collate "C",
    annotator_id text collate "C",
    model        text collate "C",
    label        text collate "C",
    reason       text collate "C" not null,
    detail       text,
    constraint rejected_row_pkey primary key (run_id, row_number),
    constraint rejected_row_source_check check (source in ('annotation', 'prediction')),
    constraint rejected_row_reason_check check (reason in
        ('MISSING_ID', 'TOO_LONG', 'MISSING_LABEL', 'UNKNOWN_LABEL', 'BAD_PROBABILITY', 'DUPLICATE_PREDICTION',
         'INCOMPLETE_PREDICTION', 'PROBABILITY_SUM', 'CONFLICTING_ANNOTATION', 'SUPERSEDED_ANNOTATION', 'NO_PREDICTION'))
);

comment on table crowdlab.rejected_row is 'One row per run and input row that could not be used, with the reason. Kept as long as the run''s partitions.';
comment on column crowdlab.rejected_row.run_id is 'The run.';
comment on column crowdlab.rejected_row.row_number is 'Number of the row among the refused ones, by content, so that equal input gives equal numbers.';
comment on column crowdlab.rejected_row.source is 'Where the row came from: annotation or prediction.';
comment on column crowdlab.rejected_row.example_id is 'The example as read; NULL where it was missing.';
comment on column crowdlab.rejected_row.annotator_id is 'The annotator as read; NULL where it was missing or the row is a prediction.';
comment on column crowdlab.rejected_row.model is 'The model as read; NULL where the row is an annotation.';
comment on column crowdlab.rejected_row.label is 'The label as read; NULL where there was none.';
comment on column crowdlab.rejected_row.reason is 'Code of the first rule the row broke: MISSING_ID, TOO_LONG, MISSING_LABEL, UNKNOWN_LABEL, BAD_PROBABILITY, DUPLICATE_PREDICTION, INCOMPLETE_PREDICTION, PROBABILITY_SUM, CONFLICTING_ANNOTATION, SUPERSEDED_ANNOTATION or NO_PREDICTION.';
comment on column crowdlab.rejected_row.detail is 'The offending value and the bound it broke, in words.';

create table crowdlab.run_check (
    run_id    bigint           not null,
    code      text collate "C" not null,
    severity  text             not null,
    message   text             not null,
    observed  double precision,
    threshold double precision,
    constraint run_check_pkey primary key (run_id, code),
    constraint run_check_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_check_severity_check check (severity in ('INFO', 'WARN', 'FAIL'))
);

comment on table crowdlab.run_check is 'One row per run and check or remark about it; a FAIL stops publication. Kept for ever.';
comment on column crowdlab.run_check.run_id is 'The run.';
comment on column crowdlab.run_check.code is 'Code of the check, for example SINGLE_ANNOTATION_ONLY.';
comment on column crowdlab.run_check.severity is 'INFO, WARN, or FAIL (the run is REFUSED).';
comment on column crowdlab.run_check.message is 'What was found, in one sentence.';
comment on column crowdlab.run_check.observed is 'The value found, in the unit the message names; NULL where there is none.';
comment on column crowdlab.run_check.threshold is 'The bound it was held against, in the same unit; NULL where there is none.';

create table crowdlab.purge_log (
    purge_id  bigint      not null generated always as identity,
    what      text        not null,
    run_ids   bigint[]    not null,
    rows      bigint,
    purged_at timestamptz not null default now(),
    purged_by text        not null default current_user,
    constraint purge_log_pkey primary key (purge_id),
    constraint purge_log_rows_check check (rows >= 0)
);

comment on table crowdlab.purge_log is 'One row per removal of old results. Kept for ever.';
comment on column crowdlab.purge_log.purge_id is 'Number of the removal.';
comment on column crowdlab.purge_log.what is 'What was removed, for example the name of a table.';
comment on column crowdlab.purge_log.run_ids is 'The runs whose rows were removed.';
comment on column crowdlab.purge_log.rows is 'Number of rows removed; NULL where it is not known.';
comment on column crowdlab.purge_log.purged_at is 'When they were removed.';
comment on column crowdlab.purge_log.purged_by is 'The database user that removed them.';
comment on sequence crowdlab.purge_log_purge_id_seq is 'Numbers of the rows of purge_log.';
