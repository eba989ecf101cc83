-- Purpose: the planner's statistics of work_list brought up to date by the run that writes it. Until autovacuum had seen the new
--          rows, reading all of review_queue or label_next took up to half a minute.
-- Locks:   none.
-- Time:    milliseconds.

set local search_path = pg_catalog, pg_temp;

-- Takes the owner's right. A lock that somebody else holds is not waited for: autovacuum will do it then.
create function crowdlab.analyze_work_list(new_rows bigint) returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if (select reltuples < 10 * new_rows from pg_catalog.pg_class where oid = 'crowdlab.work_list'::pg_catalog.regclass) then
        analyze (skip_locked) crowdlab.work_list;
    end if;
end
$$;

comment on function crowdlab.analyze_work_list(bigint) is 'Brings the planner''s statistics of work_list up to date, as its owner may, if rows that were just written are a tenth of the table or more; a run calls it before it is published.';
