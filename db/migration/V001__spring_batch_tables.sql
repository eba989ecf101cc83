-- Purpose: the tables and sequences of Spring Batch 6.0 (its own schema-postgresql.sql: columns, types and constraint names
--          unchanged), in schema crowdlab under the table prefix crowdlab.batch_, so that Batch's own initializer stays off.
--          Added to it: three indexes on foreign keys, which the job repository filters by, and comments.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.batch_job_instance (
    job_instance_id bigint       not null primary key,
    version         bigint,
    job_name        varchar(100) not null,
    job_key         varchar(32)  not null,
    constraint job_inst_un unique (job_name, job_key)
);

create table crowdlab.batch_job_execution (
    job_execution_id bigint    not null primary key,
    version          bigint,
    job_instance_id  bigint    not null,
    create_time      timestamp not null,
    start_time       timestamp default null,
    end_time         timestamp default null,
    status           varchar(10),
    exit_code        varchar(2500),
    exit_message     varchar(2500),
    last_updated     timestamp,
    constraint job_inst_exec_fk foreign key (job_instance_id)
        references crowdlab.batch_job_instance (job_instance_id)
);

create table crowdlab.batch_job_execution_params (
    job_execution_id bigint       not null,
    parameter_name   varchar(100) not null,
    parameter_type   varchar(100) not null,
    parameter_value  varchar(2500),
    identifying      char(1)      not null,
    constraint job_exec_params_fk foreign key (job_execution_id)
        references crowdlab.batch_job_execution (job_execution_id)
);

create table crowdlab.batch_step_execution (
    step_execution_id  bigint       not null primary key,
    version            bigint       not null,
    step_name          varchar(100) not null,
    job_execution_id   bigint       not null,
    create_time        timestamp    not null,
    start_time         timestamp    default null,
    end_time           timestamp    default null,
    status             varchar(10),
    commit_count       bigint,
    read_count         bigint,
    filter_count       bigint,
    write_count        bigint,
    read_skip_count    bigint,
    write_skip_count   bigint,
    process_skip_count bigint,
    rollback_count     bigint,
    exit_code          varchar(2500),
    exit_message       varchar(2500),
    last_updated       timestamp,
    constraint job_exec_step_fk foreign key (job_execution_id)
        references crowdlab.batch_job_execution (job_execution_id)
);

create table crowdlab.batch_step_execution_context (
    step_execution_id  bigint        not null primary key,
    short_context      varchar(2500) not null,
    serialized_context text,
    constraint step_exec_ctx_fk foreign key (step_execution_id)
        references crowdlab.batch_step_execution (step_execution_id)
);

create table crowdlab.batch_job_execution_context (
    job_execution_id   bigint        not null primary key,
    short_context      varchar(2500) not null,
    serialized_context text,
    constraint job_exec_ctx_fk foreign key (job_execution_id)
        references crowdlab.batch_job_execution (job_execution_id)
);

create sequence crowdlab.batch_step_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence crowdlab.batch_job_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence crowdlab.batch_job_instance_seq maxvalue 9223372036854775807 no cycle;

create index batch_job_execution_job_instance_id_idx on crowdlab.batch_job_execution (job_instance_id);
create index batch_job_execution_params_job_execution_id_idx on crowdlab.batch_job_execution_params (job_execution_id);
create index batch_step_execution_job_execution_id_idx on crowdlab.batch_step_execution (job_execution_id);

comment on table crowdlab.batch_job_instance is 'Spring Batch: one row per job instance, that is per job name and set of identifying parameters.';
comment on column crowdlab.batch_job_instance.job_instance_id is 'Number of the job instance, from batch_job_instance_seq.';
comment on column crowdlab.batch_job_instance.version is 'Version of the row, for Spring Batch''s optimistic locking.';
comment on column crowdlab.batch_job_instance.job_name is 'Name of the job.';
comment on column crowdlab.batch_job_instance.job_key is 'Hash of the identifying job parameters; with job_name it tells one instance from another.';

comment on table crowdlab.batch_job_execution is 'Spring Batch: one row per attempt to run a job instance. Times are local times of the machine that ran the job.';
comment on column crowdlab.batch_job_execution.job_execution_id is 'Number of the job execution, from batch_job_execution_seq; crowdlab.run.job_execution_id points here.';
comment on column crowdlab.batch_job_execution.version is 'Version of the row, for Spring Batch''s optimistic locking.';
comment on column crowdlab.batch_job_execution.job_instance_id is 'The job instance this execution belongs to.';
comment on column crowdlab.batch_job_execution.create_time is 'When the execution was created.';
comment on column crowdlab.batch_job_execution.start_time is 'When the execution began; NULL before that.';
comment on column crowdlab.batch_job_execution.end_time is 'When the execution ended, well or badly; NULL while it runs or after a kill.';
comment on column crowdlab.batch_job_execution.status is 'Spring Batch''s state: STARTING, STARTED, STOPPING, STOPPED, COMPLETED, FAILED, ABANDONED or UNKNOWN.';
comment on column crowdlab.batch_job_execution.exit_code is 'Exit code of the execution, for example COMPLETED or FAILED.';
comment on column crowdlab.batch_job_execution.exit_message is 'Longer description of how the execution ended, as a rule a stack trace; empty after success.';
comment on column crowdlab.batch_job_execution.last_updated is 'When this row was last written.';

comment on table crowdlab.batch_job_execution_params is 'Spring Batch: one row per parameter of a job execution.';
comment on column crowdlab.batch_job_execution_params.job_execution_id is 'The job execution that was given the parameter.';
comment on column crowdlab.batch_job_execution_params.parameter_name is 'Name of the parameter.';
comment on column crowdlab.batch_job_execution_params.parameter_type is 'Java class of the parameter''s value.';
comment on column crowdlab.batch_job_execution_params.parameter_value is 'Value of the parameter as text.';
comment on column crowdlab.batch_job_execution_params.identifying is 'Y where the parameter is part of the job instance''s identity, else N.';

comment on table crowdlab.batch_step_execution is 'Spring Batch: one row per execution of a step. The read and write counts of this job are rows, not blocks of rows.';
comment on column crowdlab.batch_step_execution.step_execution_id is 'Number of the step execution, from batch_step_execution_seq.';
comment on column crowdlab.batch_step_execution.version is 'Version of the row, for Spring Batch''s optimistic locking.';
comment on column crowdlab.batch_step_execution.step_name is 'Name of the step.';
comment on column crowdlab.batch_step_execution.job_execution_id is 'The job execution the step ran in.';
comment on column crowdlab.batch_step_execution.create_time is 'When the step execution was created.';
comment on column crowdlab.batch_step_execution.start_time is 'When the step began; NULL before that.';
comment on column crowdlab.batch_step_execution.end_time is 'When the step ended, well or badly; NULL while it runs or after a kill.';
comment on column crowdlab.batch_step_execution.status is 'Spring Batch''s state of the step, with the values of batch_job_execution.status.';
comment on column crowdlab.batch_step_execution.commit_count is 'Number of chunks committed.';
comment on column crowdlab.batch_step_execution.read_count is 'Number of rows read from the source.';
comment on column crowdlab.batch_step_execution.filter_count is 'Number of items a processor dropped.';
comment on column crowdlab.batch_step_execution.write_count is 'Number of rows written.';
comment on column crowdlab.batch_step_execution.read_skip_count is 'Number of items skipped while reading.';
comment on column crowdlab.batch_step_execution.write_skip_count is 'Number of items skipped while writing.';
comment on column crowdlab.batch_step_execution.process_skip_count is 'Number of items skipped while processing.';
comment on column crowdlab.batch_step_execution.rollback_count is 'Number of chunks rolled back.';
comment on column crowdlab.batch_step_execution.exit_code is 'Exit code of the step, for example COMPLETED or FAILED.';
comment on column crowdlab.batch_step_execution.exit_message is 'Longer description of how the step ended, as a rule a stack trace; empty after success.';
comment on column crowdlab.batch_step_execution.last_updated is 'When this row was last written.';

comment on table crowdlab.batch_step_execution_context is 'Spring Batch: the saved state of each step execution.';
comment on column crowdlab.batch_step_execution_context.step_execution_id is 'The step execution the state belongs to.';
comment on column crowdlab.batch_step_execution_context.short_context is 'The state, or its beginning where it is long.';
comment on column crowdlab.batch_step_execution_context.serialized_context is 'The whole state where it does not fit short_context, else NULL.';

comment on table crowdlab.batch_job_execution_context is 'Spring Batch: the saved state of each job execution.';
comment on column crowdlab.batch_job_execution_context.job_execution_id is 'The job execution the state belongs to.';
comment on column crowdlab.batch_job_execution_context.short_context is 'The state, or its beginning where it is long.';
comment on column crowdlab.batch_job_execution_context.serialized_context is 'The whole state where it does not fit short_context, else NULL.';

comment on sequence crowdlab.batch_step_execution_seq is 'Spring Batch: numbers of step executions.';
comment on sequence crowdlab.batch_job_execution_seq is 'Spring Batch: numbers of job executions.';
comment on sequence crowdlab.batch_job_instance_seq is 'Spring Batch: numbers of job instances.';
