-- A small dataset whose figures can be checked by hand: "pets", current run 3, of the same moment as run 2; run 4 was refused.
-- Dataset "zoo" has failed and was never published. Loaded by a superuser with triggers off, since closed runs stand still.
set session_replication_role = replica;

insert into crowdlab.run (run_id, dataset, as_of, status, started_at, started_by, finished_at, became_current, software_version,
    results_version, settings, input_digest, output_digest, num_examples, num_annotations, num_annotators, num_classes,
    num_unlabeled, num_collapsed, num_rejected, previous_hash, hash)
select r.run_id, r.dataset, r.as_of::timestamptz, r.status, r.as_of::timestamptz + interval '1 h', 'x',
    r.as_of::timestamptz + interval '2 h', r.status = 'PUBLISHED', '1', 1, '{}', 'x', 'x', 4, 8, 3, 2, 0, 0, 3, r.previous_hash, r.hash
from (values
    (1, 'pets', '2026-01-11 23:00+00', 'PUBLISHED', null, 'h1'),
    (2, 'pets', '2026-02-08 23:00+00', 'PUBLISHED', 'h1', 'h2'),
    (3, 'pets', '2026-02-08 23:00+00', 'PUBLISHED', 'h2', 'h3'),
    (4, 'pets', '2026-02-09 23:00+00', 'REFUSED', 'h3', 'h4'),
    (5, 'zoo', '2026-02-09 23:00+00', 'FAILED', null, 'h5')) r (run_id, dataset, as_of, status, previous_hash, hash);
insert into crowdlab.published_run values ('pets', 3, '2026-02-09 01:00+00');

create table crowdlab.label_quality_r2 partition of crowdlab.label_quality for values in (2);
create table crowdlab.label_quality_r3 partition of crowdlab.label_quality for values in (3);
create table crowdlab.detailed_label_quality_r2 partition of crowdlab.detailed_label_quality for values in (2);
create table crowdlab.detailed_label_quality_r3 partition of crowdlab.detailed_label_quality for values in (3);
create table crowdlab.alternative_consensus_r2 partition of crowdlab.alternative_consensus for values in (2);
create table crowdlab.alternative_consensus_r3 partition of crowdlab.alternative_consensus for values in (3);
create table crowdlab.active_learning_score_r2 partition of crowdlab.active_learning_score for values in (2);
create table crowdlab.active_learning_score_r3 partition of crowdlab.active_learning_score for values in (3);
create table crowdlab.label_posterior_r2 partition of crowdlab.label_posterior for values in (2);
create table crowdlab.label_posterior_r3 partition of crowdlab.label_posterior for values in (3);
create table crowdlab.label_state_r2 partition of crowdlab.label_state for values in (2);
create table crowdlab.label_state_r3 partition of crowdlab.label_state for values in (3);
create table crowdlab.soft_label_r2 partition of crowdlab.soft_label for values in (2);
create table crowdlab.soft_label_r3 partition of crowdlab.soft_label for values in (3);

insert into crowdlab.label_quality (run_id, example_id, consensus_label, consensus_quality_score, annotator_agreement,
    num_annotations, tie_break, model_label, model_probability)
select run.id, e.*
from (values (2), (3)) run (id),
    (values
        ('e1', 'cat', 1, 1, 3, 'none', 'cat', 0.9),
        ('e2', 'dog', 0.5, 0.5, 2, 'model', 'dog', 0.7),
        ('e3', 'cat', 0.04, 0, 2, 'none', 'cat', 0.99),
        ('e4', 'dog', 0.97, 1, 1, 'none', null, null)) e;
insert into crowdlab.detailed_label_quality (run_id, example_id, annotator_id, label, quality_score, annotated_at)
select run.id, d.example_id, d.annotator_id, d.label, d.quality_score, timestamptz '2026-02-01 10:00+00'
from (values (2), (3)) run (id),
    (values
        ('e1', 'ann', 'cat', 0.9), ('e1', 'bob', 'cat', 0.9), ('e1', 'cyd', 'cat', 0.8),
        ('e2', 'ann', 'dog', 0.5), ('e2', 'bob', 'cat', 0.5),
        ('e3', 'bob', 'dog', 0.1), ('e3', 'ann', 'dog', 0.2),
        ('e4', 'cyd', 'dog', 0.97)) d (example_id, annotator_id, label, quality_score);
insert into crowdlab.alternative_consensus
select run.id, 'majority_vote', e.*
from (values (2), (3)) run (id), (values ('e1', 'cat', 1, 1), ('e3', 'dog', 0.06, 1)) e;
insert into crowdlab.active_learning_score
select run.id, e.*
from (values (2), (3)) run (id), (values ('e1', 0.8, 3), ('e9', 0.3, 0)) e;
insert into crowdlab.label_quality_bin
select run.id, b.*
from (values (2), (3)) run (id),
    (values (1, 2, 'NOBODY_CHOSE_IT', 1), (11, 2, 'TIE', 1), (20, 1, 'ONE_ANNOTATION', 1), (20, 3, 'NONE', 1)) b;
insert into crowdlab.calibration_bin
select run.id, b.*
from (values (2), (3)) run (id), (values ('best_quality', 1, 0, 0.1, 2, 0.06, 0.5), ('best_quality', 10, 0.9, 1, 1, 0.95, 1)) b;
insert into crowdlab.machine_stats
select run.id, s.*
from (values (2), (3)) run (id),
    (values
        ('gpt-1', 'gpt', 40, 0.9, 0.8, 0.95, 0.5, 0.9, 'PASS', 'USED'),
        ('gpt-2', null, 3, 0.5, 0.25, 0.75, null, null, 'TOO_FEW_HUMANS', 'NO_OVERLAP')) s;
insert into crowdlab.machine_pair
select run.id, 'gpt-1', 'gpt-2', 3, null from (values (2), (3)) run (id);
insert into crowdlab.machine_period
select run.id, 'gpt-1', p.*
from (values (2), (3)) run (id), (values (date '2026-01-05', 20, 0.9, null, false), (date '2026-01-12', 20, 0.5, 0.4, true)) p;
insert into crowdlab.run_panel
select run.id, 1, 1, 1, 0.5, 'ANCHORED', 60 from (values (2), (3)) run (id);
insert into crowdlab.class_share
select run.id, s.*
from (values (2), (3)) run (id),
    (values
        ('2026-01-05', 'cat', 3, 0.5, null, null, null, 2, null, 'There are 2 of at least 50 gold labels.'),
        ('dataset', 'cat', 4, 0.5, 0.25, 0.125, 0.375, 50, 60, null),
        ('dataset', 'dog', 4, 0.5, 0.75, 0.625, 0.875, 50, 60, null)) s;
insert into crowdlab.gold_correction
select run.id, g.*
from (values (2), (3)) run (id), (values ('committee', 'CHANGED', 4, 12, 3, 100, 0.875, 0.75, 0.9375)) g;
insert into crowdlab.gold_weight
select run.id, g.*
from (values (2), (3)) run (id),
    (values
        ('committee', 1, 'consensus', null, null, 0.375),
        ('committee', 2, 'votes', null, null, 0.5),
        ('committee', 3, 'class', 'cat', null, -0.25),
        ('committee', 4, 'annotator', null, 'ann', 1.5)) g;
insert into crowdlab.label_posterior
select run.id, e.*
from (values (2), (3)) run (id), (values ('e1', array[0.125, 0.875]), ('e3', array[0.75, 0.25])) e;
insert into crowdlab.soft_label
select run.id, e.*
from (values (2), (3)) run (id), (values ('e1', 'cat', 0.75), ('e1', 'dog', 0.25), ('e3', 'cat', 0.5), ('e3', 'dog', 0.5)) e;
insert into crowdlab.label_state
select run.id, e.*
from (values (2), (3)) run (id),
    (values ('e1', 'done', timestamptz '2026-01-02 00:00Z', 0.875), ('e3', 'ask', '2026-01-03 00:00Z', null)) e;
insert into crowdlab.run_class
select run.id, c.*
from (values (2), (3)) run (id), (values (1, 'dog'), (2, 'cat')) c;
insert into crowdlab.work_list
select run.id, w.*
from (values (2), (3)) run (id),
    (values
        ('worst_annotations', 1, 'e3', 'bob'), ('worst_annotations', 2, 'e3', 'ann'),
        ('review_queue', 1, 'e3', null), ('review_queue', 2, 'e2', null), ('review_queue', 3, 'e4', null),
        ('label_next', 1, 'e9', null), ('label_next', 2, 'e1', null)) w;

insert into crowdlab.annotator_stats (run_id, annotator_id, annotator_quality, quality_reason, agreement_with_consensus, worst_class,
    num_examples_labeled, annotator_weight, agreement_with_annotators, agreement_imputed, quality_lower, quality_upper,
    agreement_with_model, first_annotated_at, last_annotated_at)
select s.run_id, s.annotator_id, s.quality, case when s.quality is null then 'x' end, 0.5, 'dog', 3, 1, 0.5, false,
    s.quality, s.quality, 0.5, timestamptz '2026-01-05 10:00+00', s.last_annotated_at::timestamptz
from (values
    (1, 'ann', 0.9, '2026-01-11 12:00+00'), (2, 'ann', 0.7, '2026-02-08 12:00+00'), (3, 'ann', 0.6, '2026-02-08 12:00+00'),
    (1, 'bob', null, null), (3, 'bob', 0.5, '2026-02-08 22:59+00'),
    (3, 'cyd', 0.8, null)) s (run_id, annotator_id, quality, last_annotated_at);
insert into crowdlab.annotator_confusion
values (2, 'ann', 'cat', 'cat', 99),
    (3, 'ann', 'cat', 'cat', 1), (3, 'ann', 'cat', 'dog', 1), (3, 'ann', 'dog', 'dog', 1),
    (3, 'bob', 'cat', 'cat', 1), (3, 'bob', 'cat', 'dog', 1), (3, 'bob', 'dog', 'cat', 1),
    (3, 'cyd', 'cat', 'cat', 1), (3, 'cyd', 'dog', 'dog', 1);
insert into crowdlab.dataset_stats
values (1, 'krippendorff_alpha', 0.5, 0.4, 0.6, 3, null),
    (2, 'krippendorff_alpha', 0.3, 0.2, 0.4, 3, null),
    (3, 'krippendorff_alpha', 0.25, 0.1, 0.4, 3, null),
    (3, 'fleiss_kappa', null, null, null, 3, 'Examples have different numbers of annotations.'),
    (2, 'state_ask', 1, null, null, 2, null), (3, 'state_ask', 0.5, null, null, 1, null), (3, 'state_done', 0.5, null, null, 1, null);
insert into crowdlab.annotator_pair
values (2, 'ann', 'bob', 9, 9, 1),
    (3, 'ann', 'bob', 3, 2, 0.4), (3, 'ann', 'cyd', 1, 1, null);

-- ann: 20 labels a week, nine of ten like the consensus, then 30 of which it is three of ten, which is a drift; bob: too few to say.
insert into crowdlab.annotator_period
select 3, 'ann', date '2026-01-05' + 7 * week, case when week = 4 then 30 else 20 end, p.share, p.share, 0, 1,
    case when week = 4 then 0.36 when week >= 2 then 0 end, week = 4
from generate_series(0, 4) week
cross join lateral (select case when week = 4 then 0.3 else 0.9 end as share) p
union all
select 3, 'bob', date '2026-01-05' + 7 * week, 4, p.share, p.share, 0, 1,
    case when week = 4 then 0.5 when week >= 2 then 0 end, false
from generate_series(0, 4) week
cross join lateral (select case when week = 4 then 0 else 1 end as share) p
union all
select 2, 'ann', date '2026-01-05', 99, 0.5, 0.5, 0, 1, null, false;

insert into crowdlab.label_change
values (2, 'e1', null, 'cat', null, 0.9),
    (3, 'e2', 'cat', 'dog', 0.6, 0.5),
    (3, 'e5', 'dog', null, 0.7, null);
insert into crowdlab.rejected_count
values (2, 'annotation', 'MISSING_LABEL', 7),
    (3, 'annotation', 'UNKNOWN_LABEL', 2), (3, 'annotation', 'MISSING_LABEL', 1), (3, 'prediction', 'PROBABILITY_SUM', 5),
    (4, 'annotation', 'UNKNOWN_LABEL', 34432), (4, 'gold', 'MISSING_ID', 1);
insert into crowdlab.rejected_row (run_id, row_number, source, example_id, annotator_id, model, label, reason, detail)
values (3, 1, 'annotation', 'e1', 'bob', null, null, 'MISSING_LABEL', 'no label'),
    (3, 2, 'annotation', 'e2', 'bob', null, 'hog', 'UNKNOWN_LABEL', 'meant dog?'),
    (3, 3, 'annotation', 'e7', 'bob', null, 'hog', 'UNKNOWN_LABEL', 'meant dog?'),
    (4, 1, 'annotation', 'e8', 'bob', null, 'cow', 'UNKNOWN_LABEL', 'no such class'),
    (4, 2, 'annotation', 'e9', 'bob', null, 'cow', 'UNKNOWN_LABEL', 'no such class');
insert into crowdlab.run_check
values (2, 'OLD', 'INFO', 'of an old run', null, null, null, null),
    (3, 'SINGLE_ANNOTATION_ONLY', 'WARN', 'One example has one annotation.', 1, 0, 240, '[{"headline": "One example has one annotation."}]'),
    (4, 'MIN_EXAMPLES', 'FAIL', 'Too few examples.', 4, 9, 20, null), (4, 'ANOTHER', 'FAIL', 'Why that is so.', 1, 1, 30, null),
    (4, 'OTHER', 'WARN', 'not why', null, null, 10, null),
    (5, 'FAILED', 'FAIL', 'The query failed.', null, null, null, null);
insert into crowdlab.run_model
values (2, 'old', 1, null, null), (3, 'net', 1.5, 0.8, 0.75);
insert into crowdlab.run_consensus (run_id, consensus_method, estimated_accuracy, lower, upper, rounds, gold_accuracy, gold_lower,
    gold_upper, num_gold, agreement_with_published)
values (2, 'committee', 0.5, 0.4, 0.6, 9, null, null, null, 0, 1),
    (3, 'committee', 0.8, 0.6, 0.9, 12, 0.75, 0.5, 0.875, 4, 1),
    (3, 'majority_vote', null, null, null, null, 0.5, 0.25, 0.75, 4, 0.5);
insert into crowdlab.run_expert
values (2, 'committee', 'coin2', 1, -2, 9), (3, 'committee', 'coin2', 0.75, -1.5, 12), (3, 'committee', 'spam8', 0.25, -1.75, 7);
insert into crowdlab.run_expert_model
values (2, 'committee', 'coin2', 'old', 1), (3, 'committee', 'coin2', 'net', 0.5), (3, 'committee', 'spam8', 'net', 2);

reset session_replication_role;
