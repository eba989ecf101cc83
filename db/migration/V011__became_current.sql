-- Purpose: whether a run was shown by the dashboards when it was closed, which PUBLISHED alone does not say, and the version of
--          the results that it made, by which a later run knows whether it would make the same. Both are in the hash. Closed
--          runs stay as they are, with NULL in both, and so do their hashes.
--          View crowdlab_bi.run_history is replaced: it gains both columns at its end.
-- Locks:   exclusive on crowdlab.run and crowdlab_bi.run_history, for milliseconds.
-- Time:    well under a second; columns without default rewrite nothing, and the check reads crowdlab.run once.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.run
    add column became_current boolean,
    add column results_version integer,
    add constraint run_became_current_check check (became_current is not true or status = 'PUBLISHED'),
    add constraint run_results_version_check check (results_version > 0);

comment on column crowdlab.run.became_current is 'Whether the dashboards showed the run from its end on; false where it only entered the history or was not published; NULL while RUNNING and for runs of versions that did not record it. In the hash.';
comment on column crowdlab.run.results_version is 'Version of the results that the program made: it is raised when any number may change, and what is unchanged under the same version is not run again; NULL for runs of versions that did not record it. In the hash.';

-- Arrays of 20 to 23 elements: no two of them are equal, whichever of the later columns are known.
create or replace function crowdlab.run_hash(r crowdlab.run) returns text
language sql
stable
set search_path = pg_catalog, pg_temp
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
        || case when (r).started_by is null then '[]' else jsonb_build_array((r).started_by) end
        || case when (r).became_current is null and (r).results_version is null then '[]'
            else jsonb_build_array((r).became_current, (r).results_version) end)::text, 'UTF8')), 'hex')
$$;

create or replace view crowdlab_bi.run_history as
select r.dataset, r.run_id, r.as_of, r.status, r.started_at, r.finished_at, r.job_execution_id, r.software_version, r.settings,
    r.input_digest, r.output_digest, r.previous_hash, r.hash, r.num_examples, r.num_annotations, r.num_annotators,
    r.num_classes, r.num_unlabeled, r.num_collapsed, r.num_rejected, r.consensus_likelihood,
    r.finished_at - r.started_at as duration,
    p.run_id is not null as is_current,
    r.became_current,
    r.results_version
from crowdlab.run r
left join crowdlab.published_run p on p.dataset = r.dataset and p.run_id = r.run_id
order by r.run_id desc;

comment on column crowdlab_bi.run_history.became_current is 'Whether the dashboards showed the run from its end on; false where it only entered the history or was not published; NULL while RUNNING and for runs of versions that did not record it.';
comment on column crowdlab_bi.run_history.results_version is 'Version of the results that the program made; NULL for runs of versions that did not record it.';
