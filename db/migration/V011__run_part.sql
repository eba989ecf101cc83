-- Purpose: the record of the parts in which a run on a cluster writes its large tables, so that a part is written once.
-- Locks:   none on what is there, but for the foreign key: share row exclusive on run, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.run_part (
    run_id     bigint                      not null,
    table_name text collate pg_catalog."C" not null,
    part       integer                     not null,
    row_count  bigint                      not null,
    constraint run_part_pkey primary key (run_id, table_name, part),
    constraint run_part_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_part_part_check check (part >= 0),
    constraint run_part_row_count_check check (row_count >= 0)
);

comment on table crowdlab.run_part is 'One row per part of a large table that a run on a cluster has written, in the transaction of its rows. Removed when the run ends.';
comment on column crowdlab.run_part.run_id is 'The run.';
comment on column crowdlab.run_part.table_name is 'Name of the result table in schema crowdlab, without the schema and the run number.';
comment on column crowdlab.run_part.part is 'Number of the part, from 0 on.';
comment on column crowdlab.run_part.row_count is 'Number of rows of the part.';
