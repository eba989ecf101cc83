-- Purpose: the built-in input tables, for datasets that have no query of their own. Whatever arrives is kept as it is:
--          no keys and no checks, because a row that cannot be used is refused by the run, with its reason, not by the load.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

create table crowdlab.annotation (
    dataset      text collate "C" not null,
    example_id   text collate "C",
    annotator_id text collate "C",
    label        text collate "C",
    annotated_at timestamptz
);

comment on table crowdlab.annotation is 'Input: one row per label that an annotator gave to an example. Every dataset named here is analysed. Nothing is checked on arrival; rows that a run cannot use go to crowdlab.rejected_row.';
comment on column crowdlab.annotation.dataset is 'Name of the dataset: letters, digits, _ and -.';
comment on column crowdlab.annotation.example_id is 'The example that was labelled; at most 1,000 bytes.';
comment on column crowdlab.annotation.annotator_id is 'Who labelled it; at most 1,000 bytes.';
comment on column crowdlab.annotation.label is 'The label given; at most 250 bytes.';
comment on column crowdlab.annotation.annotated_at is 'When it was given. Decides which label counts if an annotator labelled an example more than once; may be NULL.';

create table crowdlab.prediction (
    dataset     text collate "C" not null,
    model       text collate "C" default 'default',
    example_id  text collate "C",
    label       text collate "C",
    probability double precision
);

comment on table crowdlab.prediction is 'Input: one row per model, example and class with the probability that the model predicts. Examples without annotations are the unlabelled pool of active_learning_score.';
comment on column crowdlab.prediction.dataset is 'Name of the dataset, as in crowdlab.annotation.';
comment on column crowdlab.prediction.model is 'Name of the model; several models of a dataset form an ensemble.';
comment on column crowdlab.prediction.example_id is 'The example the prediction is about; at most 1,000 bytes.';
comment on column crowdlab.prediction.label is 'The class whose probability this row gives.';
comment on column crowdlab.prediction.probability is 'Predicted probability of the class, from 0 to 1; the classes of an example sum to 1.';
