-- Purpose: labels that are known to be right: rejected rows of theirs, accuracy of annotators, and calibration of the consensus.
-- Locks:   exclusive on rejected_row, rejected_count, annotator_stats and the views of the last, share row exclusive on run, until the
--          migration ends. The first two are read once.
-- Time:    a second for a million rejected rows.

set local search_path = pg_catalog, pg_temp;

-- Rejected rows

alter table crowdlab.rejected_row
    drop constraint rejected_row_source_check,
    drop constraint rejected_row_reason_check,
    add constraint rejected_row_source_check check (source in ('annotation', 'prediction', 'gold')),
    add constraint rejected_row_reason_check check (reason in
        ('MISSING_ID', 'TOO_LONG', 'MISSING_LABEL', 'UNKNOWN_LABEL', 'BAD_PROBABILITY', 'DUPLICATE_PREDICTION',
         'INCOMPLETE_PREDICTION', 'PROBABILITY_SUM', 'CONFLICTING_ANNOTATION', 'SUPERSEDED_ANNOTATION', 'NO_PREDICTION',
         'CONFLICTING_GOLD', 'NOT_ANNOTATED'));

alter table crowdlab.rejected_count
    drop constraint rejected_count_source_check,
    add constraint rejected_count_source_check check (source in ('annotation', 'prediction', 'gold'));

comment on column crowdlab.rejected_row.source is 'Where the row came from: annotation, prediction or gold.';
comment on column crowdlab.rejected_row.annotator_id is 'The annotator as read; NULL where it was missing or the row is a prediction or gold.';
comment on column crowdlab.rejected_row.model is 'The model as read; NULL where the row is an annotation or gold.';
comment on column crowdlab.rejected_row.reason is 'Code of the first rule the row broke: MISSING_ID, TOO_LONG, MISSING_LABEL, UNKNOWN_LABEL, BAD_PROBABILITY, DUPLICATE_PREDICTION, INCOMPLETE_PREDICTION, PROBABILITY_SUM, CONFLICTING_ANNOTATION, SUPERSEDED_ANNOTATION, NO_PREDICTION, CONFLICTING_GOLD or NOT_ANNOTATED.';
comment on column crowdlab.rejected_count.source is 'Where the rows came from: annotation, prediction or gold.';
comment on column crowdlab_bi.rejected_rows.source is 'annotation, prediction or gold.';

-- Annotators

alter table crowdlab.annotator_stats
    add column gold_accuracy double precision,
    add column gold_lower    double precision,
    add column gold_upper    double precision,
    add column num_gold      bigint,
    add constraint annotator_stats_gold_check check (0 <= gold_lower and gold_lower <= gold_accuracy
        and gold_accuracy <= gold_upper and gold_upper <= 1),
    add constraint annotator_stats_num_gold_check check (num_gold >= 0 and (num_gold > 0) = (gold_accuracy is not null));

comment on column crowdlab.annotator_stats.gold_accuracy is 'Share of the annotator''s labels of examples with a gold label that equal it, from 0 to 1; NULL where the annotator has none, or the dataset has no gold-query.';
comment on column crowdlab.annotator_stats.gold_lower is 'Lower end of its 90 % interval, by Wilson; NULL where gold_accuracy is.';
comment on column crowdlab.annotator_stats.gold_upper is 'Upper end of that interval.';
comment on column crowdlab.annotator_stats.num_gold is 'Number of the annotator''s labels of examples with a gold label; NULL where the dataset has no gold-query.';

create or replace view crowdlab_bi.annotator_stats as
select p.dataset, s.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, s.quality_lower,
    s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower,
    s.gold_upper, s.num_gold
from crowdlab.published_run p
join crowdlab.annotator_stats s on s.run_id = p.run_id;

comment on column crowdlab_bi.annotator_stats.gold_accuracy is 'Share of the annotator''s labels of examples with a gold label that equal it, from 0 to 1; NULL where the annotator has none, or the dataset has no gold-query.';
comment on column crowdlab_bi.annotator_stats.gold_lower is 'Lower end of its 90 % interval: the fewer such labels, the wider; NULL where gold_accuracy is.';
comment on column crowdlab_bi.annotator_stats.gold_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_stats.num_gold is 'Number of the annotator''s labels of examples with a gold label; NULL where the dataset has no gold-query.';

create or replace view crowdlab_bi.annotator_quality_history as
select q.dataset, q.run_id, q.annotator_id, q.annotator_quality, q.quality_reason, q.agreement_with_consensus, q.worst_class,
    q.num_examples_labeled, q.annotator_weight, q.agreement_with_annotators, q.agreement_imputed, q.as_of, q.quality_lower,
    q.quality_upper, q.agreement_with_model, q.first_annotated_at, q.last_annotated_at, q.quality_change, q.rolling_mean_quality,
    coalesce(d.is_drifting, false) as is_drifting, q.gold_accuracy, q.gold_lower, q.gold_upper, q.num_gold
from (
    select r.dataset, r.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
        s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, r.as_of, s.quality_lower,
        s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower, s.gold_upper,
        s.num_gold, s.annotator_quality - lag(s.annotator_quality) over week as quality_change,
        avg(s.annotator_quality) over week as rolling_mean_quality
    from crowdlab.run r
    join crowdlab.annotator_stats s on s.run_id = r.run_id
    where r.status = 'PUBLISHED'
        and not exists (
            select from crowdlab.run n
            where n.dataset = r.dataset and n.run_id > r.run_id and n.as_of = r.as_of and n.status = 'PUBLISHED')
    window week as (partition by r.dataset, s.annotator_id order by r.as_of rows 6 preceding)
) q
left join (
    select p.dataset, a.annotator_id, a.period_start, a.is_drifting,
        lead(a.period_start) over (partition by p.dataset, a.annotator_id order by a.period_start) as next_start
    from crowdlab.published_run p
    join crowdlab.annotator_period a on a.run_id = p.run_id
) d on d.dataset = q.dataset and d.annotator_id = q.annotator_id
    and d.period_start <= (q.as_of at time zone 'UTC')::date
    and (d.next_start is null or d.next_start > (q.as_of at time zone 'UTC')::date);

comment on column crowdlab_bi.annotator_quality_history.gold_accuracy is 'Share of the annotator''s labels of examples with a gold label that equal it, from 0 to 1; NULL where the annotator had none, or the dataset no gold-query.';
comment on column crowdlab_bi.annotator_quality_history.gold_lower is 'Lower end of its 90 % interval: the fewer such labels, the wider; NULL where gold_accuracy is.';
comment on column crowdlab_bi.annotator_quality_history.gold_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_quality_history.num_gold is 'Number of the annotator''s labels of examples with a gold label; NULL where the dataset had no gold-query.';

-- Consensus methods

comment on column crowdlab.run_consensus.gold_accuracy is 'Share of the labels of gold examples that are right, from 0 to 1; NULL without gold, or if use-gold fixed the labels to it, which then say nothing about the method.';
comment on column crowdlab.run_consensus.gold_lower is 'Lower end of a 90 % interval of gold_accuracy, by Wilson; NULL where gold_accuracy is.';
comment on column crowdlab.run_consensus.num_gold is 'Number of gold examples that gold_accuracy is computed from, 0 where it is NULL.';
comment on column crowdlab_bi.run_consensus.gold_accuracy is 'Share of the labels of gold examples that are right, from 0 to 1; NULL without gold, or if use-gold fixed the labels to it, which then say nothing about the method.';
comment on column crowdlab_bi.run_consensus.gold_lower is 'Lower end of a 90 % interval of gold_accuracy: the fewer gold examples, the wider; NULL where gold_accuracy is.';
comment on column crowdlab_bi.run_consensus.num_gold is 'Number of gold examples that gold_accuracy is computed from, 0 where it is NULL.';

-- Calibration

create table crowdlab.calibration_bin (
    run_id           bigint                      not null,
    consensus_method text collate pg_catalog."C" not null,
    bin              integer                     not null,
    bin_lower        double precision            not null,
    bin_upper        double precision            not null,
    num_gold         bigint                      not null,
    mean_predicted   double precision            not null,
    actual           double precision            not null,
    constraint calibration_bin_pkey primary key (run_id, consensus_method, bin),
    constraint calibration_bin_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint calibration_bin_bin_check check (bin between 1 and 10),
    constraint calibration_bin_bounds_check check (0 <= bin_lower and bin_lower < bin_upper and bin_upper <= 1),
    constraint calibration_bin_num_gold_check check (num_gold > 0),
    constraint calibration_bin_mean_predicted_check check (mean_predicted between 0 and 1),
    constraint calibration_bin_actual_check check (actual between 0 and 1)
);

comment on table crowdlab.calibration_bin is 'One row per run, consensus method and bin of consensus_quality_score in which an example has a gold label: how often the consensus is right there. Empty without gold, or if use-gold fixed the consensus to it. Kept as long as the run''s partitions.';
comment on column crowdlab.calibration_bin.run_id is 'The run.';
comment on column crowdlab.calibration_bin.consensus_method is 'The consensus method, as in consensus-methods.';
comment on column crowdlab.calibration_bin.bin is 'Number of the bin, from 1 (the lowest quality) to 10.';
comment on column crowdlab.calibration_bin.bin_lower is 'The least quality of the bin.';
comment on column crowdlab.calibration_bin.bin_upper is 'The quality that the bin ends before; the last one has 1 as well.';
comment on column crowdlab.calibration_bin.num_gold is 'Number of examples with a gold label whose consensus_quality_score is in the bin, at least 1.';
comment on column crowdlab.calibration_bin.mean_predicted is 'Their mean consensus_quality_score, from 0 to 1: how often the consensus should be right if scores were probabilities.';
comment on column crowdlab.calibration_bin.actual is 'Share of them whose consensus label equals the gold label, from 0 to 1.';

-- Retention deletes the rows of old runs, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.calibration_bin
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.calibration_bin
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.calibration_bin
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.calibration_bin
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.calibration_bins as
select p.dataset, b.run_id, b.consensus_method, b.bin, b.bin_lower, b.bin_upper, b.num_gold, b.mean_predicted, b.actual
from crowdlab.published_run p
join crowdlab.calibration_bin b on b.run_id = p.run_id;

comment on view crowdlab_bi.calibration_bins is 'One row per dataset, consensus method and bin of consensus_quality_score in which an example has a gold label, of the published run: what the scores say and how often the consensus is right.';
comment on column crowdlab_bi.calibration_bins.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.calibration_bins.run_id is 'The published run.';
comment on column crowdlab_bi.calibration_bins.consensus_method is 'The consensus method, as in consensus-methods; the published one is the first there.';
comment on column crowdlab_bi.calibration_bins.bin is 'Number of the bin, from 1 (the lowest quality) to 10.';
comment on column crowdlab_bi.calibration_bins.bin_lower is 'The least quality of the bin.';
comment on column crowdlab_bi.calibration_bins.bin_upper is 'The quality that the bin ends before; the last one has 1 as well.';
comment on column crowdlab_bi.calibration_bins.num_gold is 'Number of examples with a gold label whose consensus_quality_score is in the bin, at least 1.';
comment on column crowdlab_bi.calibration_bins.mean_predicted is 'Their mean consensus_quality_score, from 0 to 1: how often the consensus should be right if scores were probabilities.';
comment on column crowdlab_bi.calibration_bins.actual is 'Share of them whose consensus label equals the gold label, from 0 to 1.';
