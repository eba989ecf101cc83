-- Purpose: how many of the labeled examples each model predicted, so that the next run can tell whether a model is missing or covers
--          less; and a comment that says when a rejected annotation names a model.
-- Locks:   exclusive on run_model and on the view of it for milliseconds; share update exclusive on rejected_row and its views for
--          milliseconds, for their comments.
-- Time:    well under a second: the new column is empty in all rows there are.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.run_model
    add column coverage double precision,
    add constraint run_model_coverage_check check (coverage >= 0 and coverage <= 1);

comment on column crowdlab.run_model.coverage is 'Share of the labeled examples of which the model has a usable prediction, from 0 to 1; examples that were rejected for lack of a prediction count as labeled. NULL in runs of before version 0.3.0.';

create or replace view crowdlab_bi.run_models as
select p.dataset, m.run_id, m.model, m.model_weight, m.temperature, m.coverage
from crowdlab.published_run p
join crowdlab.run_model m on m.run_id = p.run_id;

comment on column crowdlab_bi.run_models.coverage is 'Share of the labeled examples of which the model has a usable prediction, from 0 to 1; examples that were rejected for lack of a prediction count as labeled. NULL in runs of before version 0.3.0.';

comment on column crowdlab.rejected_row.model is 'The model as read; of an annotation whose example lacks a prediction, the models that lack it, separated by commas, at most five; NULL in other annotations and in gold.';
