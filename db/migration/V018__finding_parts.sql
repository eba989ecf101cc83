-- Purpose: the parts of a finding's sentence, so that what names a person is found without searching the sentence, and the order in
--          which findings matter.
-- Locks:   access exclusive on run_check and on the views run_checks and freshness, for milliseconds.
-- Time:    well under a second; no row is rewritten.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.run_check
    add column rank    bigint,
    add column wording jsonb,
    add constraint run_check_rank_check check (rank > 0),
    add constraint run_check_wording_check check (jsonb_typeof(wording) = 'array');

comment on column crowdlab.run_check.rank is 'Place among the findings of the same severity: the lowest matters most, causes before their consequences; NULL in runs of before version 0.3.0.';
comment on column crowdlab.run_check.wording is 'The parts of message, one after the other, each an object with its kind as key: headline, text, lookup (where to look), annotator (an id), value (of the input) or reason (in somebody''s words); NULL in runs of before version 0.3.0.';

create or replace view crowdlab_bi.run_checks as
select p.dataset, c.run_id, c.code, c.severity, c.message, c.observed, c.threshold, c.rank, c.wording
from crowdlab.published_run p
join crowdlab.run_check c on c.run_id = p.run_id;

comment on column crowdlab_bi.run_checks.rank is 'Place among the findings of the same severity: the lowest matters most, causes before their consequences; NULL in runs of before version 0.3.0.';
comment on column crowdlab_bi.run_checks.wording is 'The parts of message, one after the other, each an object with its kind as key: headline, text, lookup (where to look), annotator (an id), value (of the input) or reason (in somebody''s words); NULL in runs of before version 0.3.0.';

-- as before, but causes first in last_run_failure
create or replace view crowdlab_bi.freshness as
select r.dataset, p.run_id, p.published_at, c.as_of,
    (select max(s.last_annotated_at) from crowdlab.annotator_stats s where s.run_id = p.run_id) as newest_annotation,
    r.run_id as last_run_id, r.status as last_run_status, r.started_at as last_run_started_at,
    r.finished_at as last_run_finished_at,
    (
        select string_agg(k.message, ' ' order by k.rank, k.code)
        from crowdlab.run_check k
        where k.run_id = r.run_id and k.severity = 'FAIL'
    ) as last_run_failure
from (select dataset, max(run_id) as run_id from crowdlab.run group by dataset) n
join crowdlab.run r on r.run_id = n.run_id
left join crowdlab.published_run p on p.dataset = r.dataset
left join crowdlab.run c on c.run_id = p.run_id;
