-- Purpose: the audit chain. Closing a run fills its hash, and from then on the run and what it recorded stand still.
--          The triggers of the plain result tables fire once per statement, so that a COPY of many rows pays once.
-- Locks:   exclusive on each table that gets a trigger, for milliseconds; they are new and empty, so nobody waits.
-- Time:    well under a second.

-- The text that is hashed is a JSON array of the columns in the order below, which no two different rows share. A column that
-- a later migration adds to run must leave the hashes of older rows as they are.
create function crowdlab.run_hash(r crowdlab.run) returns text
language sql
stable
set search_path = ''
set timezone = 'UTC'
set datestyle = 'ISO'
set extra_float_digits = 1
as $$
    select encode(sha256(convert_to(jsonb_build_array(
        (r).previous_hash,
        (r).run_id,
        (r).dataset,
        (r).as_of,
        (r).status,
        (r).started_at,
        (r).finished_at,
        (r).job_execution_id,
        (r).software_version,
        (r).settings,
        (r).input_digest,
        (r).output_digest,
        (r).num_examples,
        (r).num_annotations,
        (r).num_annotators,
        (r).num_classes,
        (r).num_unlabeled,
        (r).num_collapsed,
        (r).num_rejected,
        (r).consensus_likelihood)::text, 'UTF8')), 'hex')
$$;

comment on function crowdlab.run_hash(crowdlab.run) is 'SHA-256, in lower-case hexadecimal, over previous_hash and every other column of a run but hash. The same in every session, whatever its time zone and formats.';

-- A run is inserted RUNNING, may be changed or deleted while it is, and is closed once. The run closed last before it is the one
-- that no other run follows: closing order, not run_id, makes the chain, because run_id is drawn before the run has its lock.
create function crowdlab.guard_run() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'RUNNING' then
            raise restrict_violation using message = format(
                'Run %s of dataset %s cannot be inserted as %s; insert it as RUNNING and close it with an update.',
                new.run_id, new.dataset, new.status);
        end if;
    elsif old.status <> 'RUNNING' then
        raise restrict_violation using message = format(
            'Run %s of dataset %s is closed (%s) and can no longer be changed or deleted; start a new run instead.',
            old.run_id, old.dataset, old.status);
    elsif tg_op = 'DELETE' then
        if exists (select from crowdlab.label_change c where c.run_id = old.run_id)
            or exists (select from crowdlab.annotator_confusion c where c.run_id = old.run_id)
            or exists (select from crowdlab.rejected_row j where j.run_id = old.run_id) then
            raise foreign_key_violation using message = format(
                'Run %s of dataset %s still has rows in crowdlab.label_change, annotator_confusion or rejected_row; '
                'delete those first.', old.run_id, old.dataset);
        end if;
        return old;
    elsif new.run_id <> old.run_id or new.dataset <> old.dataset then
        raise restrict_violation using message = format(
            'Run %s of dataset %s cannot change its number or dataset; start a new run instead.',
            old.run_id, old.dataset);
    end if;

    if new.status = 'RUNNING' then
        new.previous_hash := null;
        new.hash := null;
    else
        new.previous_hash := (
            select last.hash
            from crowdlab.run last
            where last.dataset = new.dataset
                and last.hash is not null
                and not exists (
                    select from crowdlab.run next
                    where next.dataset = last.dataset
                        and next.previous_hash = last.hash
                        and next.hash is not null)
            -- One row, unless somebody tampered with the chain; verify will say so.
            order by last.run_id desc
            limit 1);
        new.hash := crowdlab.run_hash(new);
    end if;
    return new;
end
$$;

comment on function crowdlab.guard_run() is 'Trigger of crowdlab.run: fills previous_hash and hash when a run is closed, and refuses changes afterwards.';

create trigger guard_run
    before insert or update or delete on crowdlab.run
    for each row execute function crowdlab.guard_run();

-- "touched" is the transition table of the rows that a statement wrote, changed or deleted. The share lock makes the check hold until
-- the end of the transaction: nobody can close the run in between.
create function crowdlab.refuse_closed_run() returns trigger
language plpgsql
set search_path = ''
as $$
declare
    run_ids bigint[] := array(select distinct t.run_id from touched t);
    found_ids bigint[] := '{}';
    touched_run record;
begin
    for touched_run in
        select r.run_id, r.dataset, r.status
        from crowdlab.run r
        where r.run_id = any (run_ids)
        order by r.run_id
        for share
    loop
        if touched_run.status <> 'RUNNING' then
            raise restrict_violation using message = format(
                'Run %s of dataset %s is closed (%s), so that %s of its rows in crowdlab.%s is refused; start a new run instead.',
                touched_run.run_id, touched_run.dataset, touched_run.status, lower(tg_op), tg_table_name);
        end if;
        found_ids := found_ids || touched_run.run_id;
    end loop;
    if tg_op <> 'DELETE' and cardinality(found_ids) < cardinality(run_ids) then
        raise foreign_key_violation using message = format(
            'Rows for crowdlab.%s name run %s, which is not in crowdlab.run; insert the run first.',
            tg_table_name, (select min(u.run_id) from unnest(run_ids) u (run_id) where u.run_id <> all (found_ids)));
    end if;
    return null;
end
$$;

comment on function crowdlab.refuse_closed_run() is 'Statement trigger of the plain result tables: refuses writes to the rows of a closed run, and rows of a run that does not exist.';

create function crowdlab.refuse_truncate() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    raise restrict_violation using message = format(
        'Table crowdlab.%s cannot be truncated, because it holds the record of closed runs; '
        'delete the rows of a run by its run_id, or let the purge command do it.', tg_table_name);
end
$$;

comment on function crowdlab.refuse_truncate() is 'Statement trigger: refuses truncate on the tables that hold the record of closed runs.';

create function crowdlab.guard_run_table() returns trigger
language plpgsql
set search_path = ''
as $$
declare
    closed_as text := (
        select r.status from crowdlab.run r
        where r.run_id = old.run_id and r.status <> 'RUNNING');
begin
    if closed_as is not null
        and not (old.removed_at is null
            and (new.run_id, new.table_name, new.row_count, new.digest) = (old.run_id, old.table_name, old.row_count, old.digest)) then
        raise restrict_violation using message = format(
            'Run %s is closed (%s), so that its row for table %s in crowdlab.run_table can only have removed_at set, once; '
            'start a new run instead.', old.run_id, closed_as, old.table_name);
    end if;
    return new;
end
$$;

comment on function crowdlab.guard_run_table() is 'Trigger of crowdlab.run_table: after the run is closed only removed_at may be set, once.';

create trigger guard_run_table
    before update on crowdlab.run_table
    for each row execute function crowdlab.guard_run_table();

create trigger refuse_insert after insert on crowdlab.run_table
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_table
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.run_check
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_check
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_check
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_check
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.run_model
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_model
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_model
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_model
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.annotator_stats
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.annotator_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.annotator_stats
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.annotator_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.label_change
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.label_change
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.label_change
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.label_change
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

-- Retention deletes the rows of old runs from the next two, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.annotator_confusion
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.annotator_confusion
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.annotator_confusion
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.rejected_row
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.rejected_row
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.rejected_row
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_truncate before truncate on crowdlab.run
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.run_table
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.run_check
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.run_model
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.annotator_stats
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.annotator_confusion
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.label_change
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.rejected_row
    for each statement execute function crowdlab.refuse_truncate();
