-- Purpose: how often machines agree with people from period to period, by which a new version under an old name is found.
-- Locks:   share row exclusive on run, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.machine_period (
    run_id                bigint                      not null,
    annotator_id          text collate pg_catalog."C" not null,
    period_start          date                        not null,
    num_overlap           bigint                      not null,
    agreement_with_people double precision            not null,
    agreement_drop        double precision,
    is_changed            boolean                     not null,
    constraint machine_period_pkey primary key (run_id, annotator_id, period_start),
    constraint machine_period_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint machine_period_num_overlap_check check (num_overlap >= 1),
    constraint machine_period_agreement_with_people_check check (agreement_with_people between 0 and 1),
    constraint machine_period_agreement_drop_check check (agreement_drop between -1 and 1)
);

comment on table crowdlab.machine_period is 'One row per run, machine and week, or day, in which it labeled examples that people labeled too: how often it agreed with them. Only with machines whose labels have an annotated_at. Kept as long as the run''s partitions.';
comment on column crowdlab.machine_period.run_id is 'The run.';
comment on column crowdlab.machine_period.annotator_id is 'The machine.';
comment on column crowdlab.machine_period.period_start is 'First day of the week, a Monday, or of the day, in UTC (crowdlab.periods).';
comment on column crowdlab.machine_period.num_overlap is 'Number of its labels in that period of examples that people labeled too, by annotated_at.';
comment on column crowdlab.machine_period.agreement_with_people is 'Share of these labels that most of the people of the example gave, from 0 to 1; of several labels given equally often each counts.';
comment on column crowdlab.machine_period.agreement_drop is 'How much lower that share is in this period and the one before than in up to eight periods before them, by all labels; negative where it rose, NULL without earlier periods.';
comment on column crowdlab.machine_period.is_changed is 'Whether the share fell or rose by more than three standard errors, with 10 recent labels and 20 earlier ones or more.';

-- Retention deletes the rows of old runs, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.machine_period
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.machine_period
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.machine_period
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.machine_period
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.machine_period as
select p.dataset, t.run_id, t.annotator_id, t.period_start, t.num_overlap, t.agreement_with_people, t.agreement_drop, t.is_changed
from crowdlab.published_run p
join crowdlab.machine_period t on t.run_id = p.run_id;

comment on view crowdlab_bi.machine_period is 'One row per dataset, machine and week, or day, of the published run: how often the machine agreed with people.';
comment on column crowdlab_bi.machine_period.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.machine_period.run_id is 'The published run.';
comment on column crowdlab_bi.machine_period.annotator_id is 'The machine.';
comment on column crowdlab_bi.machine_period.period_start is 'First day of the week, a Monday, or of the day, in UTC (crowdlab.periods).';
comment on column crowdlab_bi.machine_period.num_overlap is 'Number of its labels in that period of examples that people labeled too, by annotated_at.';
comment on column crowdlab_bi.machine_period.agreement_with_people is 'Share of these labels that most of the people of the example gave, from 0 to 1; of several labels given equally often each counts.';
comment on column crowdlab_bi.machine_period.agreement_drop is 'How much lower that share is in this period and the one before than in up to eight periods before them, by all labels; negative where it rose, NULL without earlier periods.';
comment on column crowdlab_bi.machine_period.is_changed is 'Whether the share fell or rose by more than three standard errors, with 10 recent labels and 20 earlier ones or more.';
