-- Purpose: answers that abstain: counted by annotator, and a reason of their own for examples that have no other answer.
-- Locks:   exclusive on rejected_row, annotator_stats and the views of the last, until the migration ends. The first is read once.
-- Time:    a second for a million rejected rows.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.rejected_row
    drop constraint rejected_row_reason_check,
    add constraint rejected_row_reason_check check (reason in
        ('MISSING_ID', 'TOO_LONG', 'MISSING_LABEL', 'UNKNOWN_KIND', 'CONFLICTING_KIND', 'UNKNOWN_LABEL', 'BAD_PROBABILITY',
         'DUPLICATE_PREDICTION', 'INCOMPLETE_PREDICTION', 'PROBABILITY_SUM', 'CONFLICTING_ANNOTATION', 'SUPERSEDED_ANNOTATION',
         'ONLY_ABSTENTIONS', 'NO_PREDICTION', 'CONFLICTING_GOLD', 'NOT_ANNOTATED'));

comment on column crowdlab.rejected_row.reason is 'Code of the first rule the row broke: MISSING_ID, TOO_LONG, MISSING_LABEL, UNKNOWN_KIND, CONFLICTING_KIND, UNKNOWN_LABEL, BAD_PROBABILITY, DUPLICATE_PREDICTION, INCOMPLETE_PREDICTION, PROBABILITY_SUM, CONFLICTING_ANNOTATION, SUPERSEDED_ANNOTATION, ONLY_ABSTENTIONS, NO_PREDICTION, CONFLICTING_GOLD or NOT_ANNOTATED.';

alter table crowdlab.annotator_stats
    add column num_abstained bigint,
    add constraint annotator_stats_num_abstained_check check (num_abstained >= 0);

comment on column crowdlab.annotator_stats.num_abstained is 'How often the annotator abstained, on examples that others labeled or nobody did; no label of these counts elsewhere. NULL where abstain names no answers.';

create or replace view crowdlab_bi.annotator_stats as
select p.dataset, s.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, s.quality_lower,
    s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower,
    s.gold_upper, s.num_gold, s.signed_difference, s.signed_lower, s.signed_upper, s.num_abstained
from crowdlab.published_run p
join crowdlab.annotator_stats s on s.run_id = p.run_id;

comment on column crowdlab_bi.annotator_stats.num_abstained is 'How often the annotator abstained, on examples that others labeled or nobody did; no label of these counts elsewhere. NULL where abstain names no answers.';

create or replace view crowdlab_bi.annotator_quality_history as
select q.dataset, q.run_id, q.annotator_id, q.annotator_quality, q.quality_reason, q.agreement_with_consensus, q.worst_class,
    q.num_examples_labeled, q.annotator_weight, q.agreement_with_annotators, q.agreement_imputed, q.as_of, q.quality_lower,
    q.quality_upper, q.agreement_with_model, q.first_annotated_at, q.last_annotated_at, q.quality_change, q.rolling_mean_quality,
    coalesce(d.is_drifting, false) as is_drifting, q.gold_accuracy, q.gold_lower, q.gold_upper, q.num_gold,
    q.signed_difference, q.signed_lower, q.signed_upper, q.num_abstained
from (
    select r.dataset, r.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
        s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, r.as_of, s.quality_lower,
        s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at, s.gold_accuracy, s.gold_lower, s.gold_upper,
        s.num_gold, s.signed_difference, s.signed_lower, s.signed_upper, s.num_abstained,
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

comment on column crowdlab_bi.annotator_quality_history.num_abstained is 'How often the annotator abstained, on examples that others labeled or nobody did; no label of these counts elsewhere. NULL where abstain names no answers.';

comment on column crowdlab.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with settings of stop state_done, state_ask, state_expert: the shares of labeled examples in each state, and done_accuracy: how often examples that are done by the rule are right, of those with random gold; of a dataset with scale krippendorff_alpha_ordinal, krippendorff_alpha_interval, gwet_ac2, mean_linear_kappa and mean_quadratic_kappa; abstained, where somebody does: the share of all answers that abstain.';
comment on column crowdlab_bi.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with settings of stop state_done, state_ask, state_expert: the shares of labeled examples in each state, and done_accuracy: how often examples that are done by the rule are right, of those with random gold; of a dataset with scale krippendorff_alpha_ordinal, krippendorff_alpha_interval, gwet_ac2, mean_linear_kappa and mean_quadratic_kappa; abstained, where somebody does: the share of all answers that abstain.';
comment on column crowdlab_bi.dataset_stats_history.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with settings of stop state_done, state_ask, state_expert: the shares of labeled examples in each state, and done_accuracy: how often examples that are done by the rule are right, of those with random gold; of a dataset with scale krippendorff_alpha_ordinal, krippendorff_alpha_interval, gwet_ac2, mean_linear_kappa and mean_quadratic_kappa; abstained, where somebody does: the share of all answers that abstain.';
comment on column crowdlab.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for means of kappas; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has; for state_done, state_ask and state_expert, how many examples are in the state; for done_accuracy, examples with gold; for abstained, all answers.';
comment on column crowdlab_bi.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for means of kappas; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has; for state_done, state_ask and state_expert, how many examples are in the state; for done_accuracy, examples with gold; for abstained, all answers.';
comment on column crowdlab_bi.dataset_stats_history.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for means of kappas; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has; for state_done, state_ask and state_expert, how many examples are in the state; for done_accuracy, examples with gold; for abstained, all answers.';
