-- Purpose: how probable each class is for every example, of runs that store it (store-posterior), and the classes of these runs in
--          their order.
-- Locks:   share row exclusive on run, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

-- Partitioned by run, like the other tables with a row for every example.
create table crowdlab.label_posterior (
    run_id     bigint                      not null,
    example_id text collate pg_catalog."C" not null,
    posterior  double precision[]          not null,
    constraint label_posterior_pkey primary key (run_id, example_id),
    constraint label_posterior_posterior_check check (cardinality(posterior) > 1 and array_position(posterior, null) is null
        and 0 <= all (posterior) and 1 >= all (posterior))
) partition by list (run_id);

comment on table crowdlab.label_posterior is 'One row per run with store-posterior and labeled example: how probable the published consensus method finds each class. One partition per kept run.';
comment on column crowdlab.label_posterior.run_id is 'The run.';
comment on column crowdlab.label_posterior.example_id is 'The example.';
comment on column crowdlab.label_posterior.posterior is 'The probability of each class, from 0 to 1, in the order of class_index in run_class; their sum is 1.';

create table crowdlab.run_class (
    run_id      bigint                      not null,
    class_index integer                     not null,
    label       text collate pg_catalog."C" not null,
    constraint run_class_pkey primary key (run_id, class_index),
    constraint run_class_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_class_class_index_check check (class_index > 0)
);

comment on table crowdlab.run_class is 'One row per run with store-posterior and class: the order of the classes in label_posterior. Kept as long as the run''s partitions.';
comment on column crowdlab.run_class.run_id is 'The run.';
comment on column crowdlab.run_class.class_index is 'Place of the class in the order of the run, from 1 on: that of its probability in label_posterior.posterior.';
comment on column crowdlab.run_class.label is 'The class.';

-- Retention deletes the rows of old runs, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.run_class
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_class
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_class
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.run_class
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.run_classes as
select p.dataset, c.run_id, c.class_index, c.label
from crowdlab.published_run p
join crowdlab.run_class c on c.run_id = p.run_id;

comment on view crowdlab_bi.run_classes is 'One row per dataset and class, of the published run: the order of the classes in example_posterior. Empty where the run stored no posterior.';
comment on column crowdlab_bi.run_classes.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_classes.run_id is 'The published run.';
comment on column crowdlab_bi.run_classes.class_index is 'Place of the class, from 1 on: that of its probability in example_posterior.posterior.';
comment on column crowdlab_bi.run_classes.label is 'The class.';

create view crowdlab_bi.example_posterior as
select p.dataset, l.run_id, l.example_id, l.posterior
from crowdlab.published_run p
join crowdlab.label_posterior l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id]);

comment on view crowdlab_bi.example_posterior is 'One row per dataset and labeled example, of the published run: how probable its consensus method finds each class. Empty where the run stored no posterior.';
comment on column crowdlab_bi.example_posterior.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.example_posterior.run_id is 'The published run.';
comment on column crowdlab_bi.example_posterior.example_id is 'The example.';
comment on column crowdlab_bi.example_posterior.posterior is 'The probability of each class, from 0 to 1, in the order of class_index in run_classes; their sum is 1.';

create view crowdlab_bi.label_posterior as
select p.dataset, l.run_id, l.example_id, c.label, l.posterior[c.class_index] as probability
from crowdlab.published_run p
join crowdlab.label_posterior l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
join crowdlab.run_class c on c.run_id = p.run_id;

comment on view crowdlab_bi.label_posterior is 'One row per dataset, labeled example and class, of the published run: how probable its consensus method finds the class. Empty where the run stored no posterior.';
comment on column crowdlab_bi.label_posterior.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.label_posterior.run_id is 'The published run.';
comment on column crowdlab_bi.label_posterior.example_id is 'The example.';
comment on column crowdlab_bi.label_posterior.label is 'The class.';
comment on column crowdlab_bi.label_posterior.probability is 'Its probability, from 0 to 1; those of an example sum to 1. How far it is one depends on the method: only that of committee was checked on known labels.';
