-- Purpose: for tests: a later migration that must wait for everybody who uses run_table.
-- Locks:   exclusive on run_table.
-- Time:    milliseconds.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.run_table add column later text;
