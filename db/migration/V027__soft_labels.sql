-- Purpose: what the next annotator would say of an example, of runs that store it (store-soft-labels).
-- Locks:   none that anybody notices.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.soft_label (
    run_id      bigint                      not null,
    example_id  text collate pg_catalog."C" not null,
    class       text collate pg_catalog."C" not null,
    probability double precision            not null,
    constraint soft_label_pkey primary key (run_id, example_id, class),
    constraint soft_label_probability_check check (probability between 0 and 1)
) partition by list (run_id);

comment on table crowdlab.soft_label is 'One row per run with store-soft-labels, labeled example and class: what the next annotator would say. One partition per kept run.';
comment on column crowdlab.soft_label.run_id is 'The run.';
comment on column crowdlab.soft_label.example_id is 'The example.';
comment on column crowdlab.soft_label.class is 'The class.';
comment on column crowdlab.soft_label.probability is 'How probable it is that the next annotator gives the class, from 0 to 1; those of an example sum to 1. It is not the probability that the class is right.';

create view crowdlab_bi.soft_label as
select p.dataset, t.run_id, t.example_id, t.class, t.probability
from crowdlab.published_run p
join crowdlab.soft_label t on t.run_id >= p.run_id and t.run_id <= p.run_id and t.run_id = any (array[p.run_id]);

comment on view crowdlab_bi.soft_label is 'One row per dataset with store-soft-labels, labeled example and class, of the published run: what the next annotator would say.';
comment on column crowdlab_bi.soft_label.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.soft_label.run_id is 'The published run.';
comment on column crowdlab_bi.soft_label.example_id is 'The example.';
comment on column crowdlab_bi.soft_label.class is 'The class.';
comment on column crowdlab_bi.soft_label.probability is 'How probable it is that the next annotator gives the class, from 0 to 1; those of an example sum to 1. It is not the probability that the class is right.';
