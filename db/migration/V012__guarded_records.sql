-- Purpose: records that nobody words for themselves. run_table.columns names the columns that a digest covers, so that a column
--          which a table gains later leaves the digests of former runs valid; it is part of output_digest where it is known.
--          run.started_by, purge_log.purged_by and purged_at are set by the server. View crowdlab_bi.run_history loses
--          settings, whose queries are for auditors, who read crowdlab.run. All functions name their search path alike.
-- Locks:   exclusive on crowdlab.run, run_table, purge_log and crowdlab_bi.run_history, for milliseconds.
-- Time:    well under a second; a column without default rewrites nothing.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.run_table
    add column columns text[],
    add constraint run_table_columns_check check (cardinality(columns) > 0 and array_position(columns, null) is null);

comment on column crowdlab.run_table.columns is 'The columns that the digest covers, in its order; NULL for runs of versions that did not record them. In output_digest of the run.';

create or replace function crowdlab.guard_run_table() returns trigger
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
            and (new.run_id, new.table_name, new.row_count, new.digest) = (old.run_id, old.table_name, old.row_count, old.digest)
            and new.columns is not distinct from old.columns) then
        raise restrict_violation using message = format(
            'Run %s is closed (%s), so that its row for table %s in crowdlab.run_table can only have removed_at set, once; '
            'start a new run instead.', old.run_id, closed_as, old.table_name);
    end if;
    return new;
end
$$;

alter function crowdlab.run_hash(crowdlab.run) set search_path = pg_catalog, pg_temp;
alter function crowdlab.guard_run() set search_path = pg_catalog, pg_temp;
alter function crowdlab.refuse_closed_run() set search_path = pg_catalog, pg_temp;
alter function crowdlab.refuse_truncate() set search_path = pg_catalog, pg_temp;

-- What the client says is taken for the name of the operating system's user, which only the client knows.
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

-- Fires before guard_run, by its name, so that the hash is made of what is stored.
create trigger fill_started_by
    before insert or update on crowdlab.run
    for each row execute function crowdlab.fill_started_by();

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

create trigger fill_purge_log
    before insert on crowdlab.purge_log
    for each row execute function crowdlab.fill_purge_log();

-- A column cannot be taken out of a view, so the view is made anew, with its comments, and the rights that others were given.
do $$
declare
    history regclass := 'crowdlab_bi.run_history'::regclass;
    definition text := replace(pg_get_viewdef(history), ' r.settings,', '');
    statements text[] := array(
        select format('comment on view crowdlab_bi.run_history is %L', obj_description(history, 'pg_class'))
        union all
        select format('comment on column crowdlab_bi.run_history.%I is %L', attname, col_description(history, attnum))
        from pg_attribute
        where attrelid = history and attnum > 0 and attname <> 'settings'
        union all
        select format('grant %s on crowdlab_bi.run_history to %s', r.privilege_type,
            case r.grantee when 0 then 'public' else r.grantee::regrole::text end)
        from pg_class c
        cross join aclexplode(c.relacl) r
        where c.oid = history and r.grantee <> c.relowner);
    statement text;
begin
    drop view crowdlab_bi.run_history;
    execute 'create view crowdlab_bi.run_history as ' || definition;
    foreach statement in array statements loop
        execute statement;
    end loop;
end
$$;
