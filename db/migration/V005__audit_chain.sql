-- Purpose: the audit chain. Closing a run fills its hash, and from then on the run and what it recorded stand still; who and when
--          is recorded by the server, and every change of what dashboards show is logged. Retention may remove what run_table
--          marks as removed, and the owner of forget_log may replace an id. The triggers of the plain result tables fire once
--          per statement, so that a COPY of many rows pays once.
-- Locks:   exclusive on each table that gets a trigger, for milliseconds; they are new and empty, so nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

-- Hashes

-- The text that is hashed is a JSON array of the columns in the order below, which no two different rows share. A column that
-- a later migration adds to run must leave the hashes of older rows as they are.
create function crowdlab.run_hash(r crowdlab.run) returns text
language sql
stable
set search_path = pg_catalog, pg_temp
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
        (r).started_by,
        (r).finished_at,
        (r).became_current,
        (r).job_execution_id,
        (r).software_version,
        (r).results_version,
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

comment on function crowdlab.run_hash(crowdlab.run) is 'SHA-256, in lowercase hexadecimal, over previous_hash and every other column of a run but hash. The same in every session, whatever its time zone and formats.';

create function crowdlab.publication_hash(p crowdlab.publication_log) returns text
language sql
stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO'
as $$
    select encode(sha256(convert_to(jsonb_build_array(
        (p).previous_hash,
        (p).publication_id,
        (p).dataset,
        (p).run_id,
        (p).previous_run_id,
        (p).changed_at,
        (p).changed_by)::text, 'UTF8')), 'hex')
$$;

comment on function crowdlab.publication_hash(crowdlab.publication_log) is 'SHA-256, in lowercase hexadecimal, over previous_hash and every other column of a change but hash. The same in every session.';

create function crowdlab.forget_hash(f crowdlab.forget_log) returns text
language sql
stable
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO'
as $$
    select encode(sha256(convert_to(jsonb_build_array(
        (f).previous_hash,
        (f).forget_id,
        (f).what,
        (f).pseudonym,
        (f).dataset,
        (f).rows,
        (f).digests,
        (f).forgotten_at,
        (f).forgotten_by)::text, 'UTF8')), 'hex')
$$;

comment on function crowdlab.forget_hash(crowdlab.forget_log) is 'SHA-256, in lowercase hexadecimal, over previous_hash and every other column of a row but hash. The same in every session.';

-- Functions of triggers

create function crowdlab.is_forgetting() returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(current_setting('crowdlab.forgetting', true), '') = 'on' and exists (
        select from pg_class c
        join pg_roles r on r.oid = c.relowner and r.rolname = current_user
        where c.oid = 'crowdlab.forget_log'::regclass)
$$;

comment on function crowdlab.is_forgetting() is 'Whether the owner of crowdlab.forget_log is replacing an id in this transaction. The setting alone, which anybody can set, is not enough.';

-- What the client gives is taken for the name of the operating system's user, which only the client knows.
create function crowdlab.fill_started_by() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        new.started_by := concat_ws(', ', session_user || coalesce('@' || host(inet_client_addr()), ''),
            'system user ' || left(new.started_by, 200));
    else
        new.started_by := old.started_by;
    end if;
    return new;
end
$$;

comment on function crowdlab.fill_started_by() is 'Trigger of crowdlab.run: records who started a run, as the server knows it; what the client gives is recorded as the name of the operating system''s user.';

-- A run is inserted RUNNING, may be changed or deleted while it is, and is closed once. The run closed last before it is the one
-- that no other run follows: closing order, not run_id, makes the chain, because run_id is drawn before the run has its lock.
create function crowdlab.guard_run() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
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

create function crowdlab.guard_run_table() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    closed_as text := (
        select r.status from crowdlab.run r
        where r.run_id = old.run_id and r.status <> 'RUNNING');
begin
    if closed_as is not null
        and not (old.removed_at is null
            and (new.run_id, new.table_name, new.row_count, new.digest, new.columns)
                = (old.run_id, old.table_name, old.row_count, old.digest, old.columns)) then
        raise restrict_violation using message = format(
            'Run %s is closed (%s), so that its row for table %s in crowdlab.run_table can only have removed_at set, once; '
            'start a new run instead.', old.run_id, closed_as, old.table_name);
    end if;
    return new;
end
$$;

comment on function crowdlab.guard_run_table() is 'Trigger of crowdlab.run_table: after the run is closed only removed_at may be set, once.';

-- "touched" is the transition table of the rows that a statement wrote, changed or deleted. The share lock makes the check hold until
-- the end of the transaction: nobody can close the run in between.
create function crowdlab.refuse_closed_run() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
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

-- As refuse_closed_run() does, it locks the runs, so that none can be closed until the end of the transaction.
create function crowdlab.refuse_unless_removed() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    run_ids bigint[] := array(select distinct t.run_id from touched t);
    touched_run record;
begin
    for touched_run in
        select r.run_id, r.dataset, r.status
        from crowdlab.run r
        where r.run_id = any (run_ids)
        order by r.run_id
        for share
    loop
        if touched_run.status <> 'RUNNING' and (
            exists (select from crowdlab.published_run p where p.run_id = touched_run.run_id)
            or not exists (
                select from crowdlab.run_table t
                where t.run_id = touched_run.run_id and t.table_name = tg_table_name and t.removed_at is not null)) then
            raise restrict_violation using message = format(
                'Run %s of dataset %s is closed (%s), so that %s of its rows in crowdlab.%s is refused; '
                'let the purge command remove old ones, as crowdlab.retention.history says.',
                touched_run.run_id, touched_run.dataset, touched_run.status, lower(tg_op), tg_table_name);
        end if;
    end loop;
    return null;
end
$$;

comment on function crowdlab.refuse_unless_removed() is 'Statement trigger of annotator_stats and label_change: refuses deletes of a closed run''s rows, unless run_table.removed_at is set for them and the run is not current.';

create function crowdlab.refuse_truncate() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    raise restrict_violation using message = format(
        'Table crowdlab.%s cannot be truncated, because it holds the record of closed runs; '
        'delete the rows of a run by its run_id, or let the purge command do it.', tg_table_name);
end
$$;

comment on function crowdlab.refuse_truncate() is 'Statement trigger: refuses truncate on the tables that hold the record of closed runs.';

create function crowdlab.refuse_log_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    raise restrict_violation using message = format(
        'Rows of crowdlab.%s are written once and never changed or removed, so that %s is refused.',
        tg_table_name, lower(tg_op));
end
$$;

comment on function crowdlab.refuse_log_change() is 'Statement trigger of the logs: refuses updates, deletes and truncate.';

create function crowdlab.fill_purge_log() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.purged_by := session_user;
    new.purged_at := now();
    return new;
end
$$;

comment on function crowdlab.fill_purge_log() is 'Trigger of crowdlab.purge_log: records who removed something and when, as the server knows it.';

-- The server says who and when. Two changes of a dataset at the same time wait for each other at published_run's key, or fail at
-- the chain's.
create function crowdlab.fill_publication() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.changed_at := clock_timestamp();
    new.changed_by := session_user;
    new.previous_hash := (
        select p.hash
        from crowdlab.publication_log p
        where p.dataset = new.dataset
        order by p.publication_id desc
        limit 1);
    new.hash := crowdlab.publication_hash(new);
    return new;
end
$$;

comment on function crowdlab.fill_publication() is 'Trigger of crowdlab.publication_log: fills who, when, previous_hash and hash.';

create function crowdlab.fill_forget_log() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.forgotten_at := clock_timestamp();
    new.forgotten_by := session_user;
    new.previous_hash := (select f.hash from crowdlab.forget_log f order by f.forget_id desc limit 1);
    new.hash := crowdlab.forget_hash(new);
    return new;
end
$$;

comment on function crowdlab.fill_forget_log() is 'Trigger of crowdlab.forget_log: fills who, when, previous_hash and hash.';

-- With the rights of the log's owner, since nobody else may write to it. It serves one table: on another it would log what is
-- not so.
create function crowdlab.log_publication() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_relid <> 'crowdlab.published_run'::regclass then
        raise insufficient_privilege using message =
            'Function crowdlab.log_publication() serves crowdlab.published_run and no other table.';
    end if;
    if tg_op = 'TRUNCATE' then
        insert into crowdlab.publication_log (dataset, previous_run_id, changed_at, changed_by, hash)
        select p.dataset, p.run_id, clock_timestamp(), session_user, ''
        from crowdlab.published_run p
        order by p.dataset;
        return null;
    end if;
    if tg_op = 'DELETE' or tg_op = 'UPDATE' and old.dataset <> new.dataset then
        insert into crowdlab.publication_log (dataset, previous_run_id, changed_at, changed_by, hash)
        values (old.dataset, old.run_id, clock_timestamp(), session_user, '');
    end if;
    if tg_op <> 'DELETE' then
        insert into crowdlab.publication_log (dataset, run_id, previous_run_id, changed_at, changed_by, hash)
        values (new.dataset, new.run_id,
            case when tg_op = 'UPDATE' and old.dataset = new.dataset then old.run_id end,
            clock_timestamp(), session_user, '');
    end if;
    return null;
end
$$;

comment on function crowdlab.log_publication() is 'Trigger of crowdlab.published_run: writes every change to crowdlab.publication_log.';

revoke execute on function crowdlab.log_publication() from public;

-- Triggers

-- Fires before guard_run, by its name, so that the hash is made of what is stored.
create trigger fill_started_by
    before insert or update on crowdlab.run
    for each row execute function crowdlab.fill_started_by();
create trigger guard_run
    before insert or update or delete on crowdlab.run
    for each row when (not crowdlab.is_forgetting()) execute function crowdlab.guard_run();

create trigger guard_run_table
    before update on crowdlab.run_table
    for each row execute function crowdlab.guard_run_table();
create trigger refuse_insert after insert on crowdlab.run_table
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_table
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger log_publication
    after insert or update or delete on crowdlab.published_run
    for each row execute function crowdlab.log_publication();
create trigger log_publication_of_truncate
    before truncate on crowdlab.published_run
    for each statement execute function crowdlab.log_publication();

create trigger fill_publication
    before insert on crowdlab.publication_log
    for each row execute function crowdlab.fill_publication();
create trigger refuse_change before update or delete or truncate on crowdlab.publication_log
    for each statement execute function crowdlab.refuse_log_change();

create trigger fill_forget_log
    before insert on crowdlab.forget_log
    for each row execute function crowdlab.fill_forget_log();
create trigger refuse_change before update or delete or truncate on crowdlab.forget_log
    for each statement execute function crowdlab.refuse_log_change();

create trigger fill_purge_log
    before insert on crowdlab.purge_log
    for each row execute function crowdlab.fill_purge_log();

create trigger refuse_insert after insert on crowdlab.run_model
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_model
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_model
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_model
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.run_check
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_check
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_check
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_check
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.rejected_count
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.rejected_count
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.rejected_count
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.rejected_count
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.annotator_stats
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.annotator_stats
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.annotator_stats
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.annotator_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_unless_removed();

create trigger refuse_insert after insert on crowdlab.label_change
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.label_change
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.label_change
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.label_change
    referencing old table as touched for each statement execute function crowdlab.refuse_unless_removed();

-- Retention deletes the rows of old runs from the next two, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.annotator_confusion
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.annotator_confusion
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.annotator_confusion
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.rejected_row
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.rejected_row
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.rejected_row
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();

create trigger refuse_truncate before truncate on crowdlab.run
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.run_table
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.run_model
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.run_check
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.rejected_count
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.annotator_stats
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.label_change
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.annotator_confusion
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.rejected_row
    for each statement execute function crowdlab.refuse_truncate();
