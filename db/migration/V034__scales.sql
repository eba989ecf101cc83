-- Purpose: agreement of annotators on a scale of classes (scale: ordinal, interval), and who grades too high or too low.
-- Locks:   exclusive on annotator_pair, annotator_stats, label_quality and the views of them, until the migration ends: the new checks read what is there.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.annotator_pair
    add column linear_kappa double precision,
    add column quadratic_kappa double precision,
    add constraint annotator_pair_linear_kappa_check check (linear_kappa between -1 and 1),
    add constraint annotator_pair_quadratic_kappa_check check (quadratic_kappa between -1 and 1);

comment on column crowdlab.annotator_pair.linear_kappa is 'Kappa weighted by the difference of the two labels on the scale of the classes, from -1 to 1; NULL without scale, and where cohen_kappa is.';
comment on column crowdlab.annotator_pair.quadratic_kappa is 'Kappa weighted by the square of that difference, so that being off by two counts four times as much as being off by one; NULL without scale, and where cohen_kappa is.';

create or replace view crowdlab_bi.annotator_pairs as
select p.dataset, a.run_id, a.annotator_a, a.annotator_b, a.num_common, a.num_agreed, a.cohen_kappa,
    a.num_agreed / a.num_common::double precision as agreement, a.linear_kappa, a.quadratic_kappa
from crowdlab.published_run p
join crowdlab.annotator_pair a on a.run_id = p.run_id;

comment on column crowdlab_bi.annotator_pairs.linear_kappa is 'Kappa weighted by the difference of the two labels on the scale of the classes, from -1 to 1; NULL without scale, and where cohen_kappa is.';
comment on column crowdlab_bi.annotator_pairs.quadratic_kappa is 'Kappa weighted by the square of that difference, so that being off by two counts four times as much as being off by one; NULL without scale, and where cohen_kappa is.';

alter table crowdlab.annotator_stats
    add column signed_difference double precision,
    add column signed_lower double precision,
    add column signed_upper double precision,
    add constraint annotator_stats_signed_check check (signed_lower <= signed_difference
        and signed_difference <= signed_upper);

comment on column crowdlab.annotator_stats.signed_difference is 'By how much the annotator''s labels are above the consensus label on average, in classes with scale ordinal, in the numbers of the classes with interval; negative for one who grades too low. The consensus contains the annotator''s own label, so that it is somewhat too near 0. NULL without scale.';
comment on column crowdlab.annotator_stats.signed_lower is 'Lower end of a 90 % interval of signed_difference: the fewer labels, the wider; NULL where that is.';
comment on column crowdlab.annotator_stats.signed_upper is 'Upper end of that interval.';

create or replace view crowdlab_bi.annotator_stats as
select p.dataset, s.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, s.quality_lower,
    s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower,
    s.gold_upper, s.num_gold, s.signed_difference, s.signed_lower, s.signed_upper
from crowdlab.published_run p
join crowdlab.annotator_stats s on s.run_id = p.run_id;

comment on column crowdlab_bi.annotator_stats.signed_difference is 'By how much the annotator''s labels are above the consensus label on average, in classes with scale ordinal, in the numbers of the classes with interval; negative for one who grades too low. The consensus contains the annotator''s own label, so that it is somewhat too near 0. NULL without scale.';
comment on column crowdlab_bi.annotator_stats.signed_lower is 'Lower end of a 90 % interval of signed_difference: the fewer labels, the wider; NULL where that is.';
comment on column crowdlab_bi.annotator_stats.signed_upper is 'Upper end of that interval.';

create or replace view crowdlab_bi.annotator_quality_history as
select q.dataset, q.run_id, q.annotator_id, q.annotator_quality, q.quality_reason, q.agreement_with_consensus, q.worst_class,
    q.num_examples_labeled, q.annotator_weight, q.agreement_with_annotators, q.agreement_imputed, q.as_of, q.quality_lower,
    q.quality_upper, q.agreement_with_model, q.first_annotated_at, q.last_annotated_at, q.quality_change, q.rolling_mean_quality,
    coalesce(d.is_drifting, false) as is_drifting, q.gold_accuracy, q.gold_lower, q.gold_upper, q.num_gold,
    q.signed_difference, q.signed_lower, q.signed_upper
from (
    select r.dataset, r.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
        s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, r.as_of, s.quality_lower,
        s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower, s.gold_upper,
        s.num_gold, s.signed_difference, s.signed_lower, s.signed_upper,
        s.annotator_quality - lag(s.annotator_quality) over week as quality_change,
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

comment on column crowdlab_bi.annotator_quality_history.signed_difference is 'By how much the annotator''s labels are above the consensus label on average, in classes with scale ordinal, in the numbers of the classes with interval; negative for one who grades too low. The consensus contains the annotator''s own label, so that it is somewhat too near 0. NULL without scale.';
comment on column crowdlab_bi.annotator_quality_history.signed_lower is 'Lower end of a 90 % interval of signed_difference: the fewer labels, the wider; NULL where that is.';
comment on column crowdlab_bi.annotator_quality_history.signed_upper is 'Upper end of that interval.';

comment on column crowdlab.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample, of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with scale also krippendorff_alpha_ordinal, krippendorff_alpha_interval, gwet_ac2, mean_linear_kappa and mean_quadratic_kappa.';
comment on column crowdlab_bi.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample, of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with scale also krippendorff_alpha_ordinal, krippendorff_alpha_interval, gwet_ac2, mean_linear_kappa and mean_quadratic_kappa.';
comment on column crowdlab_bi.dataset_stats_history.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample, of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with scale also krippendorff_alpha_ordinal, krippendorff_alpha_interval, gwet_ac2, mean_linear_kappa and mean_quadratic_kappa.';
comment on column crowdlab.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for means of kappas; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has.';
comment on column crowdlab_bi.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for means of kappas; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has.';

alter table crowdlab.label_quality add column posterior_median text collate pg_catalog."C";

comment on column crowdlab.label_quality.posterior_median is 'The median of the posterior over the classes in their order: the first by which half of it is reached. Beside the consensus label, which it often equals; NULL without scale, and where only machines labeled the example.';

create or replace view crowdlab_bi.label_quality as
select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement, l.num_annotations,
    l.tie_break, l.model_label, l.model_probability, l.label_source, l.posterior_median
from crowdlab.published_run p
join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id]);

comment on column crowdlab_bi.label_quality.posterior_median is 'The median of the posterior over the classes in their order: the first by which half of it is reached. Beside the consensus label, which it often equals; NULL without scale, and where only machines labeled the example.';

create or replace view crowdlab_bi.review_queue as
select q.dataset, q.run_id, q.example_id, q.consensus_label, q.consensus_quality_score, q.annotator_agreement, q.num_annotations,
    q.tie_break, q.reason, q.model_label, q.model_probability, q.rank, q.label_source, q.posterior_median
from (
    select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement,
        l.num_annotations, l.tie_break,
        case
            when l.tie_break <> 'none' then 'TIE'
            when l.annotator_agreement = 0 then 'NOBODY_CHOSE_IT'
            when l.annotator_agreement < 1 then 'ANNOTATORS_DISAGREE'
            when l.num_annotations = 1 then 'ONE_ANNOTATION'
            when l.consensus_quality_score < 0.5 then 'LOW_QUALITY'
        end as reason,
        l.model_label, l.model_probability, w.rank, l.label_source, l.posterior_median
    from crowdlab.published_run p
    join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
    left join crowdlab.work_list w on w.run_id = p.run_id and w.list = 'review_queue' and w.example_id = l.example_id
) q
where q.reason is not null and q.label_source is distinct from 'MACHINES';

comment on column crowdlab_bi.review_queue.posterior_median is 'The median of the posterior over the classes in their order: the first by which half of it is reached. Beside the consensus label, which it often equals; NULL without scale, and where only machines labeled the example.';
