-- Purpose: how often annotators who label an example again say the same.
-- Locks:   exclusive on annotator_stats and the views of it, until the migration ends: the new checks read what is there.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.annotator_stats
    add column self_agreement double precision,
    add column self_lower     double precision,
    add column self_upper     double precision,
    add column num_repeated   bigint,
    add constraint annotator_stats_self_check check (0 <= self_lower and self_lower <= self_agreement
        and self_agreement <= self_upper and self_upper <= 1),
    add constraint annotator_stats_num_repeated_check check (num_repeated >= 0);

comment on column crowdlab.annotator_stats.self_agreement is 'Of the annotator''s labels of examples that the annotator had labeled before, the share that equals the label before, from 0 to 1; NULL where there is none, or self-agreement is not set.';
comment on column crowdlab.annotator_stats.self_lower is 'Lower end of its 90 % interval, by Wilson; NULL where self_agreement is.';
comment on column crowdlab.annotator_stats.self_upper is 'Upper end of that interval.';
comment on column crowdlab.annotator_stats.num_repeated is 'Number of the annotator''s labels of examples that the annotator had labeled before, at another time; NULL where self-agreement is not set.';

create or replace view crowdlab_bi.annotator_stats as
select p.dataset, s.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, s.quality_lower,
    s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower,
    s.gold_upper, s.num_gold, s.signed_difference, s.signed_lower, s.signed_upper, s.num_abstained,
    s.self_agreement, s.self_lower, s.self_upper, s.num_repeated
from crowdlab.published_run p
join crowdlab.annotator_stats s on s.run_id = p.run_id;

comment on column crowdlab_bi.annotator_stats.self_agreement is 'Of the annotator''s labels of examples that the annotator had labeled before, the share that equals the label before, from 0 to 1; NULL where there is none, or self-agreement is not set.';
comment on column crowdlab_bi.annotator_stats.self_lower is 'Lower end of its 90 % interval, by Wilson; NULL where self_agreement is.';
comment on column crowdlab_bi.annotator_stats.self_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_stats.num_repeated is 'Number of the annotator''s labels of examples that the annotator had labeled before, at another time; NULL where self-agreement is not set.';

create or replace view crowdlab_bi.annotator_quality_history as
select q.dataset, q.run_id, q.annotator_id, q.annotator_quality, q.quality_reason, q.agreement_with_consensus, q.worst_class,
    q.num_examples_labeled, q.annotator_weight, q.agreement_with_annotators, q.agreement_imputed, q.as_of, q.quality_lower,
    q.quality_upper, q.agreement_with_model, q.first_annotated_at, q.last_annotated_at, q.quality_change, q.rolling_mean_quality,
    coalesce(d.is_drifting, false) as is_drifting, q.gold_accuracy, q.gold_lower, q.gold_upper, q.num_gold,
    q.signed_difference, q.signed_lower, q.signed_upper, q.num_abstained,
    q.self_agreement, q.self_lower, q.self_upper, q.num_repeated
from (
    select r.dataset, r.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
        s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, r.as_of, s.quality_lower,
        s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower, s.gold_upper,
        s.num_gold, s.signed_difference, s.signed_lower, s.signed_upper, s.num_abstained,
        s.self_agreement, s.self_lower, s.self_upper, s.num_repeated,
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

comment on column crowdlab_bi.annotator_quality_history.self_agreement is 'Of the annotator''s labels of examples that the annotator had labeled before, the share that equals the label before, from 0 to 1; NULL where there is none, or self-agreement is not set.';
comment on column crowdlab_bi.annotator_quality_history.self_lower is 'Lower end of its 90 % interval, by Wilson; NULL where self_agreement is.';
comment on column crowdlab_bi.annotator_quality_history.self_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_quality_history.num_repeated is 'Number of the annotator''s labels of examples that the annotator had labeled before, at another time; NULL where self-agreement is not set.';
