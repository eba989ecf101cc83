-- Purpose: how many rows a run refused, by source and reason. rejected_row holds at most crowdlab.retention.rejected-rows of each,
--          so that one misspelt label, which may refuse every row of a large dataset, leaves neither millions of rows nor dead ones.
-- Locks:   share row exclusive on run while the foreign key is made, for milliseconds; it waits for a run that is being closed.
-- Time:    well under a second; no row is read.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.rejected_count (
    run_id   bigint                      not null,
    source   text collate pg_catalog."C" not null,
    reason   text collate pg_catalog."C" not null,
    num_rows bigint                      not null,
    constraint rejected_count_pkey primary key (run_id, source, reason),
    constraint rejected_count_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint rejected_count_source_check check (source in ('annotation', 'prediction')),
    constraint rejected_count_num_rows_check check (num_rows > 0)
);

comment on table crowdlab.rejected_count is 'One row per run, source and reason for which rows were refused, with their complete number. Kept for ever.';
comment on column crowdlab.rejected_count.run_id is 'The run.';
comment on column crowdlab.rejected_count.source is 'Where the rows came from: annotation or prediction.';
comment on column crowdlab.rejected_count.reason is 'Code of the first rule the rows broke, as in rejected_row.';
comment on column crowdlab.rejected_count.num_rows is 'Number of rows refused, those that rejected_row does not hold included.';

comment on table crowdlab.rejected_row is 'One row per run and input row that could not be used, with the reason: of each source and reason the first crowdlab.retention.rejected-rows by content. Kept as long as the run''s partitions; rejected_count has the complete numbers.';
comment on column crowdlab.run.num_rejected is 'Number of rows refused, counted by reason in rejected_count; NULL until known.';

create trigger refuse_insert after insert on crowdlab.rejected_count
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.rejected_count
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.rejected_count
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.rejected_count
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.rejected_count
    for each statement execute function crowdlab.refuse_truncate();
