-- Purpose: agreement statistics of a dataset, pairs of annotators, annotators by week or day, and ranked lists of what to look at
--          first; further columns of annotators and labels; guard_run and the triggers know the new tables.
-- Locks:   exclusive on label_quality, detailed_label_quality and annotator_stats with their partitions, until the migration
--          ends: the new checks read what is there.
-- Time:    about 0.1 s for each million rows kept in label_quality; well under a second otherwise.

set local search_path = pg_catalog, pg_temp;

-- New tables

create table crowdlab.dataset_stats (
    run_id    bigint                      not null,
    statistic text collate pg_catalog."C" not null,
    value     double precision,
    lower     double precision,
    upper     double precision,
    num_items bigint                      not null,
    note      text,
    constraint dataset_stats_pkey primary key (run_id, statistic),
    constraint dataset_stats_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint dataset_stats_value_check check (value between -1 and 1),
    constraint dataset_stats_interval_check check (lower <= value and value <= upper),
    constraint dataset_stats_num_items_check check (num_items >= 0),
    constraint dataset_stats_note_check check (value is not null or note is not null)
);

comment on table crowdlab.dataset_stats is 'One row per run and statistic: how far the annotators agree with each other, and how much of the data is labeled. Kept forever.';
comment on column crowdlab.dataset_stats.run_id is 'The run.';
comment on column crowdlab.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage or overlap.';
comment on column crowdlab.dataset_stats.value is 'The value: 1 is full agreement; alpha, kappas and AC1 are 0 where annotators agree as often as by chance and below 0 where they agree less; shares are from 0 to 1. NULL where it is not defined, see note.';
comment on column crowdlab.dataset_stats.lower is 'Lower end of a 90 % interval, by the jackknife over examples; NULL for coverage and overlap, which are counts of all there is, and where it is not defined.';
comment on column crowdlab.dataset_stats.upper is 'Upper end of that interval.';
comment on column crowdlab.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap.';
comment on column crowdlab.dataset_stats.note is 'Why value or interval is NULL; NULL where there is nothing to say.';

create table crowdlab.annotator_pair (
    run_id      bigint                      not null,
    annotator_a text collate pg_catalog."C" not null,
    annotator_b text collate pg_catalog."C" not null,
    num_common  integer                     not null,
    num_agreed  integer                     not null,
    cohen_kappa double precision,
    constraint annotator_pair_pkey primary key (run_id, annotator_a, annotator_b),
    constraint annotator_pair_num_agreed_check check (num_agreed between 0 and num_common and num_common > 0),
    constraint annotator_pair_cohen_kappa_check check (cohen_kappa between -1 and 1)
);

comment on table crowdlab.annotator_pair is 'One row per run and pair of annotators who labeled an example in common, of at most the 200 annotators with most labels: how often they agreed. Kept as long as the run''s partitions.';
comment on column crowdlab.annotator_pair.run_id is 'The run.';
comment on column crowdlab.annotator_pair.annotator_a is 'One annotator: the first of the two by code point, unless one was forgotten. Each pair has one row.';
comment on column crowdlab.annotator_pair.annotator_b is 'The other annotator.';
comment on column crowdlab.annotator_pair.num_common is 'Number of examples that both labeled, at least 1.';
comment on column crowdlab.annotator_pair.num_agreed is 'Number of those to which both gave the same label.';
comment on column crowdlab.annotator_pair.cohen_kappa is 'Cohen''s kappa on the common examples, from -1 to 1: 0 where they agree as often as by chance; NULL where both gave one and the same label throughout.';

create table crowdlab.annotator_period (
    run_id                   bigint                      not null,
    annotator_id             text collate pg_catalog."C" not null,
    period_start             date                        not null,
    num_annotations          integer                     not null,
    agreement_with_consensus double precision            not null,
    mean_quality_score       double precision            not null,
    quality_lower            double precision            not null,
    quality_upper            double precision            not null,
    agreement_drop           double precision,
    is_drifting              boolean                     not null,
    constraint annotator_period_pkey primary key (run_id, annotator_id, period_start),
    constraint annotator_period_num_annotations_check check (num_annotations > 0),
    constraint annotator_period_agreement_with_consensus_check check (agreement_with_consensus between 0 and 1),
    constraint annotator_period_mean_quality_score_check check (mean_quality_score between 0 and 1),
    constraint annotator_period_quality_check check (0 <= quality_lower and quality_lower <= mean_quality_score
        and mean_quality_score <= quality_upper and quality_upper <= 1),
    constraint annotator_period_agreement_drop_check check (agreement_drop between -1 and 1)
);

comment on table crowdlab.annotator_period is 'One row per run, annotator, and week or day in which the annotator labeled: how much, and how well the labels of that time are supported. Empty where annotations have no time. Kept as long as the run''s partitions.';
comment on column crowdlab.annotator_period.run_id is 'The run.';
comment on column crowdlab.annotator_period.annotator_id is 'The annotator.';
comment on column crowdlab.annotator_period.period_start is 'First day of the period in UTC: the Monday of the week, or the day, as crowdlab.periods said.';
comment on column crowdlab.annotator_period.num_annotations is 'Number of annotations of the period that were analyzed, at least 1.';
comment on column crowdlab.annotator_period.agreement_with_consensus is 'Share of these labels that equal the consensus label, from 0 to 1.';
comment on column crowdlab.annotator_period.mean_quality_score is 'Mean quality score of these labels: a score from 0 to 1, higher means better supported; not a probability.';
comment on column crowdlab.annotator_period.quality_lower is 'Lower end of a 90 % interval of mean_quality_score, by Wilson with as many trials as labels: the fewer labels, the wider.';
comment on column crowdlab.annotator_period.quality_upper is 'Upper end of that interval.';
comment on column crowdlab.annotator_period.agreement_drop is 'How far the share of all labels of this period and the one before that equal the consensus label lies below that of the up to eight periods before these, in which the annotator labeled; negative where it rose, NULL where there are none.';
comment on column crowdlab.annotator_period.is_drifting is 'True where the annotator agrees less with the consensus than chance explains: agreement_drop exceeds three standard errors, sqrt(q (1 - q) (1/n + 1/m)), with q halfway between the two shares, n labels in this period and the one before, and m in the up to eight before these; false where n is below 10 or m below 20. Of an annotator who has not changed, fewer than 3 of 1,000 periods are flagged.';

create table crowdlab.work_list (
    run_id       bigint                      not null,
    list         text collate pg_catalog."C" not null,
    rank         bigint                      not null,
    example_id   text collate pg_catalog."C" not null,
    annotator_id text collate pg_catalog."C",
    constraint work_list_pkey primary key (run_id, list, rank),
    constraint work_list_list_check check (list in ('label_next', 'review_queue', 'worst_annotations')),
    constraint work_list_rank_check check (rank > 0),
    constraint work_list_annotator_id_check check ((annotator_id is not null) = (list = 'worst_annotations'))
);

comment on table crowdlab.work_list is 'One row per run, list and rank: the 10,000 examples or annotations to look at first, so that no reader has to sort. Kept as long as the run''s partitions.';
comment on column crowdlab.work_list.run_id is 'The run.';
comment on column crowdlab.work_list.list is 'review_queue: consensus labels that deserve a second look, by consensus_quality_score; worst_annotations: annotations by quality_score; label_next: examples to label next, by ActiveLab score. The lowest score first, then by id.';
comment on column crowdlab.work_list.rank is 'Place in the list, from 1 to at most 10,000.';
comment on column crowdlab.work_list.example_id is 'The example.';
comment on column crowdlab.work_list.annotator_id is 'Who gave the annotation; NULL in lists of examples.';

-- New columns

alter table crowdlab.annotator_stats
    add column quality_lower double precision,
    add column quality_upper double precision,
    add column agreement_with_model double precision,
    add column first_annotated_at timestamptz,
    add column last_annotated_at timestamptz,
    add constraint annotator_stats_quality_interval_check check (0 <= quality_lower and quality_lower <= quality_upper
        and quality_upper <= 1),
    add constraint annotator_stats_agreement_with_model_check check (agreement_with_model between 0 and 1);

comment on column crowdlab.annotator_stats.quality_lower is 'Lower end of a 90 % interval of annotator_quality, by Wilson with as many trials as labels: the fewer labels, the wider; NULL where annotator_quality is.';
comment on column crowdlab.annotator_stats.quality_upper is 'Upper end of that interval.';
comment on column crowdlab.annotator_stats.agreement_with_model is 'Share of the annotator''s labels that equal the class that the models'' mean gives the highest probability, from 0 to 1; NULL without predictions.';
comment on column crowdlab.annotator_stats.first_annotated_at is 'When the first of the annotator''s labels that have a time was given; NULL where none has.';
comment on column crowdlab.annotator_stats.last_annotated_at is 'When the last of them was given; NULL where none has a time.';

alter table crowdlab.label_quality
    add column model_label text collate pg_catalog."C",
    add column model_probability double precision,
    add constraint label_quality_model_probability_check check (model_probability between 0 and 1);

comment on column crowdlab.label_quality.model_label is 'The class to which the mean of the models gives the highest probability; NULL without predictions.';
comment on column crowdlab.label_quality.model_probability is 'That probability, from 0 to 1, calibrated if the run calibrates; NULL without predictions.';

alter table crowdlab.detailed_label_quality
    add column annotated_at timestamptz;

comment on column crowdlab.detailed_label_quality.annotated_at is 'When the label was given; NULL where the input does not say. Of repeats with the same label the time that decides, the last unless on-duplicate-annotation is first.';

-- Triggers

create or replace function crowdlab.guard_run() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'RUNNING' then
            raise restrict_violation using message = format(
                'Run %s of dataset %s cannot be inserted as %s; insert it as RUNNING and close it with an update.',
                new.run_id, new.dataset, new.status);
        end if;
    elsif old.status <> 'RUNNING' then
        raise restrict_violation using message = format(
            'Run %s of dataset %s is closed (%s) and can no longer be changed or deleted; start a new run instead.',
            old.run_id, old.dataset, old.status);
    elsif tg_op = 'DELETE' then
        if exists (select from crowdlab.label_change c where c.run_id = old.run_id)
            or exists (select from crowdlab.annotator_confusion c where c.run_id = old.run_id)
            or exists (select from crowdlab.annotator_pair c where c.run_id = old.run_id)
            or exists (select from crowdlab.annotator_period c where c.run_id = old.run_id)
            or exists (select from crowdlab.work_list c where c.run_id = old.run_id)
            or exists (select from crowdlab.rejected_row j where j.run_id = old.run_id) then
            raise foreign_key_violation using message = format(
                'Run %s of dataset %s still has rows in crowdlab.label_change, annotator_confusion, annotator_pair, '
                'annotator_period, work_list or rejected_row; delete those first.', old.run_id, old.dataset);
        end if;
        return old;
    elsif new.run_id <> old.run_id or new.dataset <> old.dataset then
        raise restrict_violation using message = format(
            'Run %s of dataset %s cannot change its number or dataset; start a new run instead.',
            old.run_id, old.dataset);
    end if;

    if new.status = 'RUNNING' then
        new.previous_hash := null;
        new.hash := null;
    else
        new.previous_hash := (
            select last.hash
            from crowdlab.run last
            where last.dataset = new.dataset
                and last.hash is not null
                and not exists (
                    select from crowdlab.run next
                    where next.dataset = last.dataset
                        and next.previous_hash = last.hash
                        and next.hash is not null)
            -- One row, unless somebody tampered with the chain; verify will say so.
            order by last.run_id desc
            limit 1);
        new.hash := crowdlab.run_hash(new);
    end if;
    return new;
end
$$;

create trigger refuse_insert after insert on crowdlab.dataset_stats
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.dataset_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.dataset_stats
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.dataset_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();

-- Retention deletes the rows of old runs from the next three, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.annotator_pair
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.annotator_pair
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.annotator_pair
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.annotator_period
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.annotator_period
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.annotator_period
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();

create trigger refuse_insert after insert on crowdlab.work_list
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.work_list
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.work_list
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();

create trigger refuse_truncate before truncate on crowdlab.dataset_stats
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.annotator_pair
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.annotator_period
    for each statement execute function crowdlab.refuse_truncate();
create trigger refuse_truncate before truncate on crowdlab.work_list
    for each statement execute function crowdlab.refuse_truncate();
