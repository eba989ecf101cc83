-- Purpose: what every run found and rejected, whatever became of it: dashboards showed this of the published run alone, so that nobody
--          saw why the last night was refused.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create view crowdlab_bi.run_checks_history as
select r.dataset, c.run_id, r.as_of, r.status, c.code, c.severity, array_position(array['FAIL', 'WARN', 'INFO'], c.severity) as severity_order,
    c.message, c.observed, c.threshold, c.rank
from crowdlab.run r
join crowdlab.run_check c on c.run_id = r.run_id;

comment on view crowdlab_bi.run_checks_history is 'One row per run, whatever became of it, and finding about it.';
comment on column crowdlab_bi.run_checks_history.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_checks_history.run_id is 'The run.';
comment on column crowdlab_bi.run_checks_history.as_of is 'The moment whose data the run describes.';
comment on column crowdlab_bi.run_checks_history.status is 'What became of the run: RUNNING, PUBLISHED, SKIPPED (nothing had changed), REFUSED (a check stopped publication) or FAILED.';
comment on column crowdlab_bi.run_checks_history.code is 'Code of the finding, for example SINGLE_ANNOTATION_ONLY.';
comment on column crowdlab_bi.run_checks_history.severity is 'FAIL (it stopped publication), WARN or INFO.';
comment on column crowdlab_bi.run_checks_history.severity_order is '1 for FAIL, 2 for WARN, 3 for INFO: what to sort by.';
comment on column crowdlab_bi.run_checks_history.message is 'What was found, in one sentence.';
comment on column crowdlab_bi.run_checks_history.observed is 'The value found, in the unit the message names; NULL where there is none.';
comment on column crowdlab_bi.run_checks_history.threshold is 'The bound it was held against, in the same unit; NULL where there is none.';
comment on column crowdlab_bi.run_checks_history.rank is 'Place among the findings of the same severity: the lowest matters most, causes before their consequences; NULL in runs of before version 0.3.0.';

create view crowdlab_bi.rejected_rows_history as
select r.dataset, c.run_id, r.as_of, r.status, c.source, c.reason, c.num_rows, j.row_number, j.example_id, j.annotator_id, j.model,
    j.label, j.detail
from crowdlab.run r
join crowdlab.rejected_count c on c.run_id = r.run_id
left join lateral (
    select e.row_number, e.example_id, e.annotator_id, e.model, e.label, e.detail
    from crowdlab.rejected_row e
    where e.run_id = c.run_id and e.source = c.source and e.reason = c.reason
    order by e.row_number
    limit 1
) j on true;

comment on view crowdlab_bi.rejected_rows_history is 'One row per run, whatever became of it, source and reason of rejected rows: how many there were, and one of them as an example. Filter by run_id.';
comment on column crowdlab_bi.rejected_rows_history.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.rejected_rows_history.run_id is 'The run.';
comment on column crowdlab_bi.rejected_rows_history.as_of is 'The moment whose data the run describes.';
comment on column crowdlab_bi.rejected_rows_history.status is 'What became of the run: RUNNING, PUBLISHED, SKIPPED (nothing had changed), REFUSED (a check stopped publication) or FAILED.';
comment on column crowdlab_bi.rejected_rows_history.source is 'annotation, prediction or gold.';
comment on column crowdlab_bi.rejected_rows_history.reason is 'Why the rows cannot be used, a code such as UNKNOWN_LABEL.';
comment on column crowdlab_bi.rejected_rows_history.num_rows is 'Number of rows rejected for that reason, at least 1.';
comment on column crowdlab_bi.rejected_rows_history.row_number is 'Number of the example among the rejected rows of the run, the first of its reason; NULL, like the rest, where the rows are no longer kept.';
comment on column crowdlab_bi.rejected_rows_history.example_id is 'The example in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows_history.annotator_id is 'The annotator in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows_history.model is 'The model in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows_history.label is 'The label in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows_history.detail is 'What is wrong with that row.';
