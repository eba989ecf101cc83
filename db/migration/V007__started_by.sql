-- Purpose: who started a run. Closed runs stay as they are, with NULL, and so do their hashes: the hash takes started_by in only
--          where it is known.
-- Locks:   exclusive on crowdlab.run, for milliseconds.
-- Time:    well under a second; a column without default rewrites nothing.

alter table crowdlab.run add column started_by text;

comment on column crowdlab.run.started_by is 'Who started the run: the database user and the client''s address as the server knows them, and the operating system''s user as the program tells it; NULL for runs of versions that did not record it.';

-- An array of 20 elements is never equal to one of 21, so that no run without started_by has the hash of one that has it.
create or replace function crowdlab.run_hash(r crowdlab.run) returns text
language sql
stable
set search_path = ''
set timezone = 'UTC'
set datestyle = 'ISO'
set extra_float_digits = 1
as $$
    select encode(sha256(convert_to((jsonb_build_array(
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
        (r).consensus_likelihood)
        || case when (r).started_by is null then '[]' else jsonb_build_array((r).started_by) end)::text, 'UTF8')), 'hex')
$$;
