-- Purpose: the built-in input tables, for datasets that have no query of their own. Whatever arrives is kept as it is:
--          no keys and no checks, because a row that cannot be used is refused by the run, with its reason, not by the load.
--          The indexes let a run, and load, which replaces a dataset, find one dataset among many. They note which datasets
--          lie in which blocks: a dataset's rows arrive together, and an entry per row would cost twice as much to load.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.annotation (
    dataset      text collate pg_catalog."C" not null,
    example_id   text collate pg_catalog."C",
    annotator_id text collate pg_catalog."C",
    label        text collate pg_catalog."C",
    annotated_at timestamptz
);

comment on table crowdlab.annotation is 'Input: one row per label that an annotator gave to an example. Every dataset named here is analyzed. Nothing is checked on arrival; rows that a run cannot use go to crowdlab.rejected_row.';
comment on column crowdlab.annotation.dataset is 'Name of the dataset: letters, digits, _ and -.';
comment on column crowdlab.annotation.example_id is 'The example that was labeled; at most 1,000 bytes.';
comment on column crowdlab.annotation.annotator_id is 'Who labeled it; at most 1,000 bytes.';
comment on column crowdlab.annotation.label is 'The label given; at most 250 bytes.';
comment on column crowdlab.annotation.annotated_at is 'When it was given. Decides which label counts if an annotator labeled an example more than once; may be NULL.';

create table crowdlab.prediction (
    dataset     text collate pg_catalog."C" not null,
    model       text collate pg_catalog."C" default 'default',
    example_id  text collate pg_catalog."C",
    label       text collate pg_catalog."C",
    probability double precision
);

comment on table crowdlab.prediction is 'Input: one row per model, example and class with the probability that the model predicts. Examples without annotations are the unlabeled pool of active_learning_score.';
comment on column crowdlab.prediction.dataset is 'Name of the dataset, as in crowdlab.annotation.';
comment on column crowdlab.prediction.model is 'Name of the model; several models of a dataset form an ensemble.';
comment on column crowdlab.prediction.example_id is 'The example the prediction is about; at most 1,000 bytes.';
comment on column crowdlab.prediction.label is 'The class whose probability this row gives.';
comment on column crowdlab.prediction.probability is 'Predicted probability of the class, from 0 to 1; the classes of an example sum to 1.';

create index annotation_dataset on crowdlab.annotation using brin (dataset) with (pages_per_range = 32, autosummarize = on);
create index prediction_dataset on crowdlab.prediction using brin (dataset) with (pages_per_range = 32, autosummarize = on);

-- Both take the owner's right.
create function crowdlab.analyze_input() returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
    select pg_catalog.brin_summarize_new_values('crowdlab.annotation_dataset'::pg_catalog.regclass);
    select pg_catalog.brin_summarize_new_values('crowdlab.prediction_dataset'::pg_catalog.regclass);
    analyze crowdlab.annotation, crowdlab.prediction;
$$;

comment on function crowdlab.analyze_input() is 'Brings the planner''s statistics of the built-in input tables and their indexes up to date, as their owner may; load calls it.';
