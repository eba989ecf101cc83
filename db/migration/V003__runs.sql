-- Purpose: the runs, what each recorded of itself, which one dashboards show, and the logs of publications, of removals and of
--          what was forgotten. V005 brings the triggers that keep the record as it was written.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create sequence crowdlab.run_id_seq as bigint;

comment on sequence crowdlab.run_id_seq is 'Numbers of runs; the job draws one before it starts, so gaps are normal.';

create table crowdlab.run (
    run_id               bigint                      not null default nextval('crowdlab.run_id_seq'),
    dataset              text collate pg_catalog."C" not null,
    as_of                timestamptz                 not null,
    status               text                        not null,
    started_at           timestamptz                 not null,
    started_by           text                        not null,
    finished_at          timestamptz,
    became_current       boolean,
    job_execution_id     bigint,
    software_version     text                        not null,
    results_version      integer                     not null,
    settings             jsonb                       not null,
    input_digest         text,
    output_digest        text,
    num_examples         bigint,
    num_annotations      bigint,
    num_annotators       bigint,
    num_classes          bigint,
    num_unlabeled        bigint,
    num_collapsed        bigint,
    num_rejected         bigint,
    consensus_likelihood double precision,
    previous_hash        text,
    hash                 text,
    constraint run_pkey primary key (run_id),
    constraint run_dataset_run_id_key unique (dataset, run_id),
    constraint run_status_check check (status in ('RUNNING', 'PUBLISHED', 'SKIPPED', 'REFUSED', 'FAILED')),
    constraint run_finished_at_check check ((status = 'RUNNING') = (finished_at is null)),
    constraint run_became_current_check check (became_current is not true or status = 'PUBLISHED'),
    constraint run_results_version_check check (results_version > 0),
    constraint run_counts_check check (least(num_examples, num_annotations, num_annotators, num_classes,
        num_unlabeled, num_collapsed, num_rejected) >= 0),
    constraint run_consensus_likelihood_check check (consensus_likelihood between 0 and 1),
    constraint run_published_check check (status <> 'PUBLISHED' or num_nulls(input_digest, output_digest, num_examples,
        num_annotations, num_annotators, num_classes, num_unlabeled, num_collapsed, num_rejected) = 0),
    constraint run_previous_hash_check check (status <> 'RUNNING' or previous_hash is null),
    constraint run_hash_check check ((status = 'RUNNING') = (hash is null))
);

alter sequence crowdlab.run_id_seq owned by crowdlab.run.run_id;

-- No two closed runs of a dataset may follow the same run: the chain has one beginning and never forks.
create unique index run_chain_key on crowdlab.run (dataset, previous_hash) nulls not distinct where hash is not null;

comment on table crowdlab.run is 'One row per run of a dataset, kept forever. Once the run is closed (any status but RUNNING) the row cannot be changed or deleted.';
comment on column crowdlab.run.run_id is 'Number of the run; later runs have greater numbers as a rule, gaps are normal.';
comment on column crowdlab.run.dataset is 'Name of the dataset.';
comment on column crowdlab.run.as_of is 'The moment whose data the run describes.';
comment on column crowdlab.run.status is 'RUNNING; or closed: PUBLISHED (results were published), SKIPPED (nothing had changed), REFUSED (a check stopped publication), FAILED (an error or a kill).';
comment on column crowdlab.run.started_at is 'When the run began.';
comment on column crowdlab.run.started_by is 'Who started the run: the database user and the client''s address as the server knows them, and the operating system''s user as the program tells it. Filled by the database.';
comment on column crowdlab.run.finished_at is 'When the run was closed; NULL while RUNNING.';
comment on column crowdlab.run.became_current is 'Whether the dashboards showed the run from its end on; false where it only entered the history or was not published; NULL while RUNNING.';
comment on column crowdlab.run.job_execution_id is 'The Spring Batch execution, batch_job_execution.job_execution_id, which retention removes some time after the run''s large tables; NULL if there was none.';
comment on column crowdlab.run.software_version is 'Version of the program that ran.';
comment on column crowdlab.run.results_version is 'Version of the results that the program made: it is raised when any number may change, and what is unchanged under the same version is not run again.';
comment on column crowdlab.run.settings is 'The settings of the dataset that the run used, without connection data.';
comment on column crowdlab.run.input_digest is 'Digest over all rows read, whatever their order, in hexadecimal; NULL until known.';
comment on column crowdlab.run.output_digest is 'Digest over the digests of the run''s tables in run_table, in hexadecimal; NULL until known.';
comment on column crowdlab.run.num_examples is 'Number of examples with at least one accepted annotation; NULL until known.';
comment on column crowdlab.run.num_annotations is 'Number of annotations analyzed; NULL until known.';
comment on column crowdlab.run.num_annotators is 'Number of annotators with at least one accepted annotation; NULL until known.';
comment on column crowdlab.run.num_classes is 'Number of classes; NULL until known.';
comment on column crowdlab.run.num_unlabeled is 'Number of examples with predictions but without accepted annotation; NULL until known.';
comment on column crowdlab.run.num_collapsed is 'Number of rows that only repeated an equal one; NULL until known.';
comment on column crowdlab.run.num_rejected is 'Number of rows refused, counted by reason in rejected_count; NULL until known.';
comment on column crowdlab.run.consensus_likelihood is 'Mean annotator agreement over examples with several annotations, from 0 to 1; NULL where it is not defined or not yet known.';
comment on column crowdlab.run.previous_hash is 'hash of the run of this dataset that was closed before this one; NULL for the first and while RUNNING. Filled by the database.';
comment on column crowdlab.run.hash is 'SHA-256 over previous_hash and every other column of this row, in hexadecimal (function run_hash); NULL while RUNNING. Filled by the database.';

create table crowdlab.run_table (
    run_id     bigint                      not null,
    table_name text collate pg_catalog."C" not null,
    row_count  bigint                      not null,
    digest     text                        not null,
    columns    text[]                      not null,
    removed_at timestamptz,
    constraint run_table_pkey primary key (run_id, table_name),
    constraint run_table_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_table_row_count_check check (row_count >= 0),
    constraint run_table_columns_check check (cardinality(columns) > 0 and array_position(columns, null) is null)
);

comment on table crowdlab.run_table is 'One row per run and result table it filled: how many rows it wrote, their digest, and whether they are still there. Kept forever.';
comment on column crowdlab.run_table.run_id is 'The run.';
comment on column crowdlab.run_table.table_name is 'Name of the result table in schema crowdlab, without the schema and the run number.';
comment on column crowdlab.run_table.row_count is 'Number of rows the run wrote to the table.';
comment on column crowdlab.run_table.digest is 'Digest over those rows, in hexadecimal.';
comment on column crowdlab.run_table.columns is 'The columns that the digest covers, in its order, so that a column that the table gains later leaves it valid. In output_digest of the run.';
comment on column crowdlab.run_table.removed_at is 'When retention removed those rows; NULL while they are kept.';

create table crowdlab.run_model (
    run_id       bigint                      not null,
    model        text collate pg_catalog."C" not null,
    model_weight double precision,
    temperature  double precision,
    constraint run_model_pkey primary key (run_id, model),
    constraint run_model_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_model_model_weight_check check (model_weight >= 0 and model_weight < 'infinity'),
    constraint run_model_temperature_check check (temperature >= 0 and temperature < 'infinity')
);

comment on table crowdlab.run_model is 'One row per run and model that gave predictions. Kept forever.';
comment on column crowdlab.run_model.run_id is 'The run.';
comment on column crowdlab.run_model.model is 'Name of the model.';
comment on column crowdlab.run_model.model_weight is 'Weight of the model''s predictions in the consensus, 0 or more, may exceed 1; NULL where no weights are used.';
comment on column crowdlab.run_model.temperature is 'Temperature by which the predictions were calibrated: above 1 makes them less confident, below 1 more confident; NULL unless calibrated.';

create table crowdlab.run_check (
    run_id    bigint                      not null,
    code      text collate pg_catalog."C" not null,
    severity  text                        not null,
    message   text                        not null,
    observed  double precision,
    threshold double precision,
    constraint run_check_pkey primary key (run_id, code),
    constraint run_check_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_check_severity_check check (severity in ('INFO', 'WARN', 'FAIL'))
);

comment on table crowdlab.run_check is 'One row per run and finding about it; a FAIL stops publication. Kept forever.';
comment on column crowdlab.run_check.run_id is 'The run.';
comment on column crowdlab.run_check.code is 'Code of the finding, for example SINGLE_ANNOTATION_ONLY.';
comment on column crowdlab.run_check.severity is 'INFO, WARN, or FAIL (the run is REFUSED).';
comment on column crowdlab.run_check.message is 'What was found, in one sentence.';
comment on column crowdlab.run_check.observed is 'The value found, in the unit the message names; NULL where there is none.';
comment on column crowdlab.run_check.threshold is 'The bound it was held against, in the same unit; NULL where there is none.';

create table crowdlab.published_run (
    dataset      text collate pg_catalog."C" not null,
    run_id       bigint                      not null,
    published_at timestamptz                 not null,
    constraint published_run_pkey primary key (dataset),
    constraint published_run_run_fkey foreign key (dataset, run_id) references crowdlab.run (dataset, run_id)
);

comment on table crowdlab.published_run is 'One row per dataset: the run whose results the dashboards show. Changed in the transaction that publishes.';
comment on column crowdlab.published_run.dataset is 'Name of the dataset.';
comment on column crowdlab.published_run.run_id is 'The current run of the dataset.';
comment on column crowdlab.published_run.published_at is 'When that run became current.';

create table crowdlab.publication_log (
    publication_id  bigint                      not null generated always as identity,
    dataset         text collate pg_catalog."C" not null,
    run_id          bigint,
    previous_run_id bigint,
    changed_at      timestamptz                 not null,
    changed_by      text                        not null,
    previous_hash   text,
    hash            text                        not null,
    constraint publication_log_pkey primary key (publication_id),
    constraint publication_log_chain_key unique nulls not distinct (dataset, previous_hash)
);

-- Retention asks when a run ceased to be current.
create index publication_log_previous_run_id_idx on crowdlab.publication_log (previous_run_id);

comment on table crowdlab.publication_log is 'One row per change of published_run: which run dashboards showed of a dataset from then on. Written by a trigger, never changed, kept forever.';
comment on column crowdlab.publication_log.publication_id is 'Number of the change, in the order of the changes of a dataset.';
comment on column crowdlab.publication_log.dataset is 'Name of the dataset.';
comment on column crowdlab.publication_log.run_id is 'The run that became current; NULL where the dataset was taken out of the dashboards.';
comment on column crowdlab.publication_log.previous_run_id is 'The run that was current before; NULL where none was.';
comment on column crowdlab.publication_log.changed_at is 'When, by the server''s clock.';
comment on column crowdlab.publication_log.changed_by is 'The database user who logged in, as the server knows it.';
comment on column crowdlab.publication_log.previous_hash is 'hash of the dataset''s change before this one; NULL for the first.';
comment on column crowdlab.publication_log.hash is 'SHA-256 over previous_hash and every other column of this row, in hexadecimal (function publication_hash).';
comment on sequence crowdlab.publication_log_publication_id_seq is 'Numbers of the rows of publication_log.';

create table crowdlab.purge_log (
    purge_id  bigint      not null generated always as identity,
    what      text        not null,
    run_ids   bigint[]    not null,
    rows      bigint,
    purged_at timestamptz not null default now(),
    purged_by text        not null default session_user,
    constraint purge_log_pkey primary key (purge_id),
    constraint purge_log_rows_check check (rows >= 0)
);

comment on table crowdlab.purge_log is 'One row per removal of old results or of Spring Batch''s rows about them. Kept forever.';
comment on column crowdlab.purge_log.purge_id is 'Number of the removal.';
comment on column crowdlab.purge_log.what is 'What was removed: tables of an old run, history of old runs, or Spring Batch metadata.';
comment on column crowdlab.purge_log.run_ids is 'The runs whose rows were removed; of Spring Batch''s metadata also numbers of runs that ended before they were recorded.';
comment on column crowdlab.purge_log.rows is 'Number of rows removed; NULL where it is not known.';
comment on column crowdlab.purge_log.purged_at is 'When they were removed, by the server''s clock.';
comment on column crowdlab.purge_log.purged_by is 'The database user who logged in, as the server knows it.';
comment on sequence crowdlab.purge_log_purge_id_seq is 'Numbers of the rows of purge_log.';

create table crowdlab.forget_log (
    forget_id     bigint                      not null generated always as identity,
    what          text                        not null,
    pseudonym     text collate pg_catalog."C" not null,
    dataset       text collate pg_catalog."C",
    rows          bigint                      not null,
    digests       jsonb                       not null,
    forgotten_at  timestamptz                 not null,
    forgotten_by  text                        not null,
    previous_hash text,
    hash          text                        not null,
    constraint forget_log_pkey primary key (forget_id),
    constraint forget_log_what_check check (what in ('annotator', 'example')),
    constraint forget_log_rows_check check (rows >= 0),
    constraint forget_log_chain_key unique nulls not distinct (previous_hash)
);

comment on table crowdlab.forget_log is 'One row per annotator or example whose id was replaced by a pseudonym everywhere. The id itself is not in it. Never changed, kept forever.';
comment on column crowdlab.forget_log.forget_id is 'Number of the row.';
comment on column crowdlab.forget_log.what is 'Whose id was replaced: annotator or example.';
comment on column crowdlab.forget_log.pseudonym is 'What stands in the place of the id: random, and so no key to it.';
comment on column crowdlab.forget_log.dataset is 'The only dataset in which the id was replaced; NULL: in all.';
comment on column crowdlab.forget_log.rows is 'Number of rows changed.';
comment on column crowdlab.forget_log.digests is 'Array of {run_id, table_name, old, new}: of a table of a run the digest before and after; of table run the hash of the run''s row before and after.';
comment on column crowdlab.forget_log.forgotten_at is 'When, by the server''s clock.';
comment on column crowdlab.forget_log.forgotten_by is 'The database user who logged in, as the server knows it.';
comment on column crowdlab.forget_log.previous_hash is 'hash of the row before this one; NULL for the first.';
comment on column crowdlab.forget_log.hash is 'SHA-256 over previous_hash and every other column of this row, in hexadecimal (function forget_hash).';
comment on sequence crowdlab.forget_log_forget_id_seq is 'Numbers of the rows of forget_log.';
