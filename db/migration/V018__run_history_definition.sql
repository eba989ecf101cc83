-- Purpose: spells out view crowdlab_bi.run_history, which V012 made from what was there, so that verify can compare it with a text.
--          It stays what it is.
-- Locks:   exclusive on crowdlab_bi.run_history, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create or replace view crowdlab_bi.run_history as
select r.dataset, r.run_id, r.as_of, r.status, r.started_at, r.finished_at, r.job_execution_id, r.software_version,
    r.input_digest, r.output_digest, r.previous_hash, r.hash, r.num_examples, r.num_annotations, r.num_annotators,
    r.num_classes, r.num_unlabeled, r.num_collapsed, r.num_rejected, r.consensus_likelihood,
    r.finished_at - r.started_at as duration,
    p.run_id is not null as is_current,
    r.became_current,
    r.results_version
from crowdlab.run r
left join crowdlab.published_run p on p.dataset = r.dataset and p.run_id = r.run_id
order by r.run_id desc;
