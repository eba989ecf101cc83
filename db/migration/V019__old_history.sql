-- Purpose: retention of history. Rows of annotator_stats and label_change, of which nothing could be deleted once their run was
--          closed, may go when run_table says that they are removed, and only if the run is not current. Nothing else changes:
--          no insert, no update, no truncate, and no delete of rows that are not marked.
-- Locks:   share row exclusive on annotator_stats and label_change, for milliseconds, against those who write; readers go on.
-- Time:    well under a second; no row is read.

set local search_path = pg_catalog, pg_temp;

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

create or replace trigger refuse_delete after delete on crowdlab.annotator_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_unless_removed();
create or replace trigger refuse_delete after delete on crowdlab.label_change
    referencing old table as touched for each statement execute function crowdlab.refuse_unless_removed();

comment on table crowdlab.annotator_stats is 'One row per run and annotator: how good the annotator''s labels are. Kept for ever, or as long as crowdlab.retention.history says; of a refused run as long as its partitions.';
comment on table crowdlab.label_change is 'One row per run and example whose consensus label differs from that of the run published before; none for the first run of a dataset. Kept for ever, or as long as crowdlab.retention.history says; of a refused run as long as its partitions.';
comment on column crowdlab.purge_log.what is 'What was removed: tables of an old run, history of old runs, or Spring Batch metadata.';
comment on view crowdlab_bi.annotator_quality_history is 'One row per dataset, run that was ever published and whose history is kept, and annotator, in the order of as_of: how the quality of each annotator developed.';
comment on view crowdlab_bi.label_changes is 'One row per dataset, published run whose history is kept, and example whose consensus label the run changed, by run.';
