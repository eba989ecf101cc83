-- Purpose: rights of the nightly job where it runs as a role of its own, crowdlab_writer. Does nothing unless that role exists
--          and the migrating user is a member of it; then everything belongs to the migrating user, who needs no more than
--          CREATE on the database. May be run again by hand after the role was created later.
-- Locks:   exclusive on the four partitioned tables, for milliseconds.
-- Time:    well under a second.

do $$
begin
    if not exists (
        select from pg_catalog.pg_roles
        where rolname = 'crowdlab_writer' and pg_catalog.pg_has_role(current_user, oid, 'usage')) then
        return;
    end if;

    -- To own a table a role must be able to create in its schema, which the writer needs anyway for the tables of a run.
    grant create, usage on schema crowdlab to crowdlab_writer;

    -- Attaching and detaching partitions takes the owner.
    alter table crowdlab.label_quality owner to crowdlab_writer;
    alter table crowdlab.alternative_consensus owner to crowdlab_writer;
    alter table crowdlab.detailed_label_quality owner to crowdlab_writer;
    alter table crowdlab.active_learning_score owner to crowdlab_writer;
    -- The views read with the rights of their owner.
    grant select on crowdlab.label_quality, crowdlab.alternative_consensus, crowdlab.detailed_label_quality,
        crowdlab.active_learning_score to current_user;

    grant select, insert, update, delete on crowdlab.batch_job_instance, crowdlab.batch_job_execution,
        crowdlab.batch_job_execution_params, crowdlab.batch_job_execution_context, crowdlab.batch_step_execution,
        crowdlab.batch_step_execution_context to crowdlab_writer;
    grant usage, select on crowdlab.batch_job_instance_seq, crowdlab.batch_job_execution_seq, crowdlab.batch_step_execution_seq,
        crowdlab.run_id_seq to crowdlab_writer;

    grant select, insert, delete on crowdlab.annotation, crowdlab.prediction to crowdlab_writer;
    grant select, insert, update, delete on crowdlab.run, crowdlab.run_table, crowdlab.run_check, crowdlab.run_model,
        crowdlab.annotator_stats, crowdlab.annotator_confusion, crowdlab.label_change, crowdlab.rejected_row to crowdlab_writer;
    grant select, insert, update on crowdlab.published_run to crowdlab_writer;
    grant select, insert on crowdlab.purge_log to crowdlab_writer;

    grant usage on schema crowdlab_bi to crowdlab_writer;
    grant select on all tables in schema crowdlab_bi to crowdlab_writer;

    -- Whether migrations are pending; absent only where the files are run by hand.
    if to_regclass('crowdlab.flyway_schema_history') is not null then
        grant select on crowdlab.flyway_schema_history to crowdlab_writer;
    end if;
end
$$;
