-- Purpose: further views of crowdlab_bi: agreement, annotators by week or day with a sign of drift, confusion, votes, rejected rows,
--          findings, models, freshness, and a dictionary of all views. The former views show the columns and ranks of V008,
--          none sorts any more, one example is found by key, label_changes says what kind of change a row is. They are
--          replaced, not dropped, since views of somebody else may read them; so new columns stand at the end.
-- Locks:   exclusive on the replaced views until the migration ends; it waits for queries that read them.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

-- Agreement

create view crowdlab_bi.dataset_stats as
select p.dataset, s.run_id, s.statistic, s.value, s.lower, s.upper, s.num_items, s.note
from crowdlab.published_run p
join crowdlab.dataset_stats s on s.run_id = p.run_id;

comment on view crowdlab_bi.dataset_stats is 'One row per dataset and statistic, of the published run: how far the annotators agree with each other, and how much of the data is labeled.';
comment on column crowdlab_bi.dataset_stats.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.dataset_stats.run_id is 'The published run.';
comment on column crowdlab_bi.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage or overlap.';
comment on column crowdlab_bi.dataset_stats.value is 'The value: 1 is full agreement; alpha, kappas and AC1 are 0 where annotators agree as often as by chance and below 0 where they agree less; shares are from 0 to 1. NULL where it is not defined, see note.';
comment on column crowdlab_bi.dataset_stats.lower is 'Lower end of a 90 % interval; NULL for coverage and overlap, which are counts of all there is, and where it is not defined.';
comment on column crowdlab_bi.dataset_stats.upper is 'Upper end of that interval.';
comment on column crowdlab_bi.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap.';
comment on column crowdlab_bi.dataset_stats.note is 'Why value or interval is NULL; NULL where there is nothing to say.';

create view crowdlab_bi.dataset_stats_history as
select r.dataset, s.run_id, s.statistic, s.value, s.lower, s.upper, s.num_items, s.note, r.as_of
from crowdlab.run r
join crowdlab.dataset_stats s on s.run_id = r.run_id
where r.status = 'PUBLISHED';

comment on view crowdlab_bi.dataset_stats_history is 'One row per dataset, run that was ever published, and statistic: how the agreement of the annotators developed; sort by as_of.';
comment on column crowdlab_bi.dataset_stats_history.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.dataset_stats_history.run_id is 'The run.';
comment on column crowdlab_bi.dataset_stats_history.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage or overlap.';
comment on column crowdlab_bi.dataset_stats_history.value is 'The value, as in dataset_stats; NULL where it is not defined, see note.';
comment on column crowdlab_bi.dataset_stats_history.lower is 'Lower end of a 90 % interval; NULL for coverage and overlap, which are counts of all there is, and where it is not defined.';
comment on column crowdlab_bi.dataset_stats_history.upper is 'Upper end of that interval.';
comment on column crowdlab_bi.dataset_stats_history.num_items is 'What the value is computed from, as in dataset_stats.';
comment on column crowdlab_bi.dataset_stats_history.note is 'Why value or interval is NULL; NULL where there is nothing to say.';
comment on column crowdlab_bi.dataset_stats_history.as_of is 'The moment whose data the run describes.';

create view crowdlab_bi.annotator_pairs as
select p.dataset, a.run_id, a.annotator_a, a.annotator_b, a.num_common, a.num_agreed, a.cohen_kappa,
    a.num_agreed / a.num_common::double precision as agreement
from crowdlab.published_run p
join crowdlab.annotator_pair a on a.run_id = p.run_id;

comment on view crowdlab_bi.annotator_pairs is 'One row per dataset and pair of annotators who labeled an example in common, of the published run: how often they agreed. At most the 200 annotators with most labels; each pair has one row, whichever of the two comes first.';
comment on column crowdlab_bi.annotator_pairs.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.annotator_pairs.run_id is 'The published run.';
comment on column crowdlab_bi.annotator_pairs.annotator_a is 'One annotator.';
comment on column crowdlab_bi.annotator_pairs.annotator_b is 'The other annotator.';
comment on column crowdlab_bi.annotator_pairs.num_common is 'Number of examples that both labeled, at least 1.';
comment on column crowdlab_bi.annotator_pairs.num_agreed is 'Number of those to which both gave the same label.';
comment on column crowdlab_bi.annotator_pairs.cohen_kappa is 'Cohen''s kappa on the common examples, from -1 to 1: 0 where they agree as often as by chance; NULL where both gave one and the same label throughout.';
comment on column crowdlab_bi.annotator_pairs.agreement is 'num_agreed of num_common, from 0 to 1.';

-- Annotators

create or replace view crowdlab_bi.annotator_stats as
select p.dataset, s.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, s.quality_lower,
    s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at
from crowdlab.published_run p
join crowdlab.annotator_stats s on s.run_id = p.run_id;

comment on column crowdlab_bi.annotator_stats.quality_lower is 'Lower end of a 90 % interval of annotator_quality: the fewer labels, the wider; NULL where annotator_quality is.';
comment on column crowdlab_bi.annotator_stats.quality_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_stats.agreement_with_model is 'Share of the annotator''s labels that equal the class that the models'' mean gives the highest probability, from 0 to 1; NULL without predictions.';
comment on column crowdlab_bi.annotator_stats.first_annotated_at is 'When the first of the annotator''s labels that have a time was given; NULL where none has.';
comment on column crowdlab_bi.annotator_stats.last_annotated_at is 'When the last of them was given; NULL where none has a time.';

-- What depends on other periods is a window over those of one annotator, so that a filter by annotator comes first.
create view crowdlab_bi.annotator_periods as
select p.dataset, a.run_id, a.annotator_id, a.period_start, a.num_annotations, a.agreement_with_consensus, a.mean_quality_score,
    a.quality_lower, a.quality_upper, a.agreement_drop, a.is_drifting,
    a.num_annotations - lag(a.num_annotations) over nine as num_annotations_change,
    (avg(a.num_annotations) over nine)::double precision as rolling_num_annotations,
    sum(a.mean_quality_score * a.num_annotations) over nine / sum(a.num_annotations) over nine as rolling_mean_quality
from crowdlab.published_run p
join crowdlab.annotator_period a on a.run_id = p.run_id
window nine as (partition by p.dataset, a.annotator_id order by a.period_start rows 8 preceding);

comment on view crowdlab_bi.annotator_periods is 'One row per dataset, annotator, and week or day in which the annotator labeled, of the published run: how much, how well, and whether agreement with the consensus has dropped. Empty where annotations have no time.';
comment on column crowdlab_bi.annotator_periods.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.annotator_periods.run_id is 'The published run.';
comment on column crowdlab_bi.annotator_periods.annotator_id is 'The annotator.';
comment on column crowdlab_bi.annotator_periods.period_start is 'First day of the period in UTC: the Monday of the week, or the day, as crowdlab.periods said.';
comment on column crowdlab_bi.annotator_periods.num_annotations is 'Throughput: number of annotations of the period that were analyzed, at least 1.';
comment on column crowdlab_bi.annotator_periods.agreement_with_consensus is 'Share of these labels that equal the consensus label, from 0 to 1.';
comment on column crowdlab_bi.annotator_periods.mean_quality_score is 'Mean quality score of these labels: a score from 0 to 1, higher means better supported; not a probability.';
comment on column crowdlab_bi.annotator_periods.quality_lower is 'Lower end of a 90 % interval of mean_quality_score: the fewer labels, the wider.';
comment on column crowdlab_bi.annotator_periods.quality_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_periods.agreement_drop is 'How far the share of all labels of this period and the one before that equal the consensus label lies below that of the up to eight periods before these, in which the annotator labeled; negative where it rose, NULL where there are none.';
comment on column crowdlab_bi.annotator_periods.is_drifting is 'True where the annotator agrees less with the consensus than chance explains: agreement_drop exceeds three standard errors, sqrt(q (1 - q) (1/n + 1/m)), with q halfway between the two shares, n labels in this period and the one before, and m in the up to eight before these; false where n is below 10 or m below 20. Of an annotator who has not changed, fewer than 3 of 1,000 periods are flagged.';
comment on column crowdlab_bi.annotator_periods.num_annotations_change is 'num_annotations less that of the annotator''s period before; NULL for the first. Periods without labels have no row and are passed over.';
comment on column crowdlab_bi.annotator_periods.rolling_num_annotations is 'Mean num_annotations of this period and the up to eight before in which the annotator labeled.';
comment on column crowdlab_bi.annotator_periods.rolling_mean_quality is 'Mean quality score of all labels of this period and the up to eight before, from 0 to 1.';

create or replace view crowdlab_bi.annotator_quality_history as
select q.dataset, q.run_id, q.annotator_id, q.annotator_quality, q.quality_reason, q.agreement_with_consensus, q.worst_class,
    q.num_examples_labeled, q.annotator_weight, q.agreement_with_annotators, q.agreement_imputed, q.as_of, q.quality_lower,
    q.quality_upper, q.agreement_with_model, q.first_annotated_at, q.last_annotated_at, q.quality_change, q.rolling_mean_quality,
    coalesce(d.is_drifting, false) as is_drifting
from (
    select r.dataset, r.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
        s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, r.as_of, s.quality_lower,
        s.quality_upper, s.agreement_with_model, s.first_annotated_at, s.last_annotated_at,
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

comment on view crowdlab_bi.annotator_quality_history is 'One row per dataset, moment (as_of) of which a run was ever published and whose history is kept, and annotator: how the quality of each annotator developed; sort by as_of. Of several runs of one moment the last.';
comment on column crowdlab_bi.annotator_quality_history.quality_lower is 'Lower end of a 90 % interval of annotator_quality: the fewer labels, the wider; NULL where annotator_quality is, and in runs of version 0.2.0.';
comment on column crowdlab_bi.annotator_quality_history.quality_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.annotator_quality_history.agreement_with_model is 'Share of the annotator''s labels that equal the class that the models'' mean gives the highest probability, from 0 to 1; NULL without predictions, and in runs of version 0.2.0.';
comment on column crowdlab_bi.annotator_quality_history.first_annotated_at is 'When the first of the annotator''s labels that have a time was given; NULL where none has, and in runs of version 0.2.0.';
comment on column crowdlab_bi.annotator_quality_history.last_annotated_at is 'When the last of them was given; NULL where none has a time, and in runs of version 0.2.0.';
comment on column crowdlab_bi.annotator_quality_history.quality_change is 'annotator_quality less that of the annotator''s moment before; NULL for the first, and where either is NULL.';
comment on column crowdlab_bi.annotator_quality_history.rolling_mean_quality is 'Mean annotator_quality of this moment and the up to six before it; NULL where all are NULL.';
comment on column crowdlab_bi.annotator_quality_history.is_drifting is 'What annotator_periods says, by all labels known today, of the annotator''s last period that had begun by as_of: true where the annotator agreed less with the consensus than chance explains. False where there is no period.';

create view crowdlab_bi.annotator_confusion as
select p.dataset, c.run_id, c.annotator_id, c.consensus_label, c.given_label, c.num_annotations
from crowdlab.published_run p
join crowdlab.annotator_confusion c on c.run_id = p.run_id;

comment on view crowdlab_bi.annotator_confusion is 'One row per dataset, annotator, consensus label, and label that the annotator gave at least once, of the published run.';
comment on column crowdlab_bi.annotator_confusion.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.annotator_confusion.run_id is 'The published run.';
comment on column crowdlab_bi.annotator_confusion.annotator_id is 'The annotator.';
comment on column crowdlab_bi.annotator_confusion.consensus_label is 'The consensus label of the examples.';
comment on column crowdlab_bi.annotator_confusion.given_label is 'The label the annotator gave them.';
comment on column crowdlab_bi.annotator_confusion.num_annotations is 'Number of these annotations, at least 1.';

-- Classes and labels. The range of runs lets only the partition of the published run be read, as before; "run_id = any
-- (array[p.run_id])" beside it lets the key find one example in it: a range alone would walk all of the key. Not "between", which
-- the server prints in parentheses of its own, and reads again from a dump without.

create view crowdlab_bi.class_confusion as
select p.dataset, c.run_id, c.consensus_label, c.given_label, sum(c.num_annotations)::bigint as num_annotations,
    count(*) as num_annotators,
    (sum(c.num_annotations) / sum(sum(c.num_annotations)) over (partition by p.dataset, c.run_id, c.consensus_label)
        )::double precision as share
from crowdlab.published_run p
join crowdlab.annotator_confusion c on c.run_id = p.run_id
group by p.dataset, c.run_id, c.consensus_label, c.given_label;

comment on view crowdlab_bi.class_confusion is 'One row per dataset, consensus label, and label that annotators gave instead or as well, of the published run: which classes are mixed up.';
comment on column crowdlab_bi.class_confusion.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.class_confusion.run_id is 'The published run.';
comment on column crowdlab_bi.class_confusion.consensus_label is 'The consensus label of the examples.';
comment on column crowdlab_bi.class_confusion.given_label is 'The label that annotators gave them.';
comment on column crowdlab_bi.class_confusion.num_annotations is 'Number of these annotations, at least 1.';
comment on column crowdlab_bi.class_confusion.num_annotators is 'Number of annotators who gave them.';
comment on column crowdlab_bi.class_confusion.share is 'num_annotations of all annotations of examples with that consensus label, from 0 to 1.';

create or replace view crowdlab_bi.label_quality as
select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement, l.num_annotations,
    l.tie_break, l.model_label, l.model_probability
from crowdlab.published_run p
join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id]);

comment on column crowdlab_bi.label_quality.model_label is 'The class to which the mean of the models gives the highest probability; NULL without predictions.';
comment on column crowdlab_bi.label_quality.model_probability is 'That probability, from 0 to 1; NULL without predictions.';

create or replace view crowdlab_bi.review_queue as
select q.dataset, q.run_id, q.example_id, q.consensus_label, q.consensus_quality_score, q.annotator_agreement, q.num_annotations,
    q.tie_break, q.reason, q.model_label, q.model_probability, q.rank
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
        l.model_label, l.model_probability, w.rank
    from crowdlab.published_run p
    join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
    left join crowdlab.work_list w on w.run_id = p.run_id and w.list = 'review_queue' and w.example_id = l.example_id
) q
where q.reason is not null;

comment on view crowdlab_bi.review_queue is 'One row per dataset and example of the published run whose consensus label deserves a second look; rank 1 is the least supported. Examples that two or more annotators agree on, with a quality score of 0.5 or more, are left out.';
comment on column crowdlab_bi.review_queue.model_label is 'The class to which the mean of the models gives the highest probability; NULL without predictions.';
comment on column crowdlab_bi.review_queue.model_probability is 'That probability, from 0 to 1; NULL without predictions.';
comment on column crowdlab_bi.review_queue.rank is 'Place of the example in the queue of its dataset: 1 has the lowest consensus_quality_score. The first 10,000 have one, the others NULL; filter by it (rank <= 500) and sort by it.';

create or replace view crowdlab_bi.label_next as
select p.dataset, l.run_id, l.example_id, l.score, l.num_annotations, w.rank
from crowdlab.published_run p
join crowdlab.active_learning_score l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
left join crowdlab.work_list w on w.run_id = p.run_id and w.list = 'label_next' and w.example_id = l.example_id;

comment on view crowdlab_bi.label_next is 'One row per dataset and example with predictions, of the published run: what ActiveLab would have labeled, or labeled again; rank 1 first.';
comment on column crowdlab_bi.label_next.rank is 'Place of the example in its dataset: 1 is to be labeled first. The first 10,000 have one, the others NULL; filter by it (rank <= 500) and sort by it.';

create view crowdlab_bi.label_quality_histogram as
select p.dataset, h.run_id, h.bin, (h.bin - 1) / 20::double precision as bin_lower, h.bin / 20::double precision as bin_upper,
    h.num_examples
from crowdlab.published_run p
cross join lateral (
    select l.run_id, least(floor(l.consensus_quality_score * 20)::integer + 1, 20) as bin, count(*) as num_examples
    from crowdlab.label_quality l
    where l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
    group by 1, 2
) h;

comment on view crowdlab_bi.label_quality_histogram is 'One row per dataset and bin of consensus_quality_score that has examples, of the published run: twenty bins of width 0.05.';
comment on column crowdlab_bi.label_quality_histogram.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.label_quality_histogram.run_id is 'The published run.';
comment on column crowdlab_bi.label_quality_histogram.bin is 'Number of the bin, from 1 (the worst) to 20.';
comment on column crowdlab_bi.label_quality_histogram.bin_lower is 'Lowest consensus_quality_score of the bin.';
comment on column crowdlab_bi.label_quality_histogram.bin_upper is 'What the scores of the bin lie below; in the last bin 1 is included.';
comment on column crowdlab_bi.label_quality_histogram.num_examples is 'Number of examples, at least 1.';

create view crowdlab_bi.example_votes as
select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement, l.num_annotations,
    (
        select string_agg(v.label || ' ' || v.num_votes || ': ' || v.annotators, '; ' order by v.num_votes desc, v.label)
        from (
            select d.label, count(*) as num_votes, string_agg(d.annotator_id, ', ' order by d.annotator_id) as annotators
            from crowdlab.detailed_label_quality d
            where d.run_id >= l.run_id and d.run_id <= l.run_id and d.run_id = any (array[l.run_id])
                and d.example_id = l.example_id
            group by d.label
        ) v
    ) as votes,
    l.model_label, l.model_probability,
    (
        select jsonb_object_agg(v.label, v.annotators)
        from (
            select d.label, jsonb_agg(d.annotator_id order by d.annotator_id) as annotators
            from crowdlab.detailed_label_quality d
            where d.run_id >= l.run_id and d.run_id <= l.run_id and d.run_id = any (array[l.run_id])
                and d.example_id = l.example_id
            group by d.label
        ) v
    ) as annotators_by_label
from crowdlab.published_run p
join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id]);

comment on view crowdlab_bi.example_votes is 'One row per dataset and labeled example, of the published run: who gave which label, and what the models say. Filter by example_id, or join with the first of review_queue.';
comment on column crowdlab_bi.example_votes.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.example_votes.run_id is 'The published run.';
comment on column crowdlab_bi.example_votes.example_id is 'The example.';
comment on column crowdlab_bi.example_votes.consensus_label is 'The label that annotators and models together support best.';
comment on column crowdlab_bi.example_votes.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and is not a probability.';
comment on column crowdlab_bi.example_votes.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1.';
comment on column crowdlab_bi.example_votes.num_annotations is 'Number of annotations of the example, at least 1.';
comment on column crowdlab_bi.example_votes.votes is 'The votes for people to read: each label given, with the number of its votes and its annotators, the label with most votes first.';
comment on column crowdlab_bi.example_votes.model_label is 'The class to which the mean of the models gives the highest probability; NULL without predictions.';
comment on column crowdlab_bi.example_votes.model_probability is 'That probability, from 0 to 1; NULL without predictions.';
comment on column crowdlab_bi.example_votes.annotators_by_label is 'The votes for programs: an object with an array of annotators for each label given.';

create view crowdlab_bi.alternative_consensus as
select p.dataset, l.run_id, l.consensus_method, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement
from crowdlab.published_run p
join crowdlab.alternative_consensus l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id]);

comment on view crowdlab_bi.alternative_consensus is 'One row per dataset, consensus method other than the published one, and labeled example, of the published run: the consensus label by that method.';
comment on column crowdlab_bi.alternative_consensus.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.alternative_consensus.run_id is 'The published run.';
comment on column crowdlab_bi.alternative_consensus.consensus_method is 'The method, as in the setting consensus-methods.';
comment on column crowdlab_bi.alternative_consensus.example_id is 'The example.';
comment on column crowdlab_bi.alternative_consensus.consensus_label is 'The consensus label by that method.';
comment on column crowdlab_bi.alternative_consensus.consensus_quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and method and is not a probability.';
comment on column crowdlab_bi.alternative_consensus.annotator_agreement is 'Share of the example''s annotations that equal that label, from 0 to 1.';

create or replace view crowdlab_bi.detailed_label_quality as
select p.dataset, l.run_id, l.example_id, l.annotator_id, l.label, l.quality_score, l.annotated_at, w.rank
from crowdlab.published_run p
join crowdlab.detailed_label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
left join crowdlab.work_list w on w.run_id = p.run_id and w.list = 'worst_annotations'
    and w.example_id = l.example_id and w.annotator_id = l.annotator_id;

comment on column crowdlab_bi.detailed_label_quality.annotated_at is 'When the label was given; NULL where the input does not say.';
comment on column crowdlab_bi.detailed_label_quality.rank is 'Place of the annotation among those of its dataset: 1 has the lowest quality_score. The first 10,000 have one, the others NULL; filter by it (rank <= 500) and sort by it.';

create or replace view crowdlab_bi.label_changes as
select r.dataset, r.run_id, c.example_id, c.previous_label, c.consensus_label, c.previous_score, c.consensus_quality_score, r.as_of,
    case when c.previous_label is null then 'new' when c.consensus_label is null then 'gone' else 'changed' end as change
from crowdlab.run r
join crowdlab.label_change c on c.run_id = r.run_id
where r.status = 'PUBLISHED';

comment on view crowdlab_bi.label_changes is 'One row per dataset, published run whose history is kept, and example whose consensus label the run changed, that it brought, or that vanished with it.';
comment on column crowdlab_bi.label_changes.change is 'What happened to the example: new (it has a label for the first time), changed (another label), or gone (it has none any more).';

-- Operations

create view crowdlab_bi.rejected_rows as
select p.dataset, c.run_id, c.source, c.reason, c.num_rows, j.row_number, j.example_id, j.annotator_id, j.model, j.label, j.detail
from crowdlab.published_run p
join crowdlab.rejected_count c on c.run_id = p.run_id
left join lateral (
    select e.source, e.reason, min(e.row_number) as row_number
    from crowdlab.rejected_row e
    where e.run_id = p.run_id
    group by e.source, e.reason
) f on f.source = c.source and f.reason = c.reason
left join crowdlab.rejected_row j on j.run_id = p.run_id and j.row_number = f.row_number;

comment on view crowdlab_bi.rejected_rows is 'One row per dataset, source and reason of rejected rows, of the published run: how many there were, and one of them as an example.';
comment on column crowdlab_bi.rejected_rows.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.rejected_rows.run_id is 'The published run.';
comment on column crowdlab_bi.rejected_rows.source is 'annotation or prediction.';
comment on column crowdlab_bi.rejected_rows.reason is 'Why the rows cannot be used, a code such as UNKNOWN_LABEL.';
comment on column crowdlab_bi.rejected_rows.num_rows is 'Number of rows rejected for that reason, at least 1.';
comment on column crowdlab_bi.rejected_rows.row_number is 'Number of the example among the rejected rows of the run, the first of its reason; NULL, like the rest, where the rows are no longer kept.';
comment on column crowdlab_bi.rejected_rows.example_id is 'The example in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows.annotator_id is 'The annotator in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows.model is 'The model in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows.label is 'The label in that row; NULL where it has none.';
comment on column crowdlab_bi.rejected_rows.detail is 'What is wrong with that row.';

create view crowdlab_bi.run_checks as
select p.dataset, c.run_id, c.code, c.severity, c.message, c.observed, c.threshold
from crowdlab.published_run p
join crowdlab.run_check c on c.run_id = p.run_id;

comment on view crowdlab_bi.run_checks is 'One row per dataset and finding about the published run. What stopped a later run is in freshness.';
comment on column crowdlab_bi.run_checks.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_checks.run_id is 'The published run.';
comment on column crowdlab_bi.run_checks.code is 'Code of the finding, for example SINGLE_ANNOTATION_ONLY.';
comment on column crowdlab_bi.run_checks.severity is 'INFO or WARN; a run with a FAIL is not published.';
comment on column crowdlab_bi.run_checks.message is 'What was found, in one sentence.';
comment on column crowdlab_bi.run_checks.observed is 'The value found, in the unit the message names; NULL where there is none.';
comment on column crowdlab_bi.run_checks.threshold is 'The bound it was held against, in the same unit; NULL where there is none.';

create view crowdlab_bi.run_models as
select p.dataset, m.run_id, m.model, m.model_weight, m.temperature
from crowdlab.published_run p
join crowdlab.run_model m on m.run_id = p.run_id;

comment on view crowdlab_bi.run_models is 'One row per dataset and model that gave predictions, of the published run.';
comment on column crowdlab_bi.run_models.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_models.run_id is 'The published run.';
comment on column crowdlab_bi.run_models.model is 'Name of the model.';
comment on column crowdlab_bi.run_models.model_weight is 'Weight of the model''s predictions in the consensus, 0 or more, may exceed 1; NULL where no weights are used.';
comment on column crowdlab_bi.run_models.temperature is 'Temperature by which the predictions were calibrated: above 1 makes them less confident, below 1 more confident; NULL unless calibrated.';

create or replace view crowdlab_bi.run_history as
select r.dataset, r.run_id, r.as_of, r.status, r.started_at, r.finished_at, r.became_current, r.job_execution_id,
    r.software_version, r.results_version, r.input_digest, r.output_digest, r.num_examples, r.num_annotations, r.num_annotators,
    r.num_classes, r.num_unlabeled, r.num_collapsed, r.num_rejected, r.consensus_likelihood, r.previous_hash, r.hash,
    r.finished_at - r.started_at as duration,
    p.run_id is not null as is_current
from crowdlab.run r
left join crowdlab.published_run p on p.dataset = r.dataset and p.run_id = r.run_id;

comment on view crowdlab_bi.run_history is 'One row per run, whatever became of it; sort by run_id.';

create view crowdlab_bi.freshness as
select r.dataset, p.run_id, p.published_at, c.as_of,
    (select max(s.last_annotated_at) from crowdlab.annotator_stats s where s.run_id = p.run_id) as newest_annotation,
    r.run_id as last_run_id, r.status as last_run_status, r.started_at as last_run_started_at,
    r.finished_at as last_run_finished_at,
    (
        select string_agg(k.message, ' ' order by k.code)
        from crowdlab.run_check k
        where k.run_id = r.run_id and k.severity = 'FAIL'
    ) as last_run_failure
from (select dataset, max(run_id) as run_id from crowdlab.run group by dataset) n
join crowdlab.run r on r.run_id = n.run_id
left join crowdlab.published_run p on p.dataset = r.dataset
left join crowdlab.run c on c.run_id = p.run_id;

comment on view crowdlab_bi.freshness is 'One row per dataset of which there ever was a run: how old what dashboards show is, and how the last run ended.';
comment on column crowdlab_bi.freshness.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.freshness.run_id is 'The published run; NULL where none is.';
comment on column crowdlab_bi.freshness.published_at is 'When that run became current.';
comment on column crowdlab_bi.freshness.as_of is 'The moment whose data that run describes.';
comment on column crowdlab_bi.freshness.newest_annotation is 'When the newest annotation of that run was given; NULL where the input does not say.';
comment on column crowdlab_bi.freshness.last_run_id is 'The run that was started last.';
comment on column crowdlab_bi.freshness.last_run_status is 'What became of it: RUNNING, PUBLISHED, SKIPPED (nothing had changed), REFUSED (a check stopped publication) or FAILED.';
comment on column crowdlab_bi.freshness.last_run_started_at is 'When it began.';
comment on column crowdlab_bi.freshness.last_run_finished_at is 'When it was closed; NULL while RUNNING.';
comment on column crowdlab_bi.freshness.last_run_failure is 'Why it was REFUSED or FAILED, in words; NULL where it was neither.';

create view crowdlab_bi.data_dictionary as
select c.relname::text as view_name, a.attnum::integer as position, a.attname::text as column_name,
    format_type(a.atttypid, a.atttypmod) as data_type, col_description(c.oid, a.attnum::integer) as description
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'crowdlab_bi'::regnamespace and c.relkind = 'v'
union all
select c.relname::text as view_name, 0 as position, null::text as column_name, null::text as data_type,
    obj_description(c.oid, 'pg_class') as description
from pg_class c
where c.relnamespace = 'crowdlab_bi'::regnamespace and c.relkind = 'v';

comment on view crowdlab_bi.data_dictionary is 'One row per view of this schema, and one per column of it: what it means.';
comment on column crowdlab_bi.data_dictionary.view_name is 'Name of the view.';
comment on column crowdlab_bi.data_dictionary.position is '0 for the view itself, else the place of the column, from 1.';
comment on column crowdlab_bi.data_dictionary.column_name is 'Name of the column; NULL for the view itself.';
comment on column crowdlab_bi.data_dictionary.data_type is 'Type of the column; NULL for the view itself.';
comment on column crowdlab_bi.data_dictionary.description is 'What it means.';
