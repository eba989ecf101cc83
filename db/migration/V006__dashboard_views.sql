-- Purpose: schema crowdlab_bi, the contract with dashboards: views only. Views of partitioned tables ask for
--          "run_id between p.run_id and p.run_id": with "=", or with an array, every kept run would be read, with this
--          only the partition of the published run is, by its key.
-- Locks:   new objects only; nobody waits.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

-- "create schema if not exists" asks for the right to create schemas even where the schema was made beforehand.
do $$
begin
    if to_regnamespace('crowdlab_bi') is null then
        create schema crowdlab_bi;
    end if;
end
$$;

comment on schema crowdlab_bi is 'What dashboards read: the published results of every dataset. Views only.';

create view crowdlab_bi.label_quality as
select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement, l.num_annotations,
    l.tie_break
from crowdlab.published_run p
join crowdlab.label_quality l on l.run_id between p.run_id and p.run_id;

comment on view crowdlab_bi.label_quality is 'One row per dataset and labeled example, of the published run: its consensus label, and how well annotators and models support it.';
comment on column crowdlab_bi.label_quality.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.label_quality.run_id is 'The published run.';
comment on column crowdlab_bi.label_quality.example_id is 'The example.';
comment on column crowdlab_bi.label_quality.consensus_label is 'The label that annotators and models together support best.';
comment on column crowdlab_bi.label_quality.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and is not a probability.';
comment on column crowdlab_bi.label_quality.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1.';
comment on column crowdlab_bi.label_quality.num_annotations is 'Number of annotations of the example, at least 1.';
comment on column crowdlab_bi.label_quality.tie_break is 'none where the consensus was clear, else the rule that decided: votes, model, class_frequency, annotator_accuracy or class_order.';

create view crowdlab_bi.detailed_label_quality as
select p.dataset, l.run_id, l.example_id, l.annotator_id, l.label, l.quality_score
from crowdlab.published_run p
join crowdlab.detailed_label_quality l on l.run_id between p.run_id and p.run_id;

comment on view crowdlab_bi.detailed_label_quality is 'One row per dataset and annotation, of the published run: the label that one annotator gave to one example, and its quality score.';
comment on column crowdlab_bi.detailed_label_quality.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.detailed_label_quality.run_id is 'The published run.';
comment on column crowdlab_bi.detailed_label_quality.example_id is 'The example.';
comment on column crowdlab_bi.detailed_label_quality.annotator_id is 'The annotator.';
comment on column crowdlab_bi.detailed_label_quality.label is 'The label the annotator gave.';
comment on column crowdlab_bi.detailed_label_quality.quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and is not a probability.';

create view crowdlab_bi.annotator_stats as
select p.dataset, s.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed
from crowdlab.published_run p
join crowdlab.annotator_stats s on s.run_id = p.run_id;

comment on view crowdlab_bi.annotator_stats is 'One row per dataset and annotator, of the published run: how well the annotator''s labels are supported.';
comment on column crowdlab_bi.annotator_stats.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.annotator_stats.run_id is 'The published run.';
comment on column crowdlab_bi.annotator_stats.annotator_id is 'The annotator.';
comment on column crowdlab_bi.annotator_stats.annotator_quality is 'How well the annotator''s labels are supported overall: a score from 0 to 1, higher is better. It ranks the annotators of a run and is not a probability; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab_bi.annotator_stats.quality_reason is 'Why annotator_quality is NULL; NULL where it is known.';
comment on column crowdlab_bi.annotator_stats.agreement_with_consensus is 'Share of the annotator''s labels that equal the consensus label, from 0 to 1.';
comment on column crowdlab_bi.annotator_stats.worst_class is 'Among the classes the annotator used, the one whose labels equal the consensus label least often.';
comment on column crowdlab_bi.annotator_stats.num_examples_labeled is 'Number of examples the annotator labeled, at least 1.';
comment on column crowdlab_bi.annotator_stats.annotator_weight is 'Weight of the annotator''s labels in the consensus, 0 or more; NULL where no weights are used.';
comment on column crowdlab_bi.annotator_stats.agreement_with_annotators is 'Share of the other annotators'' labels on the same examples that equal the annotator''s own, from 0 to 1; NULL where not defined.';
comment on column crowdlab_bi.annotator_stats.agreement_imputed is 'True where the annotator shares no example with anyone, so that agreement_with_annotators is the mean over the others.';

create view crowdlab_bi.annotator_quality_history as
select r.dataset, r.run_id, s.annotator_id, s.annotator_quality, s.quality_reason, s.agreement_with_consensus, s.worst_class,
    s.num_examples_labeled, s.annotator_weight, s.agreement_with_annotators, s.agreement_imputed, r.as_of
from crowdlab.run r
join crowdlab.annotator_stats s on s.run_id = r.run_id
where r.status = 'PUBLISHED'
order by r.dataset, r.as_of, r.run_id, s.annotator_id;

comment on view crowdlab_bi.annotator_quality_history is 'One row per dataset, run that was ever published and whose history is kept, and annotator, in the order of as_of: how the quality of each annotator developed.';
comment on column crowdlab_bi.annotator_quality_history.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.annotator_quality_history.run_id is 'The run.';
comment on column crowdlab_bi.annotator_quality_history.annotator_id is 'The annotator.';
comment on column crowdlab_bi.annotator_quality_history.annotator_quality is 'How well the annotator''s labels are supported overall: a score from 0 to 1, higher is better. It ranks the annotators of a run and is not a probability; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab_bi.annotator_quality_history.quality_reason is 'Why annotator_quality is NULL; NULL where it is known.';
comment on column crowdlab_bi.annotator_quality_history.agreement_with_consensus is 'Share of the annotator''s labels that equal the consensus label, from 0 to 1.';
comment on column crowdlab_bi.annotator_quality_history.worst_class is 'Among the classes the annotator used, the one whose labels equal the consensus label least often.';
comment on column crowdlab_bi.annotator_quality_history.num_examples_labeled is 'Number of examples the annotator labeled, at least 1.';
comment on column crowdlab_bi.annotator_quality_history.annotator_weight is 'Weight of the annotator''s labels in the consensus, 0 or more; NULL where no weights are used.';
comment on column crowdlab_bi.annotator_quality_history.agreement_with_annotators is 'Share of the other annotators'' labels on the same examples that equal the annotator''s own, from 0 to 1; NULL where not defined.';
comment on column crowdlab_bi.annotator_quality_history.agreement_imputed is 'True where the annotator shares no example with anyone, so that agreement_with_annotators is the mean over the others.';
comment on column crowdlab_bi.annotator_quality_history.as_of is 'The moment whose data the run describes.';

-- The reasons in the order in which they weigh; an example that meets none of them needs no second look.
create view crowdlab_bi.review_queue as
select q.dataset, q.run_id, q.example_id, q.consensus_label, q.consensus_quality_score, q.annotator_agreement, q.num_annotations,
    q.tie_break, q.reason
from (
    select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement,
        l.num_annotations, l.tie_break,
        case
            when l.tie_break <> 'none' then 'TIE'
            when l.annotator_agreement = 0 then 'NOBODY_CHOSE_IT'
            when l.annotator_agreement < 1 then 'ANNOTATORS_DISAGREE'
            when l.num_annotations = 1 then 'ONE_ANNOTATION'
            when l.consensus_quality_score < 0.5 then 'LOW_QUALITY'
        end as reason
    from crowdlab.published_run p
    join crowdlab.label_quality l on l.run_id between p.run_id and p.run_id
) q
where q.reason is not null
order by q.consensus_quality_score, q.dataset, q.example_id;

comment on view crowdlab_bi.review_queue is 'One row per dataset and example of the published run whose consensus label deserves a second look, the least supported first. Examples that two or more annotators agree on, with a quality score of 0.5 or more, are left out.';
comment on column crowdlab_bi.review_queue.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.review_queue.run_id is 'The published run.';
comment on column crowdlab_bi.review_queue.example_id is 'The example.';
comment on column crowdlab_bi.review_queue.consensus_label is 'The label that annotators and models together support best.';
comment on column crowdlab_bi.review_queue.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and is not a probability.';
comment on column crowdlab_bi.review_queue.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1.';
comment on column crowdlab_bi.review_queue.num_annotations is 'Number of annotations of the example, at least 1.';
comment on column crowdlab_bi.review_queue.tie_break is 'none where the consensus was clear, else the rule that decided: votes, model, class_frequency, annotator_accuracy or class_order.';
comment on column crowdlab_bi.review_queue.reason is 'Why to look again, the first that applies: TIE (a tie rule chose the label), NOBODY_CHOSE_IT (the models outvoted every annotator), ANNOTATORS_DISAGREE, ONE_ANNOTATION (it rests on one person), LOW_QUALITY (the annotators agree, yet the quality score is below 0.5).';

create view crowdlab_bi.label_next as
select p.dataset, l.run_id, l.example_id, l.score, l.num_annotations,
    row_number() over (partition by p.dataset order by l.score, l.example_id) as rank
from crowdlab.published_run p
join crowdlab.active_learning_score l on l.run_id between p.run_id and p.run_id
order by p.dataset, rank;

comment on view crowdlab_bi.label_next is 'One row per dataset and example with predictions, of the published run, in the order in which ActiveLab would have them labeled or labeled again.';
comment on column crowdlab_bi.label_next.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.label_next.run_id is 'The published run.';
comment on column crowdlab_bi.label_next.example_id is 'The example.';
comment on column crowdlab_bi.label_next.score is 'ActiveLab score from 0 to 1; the lower, the more another label is worth. It ranks the examples of a run and is not a probability.';
comment on column crowdlab_bi.label_next.num_annotations is 'Number of annotations the example has; 0 where it is unlabeled.';
comment on column crowdlab_bi.label_next.rank is 'Place of the example in its dataset: 1 is to be labeled first.';

create view crowdlab_bi.label_changes as
select r.dataset, r.run_id, c.example_id, c.previous_label, c.consensus_label, c.previous_score, c.consensus_quality_score, r.as_of
from crowdlab.run r
join crowdlab.label_change c on c.run_id = r.run_id
where r.status = 'PUBLISHED'
order by r.dataset, r.run_id, c.example_id;

comment on view crowdlab_bi.label_changes is 'One row per dataset, published run whose history is kept, and example whose consensus label the run changed, by run.';
comment on column crowdlab_bi.label_changes.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.label_changes.run_id is 'The run that brought the change.';
comment on column crowdlab_bi.label_changes.example_id is 'The example.';
comment on column crowdlab_bi.label_changes.previous_label is 'Consensus label in the run published before; NULL where the example is new.';
comment on column crowdlab_bi.label_changes.consensus_label is 'Consensus label in this run; NULL where the example has vanished.';
comment on column crowdlab_bi.label_changes.previous_score is 'consensus_quality_score in the run published before, a score from 0 to 1; NULL where the example is new.';
comment on column crowdlab_bi.label_changes.consensus_quality_score is 'consensus_quality_score in this run, a score from 0 to 1; NULL where the example has vanished.';
comment on column crowdlab_bi.label_changes.as_of is 'The moment whose data the run describes.';

-- Who started a run, and its settings with the queries, are for auditors, who read crowdlab.run.
create view crowdlab_bi.run_history as
select r.dataset, r.run_id, r.as_of, r.status, r.started_at, r.finished_at, r.became_current, r.job_execution_id,
    r.software_version, r.results_version, r.input_digest, r.output_digest, r.num_examples, r.num_annotations, r.num_annotators,
    r.num_classes, r.num_unlabeled, r.num_collapsed, r.num_rejected, r.consensus_likelihood, r.previous_hash, r.hash,
    r.finished_at - r.started_at as duration,
    p.run_id is not null as is_current
from crowdlab.run r
left join crowdlab.published_run p on p.dataset = r.dataset and p.run_id = r.run_id
order by r.run_id desc;

comment on view crowdlab_bi.run_history is 'One row per run, whatever became of it, the newest first.';
comment on column crowdlab_bi.run_history.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_history.run_id is 'Number of the run.';
comment on column crowdlab_bi.run_history.as_of is 'The moment whose data the run describes.';
comment on column crowdlab_bi.run_history.status is 'RUNNING; or closed: PUBLISHED (results were published), SKIPPED (nothing had changed), REFUSED (a check stopped publication), FAILED (an error or a kill).';
comment on column crowdlab_bi.run_history.started_at is 'When the run began.';
comment on column crowdlab_bi.run_history.finished_at is 'When the run was closed; NULL while RUNNING.';
comment on column crowdlab_bi.run_history.became_current is 'Whether the dashboards showed the run from its end on; false where it only entered the history or was not published; NULL while RUNNING.';
comment on column crowdlab_bi.run_history.job_execution_id is 'The Spring Batch execution; NULL if there was none.';
comment on column crowdlab_bi.run_history.software_version is 'Version of the program that ran.';
comment on column crowdlab_bi.run_history.results_version is 'Version of the results that the program made: it is raised when any number may change.';
comment on column crowdlab_bi.run_history.input_digest is 'Digest over all rows read, in hexadecimal; NULL until known.';
comment on column crowdlab_bi.run_history.output_digest is 'Digest over the digests of the run''s tables, in hexadecimal; NULL until known.';
comment on column crowdlab_bi.run_history.num_examples is 'Number of examples with at least one accepted annotation; NULL until known.';
comment on column crowdlab_bi.run_history.num_annotations is 'Number of annotations analyzed; NULL until known.';
comment on column crowdlab_bi.run_history.num_annotators is 'Number of annotators with at least one accepted annotation; NULL until known.';
comment on column crowdlab_bi.run_history.num_classes is 'Number of classes; NULL until known.';
comment on column crowdlab_bi.run_history.num_unlabeled is 'Number of examples with predictions but without accepted annotation; NULL until known.';
comment on column crowdlab_bi.run_history.num_collapsed is 'Number of rows that only repeated an equal one; NULL until known.';
comment on column crowdlab_bi.run_history.num_rejected is 'Number of rows refused; NULL until known.';
comment on column crowdlab_bi.run_history.consensus_likelihood is 'Mean annotator agreement over examples with several annotations, from 0 to 1; NULL where it is not defined or not yet known.';
comment on column crowdlab_bi.run_history.previous_hash is 'hash of the run of this dataset that was closed before this one; NULL for the first and while RUNNING.';
comment on column crowdlab_bi.run_history.hash is 'SHA-256 over previous_hash and the run''s row, in hexadecimal; NULL while RUNNING.';
comment on column crowdlab_bi.run_history.duration is 'Time from start to close; NULL while RUNNING.';
comment on column crowdlab_bi.run_history.is_current is 'True for the run whose results the dashboards show.';
