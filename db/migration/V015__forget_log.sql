-- Purpose: forget_log, one row per person or example that was forgotten: under which pseudonym, by whom, and which digests took the
--          place of those that runs recorded, so that the rest can still be verified. While the owner of the log forgets, and
--          says so with the setting crowdlab.forgetting in its transaction, the triggers that keep closed runs as they are
--          let updates pass; nobody else can make them.
-- Locks:   exclusive on the plain tables of results and on crowdlab.run, for milliseconds, against those who write.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.forget_log (
    forget_id     bigint           not null generated always as identity,
    what          text             not null,
    pseudonym     text collate "C" not null,
    dataset       text collate "C",
    rows          bigint           not null,
    digests       jsonb            not null,
    forgotten_at  timestamptz      not null,
    forgotten_by  text             not null,
    previous_hash text,
    hash          text             not null,
    constraint forget_log_pkey primary key (forget_id),
    constraint forget_log_what_check check (what in ('annotator', 'example')),
    constraint forget_log_rows_check check (rows >= 0),
    constraint forget_log_chain_key unique nulls not distinct (previous_hash)
);

comment on table crowdlab.forget_log is 'One row per annotator or example whose id was replaced by a pseudonym everywhere. The id itself is not in it. Never changed, kept for ever.';
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

comment on function crowdlab.forget_hash(crowdlab.forget_log) is 'SHA-256, in lower-case hexadecimal, over previous_hash and every other column of a row but hash. The same in every session.';

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

create trigger fill_forget_log
    before insert on crowdlab.forget_log
    for each row execute function crowdlab.fill_forget_log();

create trigger refuse_change before update or delete or truncate on crowdlab.forget_log
    for each statement execute function crowdlab.refuse_log_change();

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

comment on function crowdlab.is_forgetting() is 'Whether the owner of crowdlab.forget_log is replacing an id in this transaction. The setting alone, which anybody can make, is not enough.';

-- The triggers that refuse updates of closed runs, made anew with one condition more.
do $$
declare
    guard record;
begin
    for guard in
        select t.tgname as name, t.tgrelid::regclass as relation, pg_get_triggerdef(t.oid) as definition
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid and c.relnamespace = 'crowdlab'::regnamespace
        where (c.relname, t.tgname) in (
            ('run', 'guard_run'),
            ('run_check', 'refuse_update_from'), ('run_check', 'refuse_update_to'),
            ('annotator_stats', 'refuse_update_from'), ('annotator_stats', 'refuse_update_to'),
            ('annotator_confusion', 'refuse_update_from'), ('annotator_confusion', 'refuse_update_to'),
            ('label_change', 'refuse_update_from'), ('label_change', 'refuse_update_to'),
            ('rejected_row', 'refuse_update_from'), ('rejected_row', 'refuse_update_to'))
    loop
        execute format('drop trigger %I on %s', guard.name, guard.relation);
        execute replace(guard.definition, ' EXECUTE FUNCTION ', ' WHEN (not crowdlab.is_forgetting()) EXECUTE FUNCTION ');
    end loop;
end
$$;
