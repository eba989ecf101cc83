-- Purpose: removing a dataset altogether, as the command drop does, with a record of the hashes that went with it; and a built-in
--          table of labels that are known to be right, which load fills.
-- Locks:   exclusive on forget_log for milliseconds; the rest are new objects and functions.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

-- Removing a dataset

alter table crowdlab.forget_log
    drop constraint forget_log_what_check,
    alter column pseudonym drop not null,
    add constraint forget_log_what_check check (what in ('annotator', 'example', 'dataset')),
    add constraint forget_log_pseudonym_check check ((pseudonym is null) = (what = 'dataset')),
    add constraint forget_log_dataset_check check (what <> 'dataset' or dataset is not null);

comment on table crowdlab.forget_log is 'One row per annotator or example whose id was replaced by a pseudonym everywhere, and per dataset that was dropped. The id itself is not in it. Never changed, kept forever.';
comment on column crowdlab.forget_log.what is 'Whose id was replaced: annotator or example; or dataset: it was dropped.';
comment on column crowdlab.forget_log.pseudonym is 'What stands in the place of the id: random, and so no key to it; NULL if a dataset was dropped.';
comment on column crowdlab.forget_log.dataset is 'The only dataset in which the id was replaced; NULL: in all. Or the dataset that was dropped.';
comment on column crowdlab.forget_log.rows is 'Number of rows changed or removed.';
comment on column crowdlab.forget_log.digests is 'Array of {run_id, table_name, old, new}: of a table of a run the digest before and after; of table run the hash of the run''s row before and after. If a dataset was dropped: the hash of each of its rows in run and publication_log, with new as null.';

comment on function crowdlab.is_forgetting() is 'Whether the owner of crowdlab.forget_log is replacing an id or removing a dataset in this transaction. The setting alone, which anybody can set, is not enough.';

create or replace function crowdlab.refuse_closed_run() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    run_ids bigint[] := array(select distinct t.run_id from touched t);
    found_ids bigint[] := '{}';
    touched_run record;
begin
    if tg_op = 'DELETE' and crowdlab.is_forgetting() then
        return null;
    end if;
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

comment on function crowdlab.refuse_closed_run() is 'Statement trigger of the plain result tables: refuses writes to the rows of a closed run, except where its dataset is being dropped, and rows of a run that does not exist.';

create or replace function crowdlab.refuse_unless_removed() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    run_ids bigint[] := array(select distinct t.run_id from touched t);
    touched_run record;
begin
    if crowdlab.is_forgetting() then
        return null;
    end if;
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

comment on function crowdlab.refuse_unless_removed() is 'Statement trigger of annotator_stats and label_change: refuses deletes of a closed run''s rows, unless run_table.removed_at is set for them and the run is not current, or its dataset is being dropped.';

create or replace function crowdlab.refuse_log_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' and tg_relid = 'crowdlab.publication_log'::regclass and crowdlab.is_forgetting() then
        return null;
    end if;
    raise restrict_violation using message = format(
        'Rows of crowdlab.%s are written once and never changed or removed, so that %s is refused.',
        tg_table_name, lower(tg_op));
end
$$;

comment on function crowdlab.refuse_log_change() is 'Statement trigger of the logs: refuses updates, deletes and truncate, except that publication_log loses the rows of a dataset that is dropped.';

-- Gold

create table crowdlab.gold (
    dataset    text collate pg_catalog."C" not null,
    example_id text collate pg_catalog."C",
    label      text collate pg_catalog."C"
);

comment on table crowdlab.gold is 'Input: one row per example whose right label is known. Read for a dataset of the built-in tables that has no gold-query. Nothing is checked on arrival; rows that a run cannot use go to crowdlab.rejected_row.';
comment on column crowdlab.gold.dataset is 'Name of the dataset, as in crowdlab.annotation.';
comment on column crowdlab.gold.example_id is 'The example; at most 1,000 bytes.';
comment on column crowdlab.gold.label is 'Its right label; at most 250 bytes.';

create index gold_dataset on crowdlab.gold using brin (dataset) with (pages_per_range = 32, autosummarize = on);

create or replace function crowdlab.analyze_input() returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
    select pg_catalog.brin_summarize_new_values('crowdlab.annotation_dataset'::pg_catalog.regclass);
    select pg_catalog.brin_summarize_new_values('crowdlab.prediction_dataset'::pg_catalog.regclass);
    select pg_catalog.brin_summarize_new_values('crowdlab.gold_dataset'::pg_catalog.regclass);
    analyze crowdlab.annotation, crowdlab.prediction, crowdlab.gold;
$$;
