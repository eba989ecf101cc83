-- Purpose: the consensus methods of a run side by side, and the experts of a committee with what each makes of the models.
-- Locks:   share row exclusive on run, and share update exclusive on the tables and views whose comments change, each for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.run_consensus (
    run_id                   bigint                      not null,
    consensus_method         text collate pg_catalog."C" not null,
    estimated_accuracy       double precision,
    lower                    double precision,
    upper                    double precision,
    rounds                   integer,
    gold_accuracy            double precision,
    gold_lower               double precision,
    gold_upper               double precision,
    num_gold                 bigint                      not null,
    agreement_with_published double precision            not null,
    constraint run_consensus_pkey primary key (run_id, consensus_method),
    constraint run_consensus_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_consensus_estimated_accuracy_check check (estimated_accuracy between 0 and 1),
    constraint run_consensus_interval_check check (0 <= lower and lower <= estimated_accuracy
        and estimated_accuracy <= upper and upper <= 1),
    constraint run_consensus_rounds_check check (rounds > 0),
    constraint run_consensus_gold_accuracy_check check (gold_accuracy between 0 and 1),
    constraint run_consensus_gold_interval_check check (0 <= gold_lower and gold_lower <= gold_accuracy
        and gold_accuracy <= gold_upper and gold_upper <= 1),
    constraint run_consensus_num_gold_check check (num_gold >= 0),
    constraint run_consensus_agreement_with_published_check check (agreement_with_published between 0 and 1)
);

comment on table crowdlab.run_consensus is 'One row per run and consensus method, published or not: how accurate its labels are, as far as that is known, and how far they equal the published ones. Kept forever.';
comment on column crowdlab.run_consensus.run_id is 'The run.';
comment on column crowdlab.run_consensus.consensus_method is 'The method: best_quality, majority_vote, committee or dawid_skene.';
comment on column crowdlab.run_consensus.estimated_accuracy is 'Share of right labels that the method expects of itself, from 0 to 1: the mean probability that they are right. NULL for methods whose scores are no calibrated probabilities; only committee has one.';
comment on column crowdlab.run_consensus.lower is 'Lower end of a 90 % interval of estimated_accuracy: how far such estimates were off on public data sets with known labels; it does not shrink with the number of examples. NULL where estimated_accuracy is.';
comment on column crowdlab.run_consensus.upper is 'Upper end of that interval.';
comment on column crowdlab.run_consensus.rounds is 'Rounds until nothing changed any more, of committee those of the expert that took most; NULL for methods without rounds.';
comment on column crowdlab.run_consensus.gold_accuracy is 'Share of the labels of gold examples that are right, from 0 to 1; NULL without gold.';
comment on column crowdlab.run_consensus.gold_lower is 'Lower end of a 90 % interval of gold_accuracy; NULL without gold.';
comment on column crowdlab.run_consensus.gold_upper is 'Upper end of that interval.';
comment on column crowdlab.run_consensus.num_gold is 'Number of gold examples that gold_accuracy is computed from, 0 without gold.';
comment on column crowdlab.run_consensus.agreement_with_published is 'Share of examples to which the method gives the published label, from 0 to 1; 1 for the published method.';

create table crowdlab.run_expert (
    run_id           bigint                      not null,
    consensus_method text collate pg_catalog."C" not null,
    expert           text collate pg_catalog."C" not null,
    weight           double precision            not null,
    loo_score        double precision            not null,
    rounds           integer                     not null,
    constraint run_expert_pkey primary key (run_id, consensus_method, expert),
    constraint run_expert_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_expert_weight_check check (weight between 0 and 1),
    constraint run_expert_loo_score_check check (loo_score <= 0),
    constraint run_expert_rounds_check check (rounds > 0)
);

comment on table crowdlab.run_expert is 'One row per run, consensus method that is a committee, and expert: a model of how annotators err, and what it counts for in the consensus. Kept forever.';
comment on column crowdlab.run_expert.run_id is 'The run.';
comment on column crowdlab.run_expert.consensus_method is 'The method: committee.';
comment on column crowdlab.run_expert.expert is 'coin: one accuracy per annotator; scale: better or worse than the others by as much in every class; spam: either right or labeling by habit. The number behind is how many labels of a class that expectation weighs, 2 or 8.';
comment on column crowdlab.run_expert.weight is 'What the expert counts for in the consensus, from 0 to 1; those of a run add up to 1.';
comment on column crowdlab.run_expert.loo_score is 'Mean natural logarithm of the probability that the expert gives an annotation when it knows the others of the example, 0 or less: higher is better; 0 where no example has two annotations.';
comment on column crowdlab.run_expert.rounds is 'Rounds that the expert took, from 1 to 60.';

create table crowdlab.run_expert_model (
    run_id           bigint                      not null,
    consensus_method text collate pg_catalog."C" not null,
    expert           text collate pg_catalog."C" not null,
    model            text collate pg_catalog."C" not null,
    lambda           double precision            not null,
    constraint run_expert_model_pkey primary key (run_id, consensus_method, expert, model),
    constraint run_expert_model_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_expert_model_lambda_check check (lambda >= 0 and lambda < 'infinity')
);

comment on table crowdlab.run_expert_model is 'One row per run, consensus method that is a committee, expert, and model that gave predictions: what the expert makes of the model. Empty without predictions. Kept forever.';
comment on column crowdlab.run_expert_model.run_id is 'The run.';
comment on column crowdlab.run_expert_model.consensus_method is 'The method: committee.';
comment on column crowdlab.run_expert_model.expert is 'The expert, as in run_expert.';
comment on column crowdlab.run_expert_model.model is 'Name of the model.';
comment on column crowdlab.run_expert_model.lambda is 'What the model''s probabilities count for with the expert, from 0 to 2: 0 ignores them, 1 takes them as they are, above 1 makes them more confident.';

comment on column crowdlab.alternative_consensus.consensus_method is 'The method, as in the setting consensus-methods: best_quality, majority_vote, committee or dawid_skene.';
comment on column crowdlab.label_quality.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run; it is a probability only where the published method is committee: that the label is right.';
comment on column crowdlab.alternative_consensus.consensus_quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and method; it is a probability only for method committee: that the label is right.';
comment on column crowdlab.detailed_label_quality.quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run; it is a probability only where the published method is committee: that the label is right.';
comment on column crowdlab.annotator_stats.annotator_quality is 'How well the annotator''s labels are supported overall: a score from 0 to 1, higher is better. It ranks the annotators of a run; it is a probability only where the published method is committee: that a label of the annotator is right; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab.annotator_stats.quality_lower is 'Lower end of a 90 % interval of annotator_quality: the fewer labels, the wider; by Wilson with as many trials as labels, or, where the published method is committee, of the beta distribution that it gives; NULL where annotator_quality is.';
comment on column crowdlab_bi.label_quality.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run; it is a probability only where the published method is committee: that the label is right.';
comment on column crowdlab_bi.detailed_label_quality.quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run; it is a probability only where the published method is committee: that the label is right.';
comment on column crowdlab_bi.annotator_stats.annotator_quality is 'How well the annotator''s labels are supported overall: a score from 0 to 1, higher is better. It ranks the annotators of a run; it is a probability only where the published method is committee: that a label of the annotator is right; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab_bi.annotator_quality_history.annotator_quality is 'How well the annotator''s labels are supported overall: a score from 0 to 1, higher is better. It ranks the annotators of a run; it is a probability only where the published method is committee: that a label of the annotator is right; NULL where it cannot be estimated, see quality_reason.';
comment on column crowdlab_bi.review_queue.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run; it is a probability only where the published method is committee: that the label is right.';
comment on column crowdlab.annotator_period.mean_quality_score is 'Mean quality score of these labels: a score from 0 to 1, higher means better supported; a probability only where the published method is committee.';
comment on column crowdlab_bi.annotator_periods.mean_quality_score is 'Mean quality score of these labels: a score from 0 to 1, higher means better supported; a probability only where the published method is committee.';
comment on column crowdlab_bi.example_votes.consensus_quality_score is 'How well annotators and models support the consensus label: a score from 0 to 1, higher means better supported. It ranks the labels of a run; it is a probability only where the published method is committee: that the label is right.';
comment on column crowdlab_bi.alternative_consensus.consensus_quality_score is 'How well annotators and models support that label: a score from 0 to 1, higher means better supported. It ranks the labels of a run and method; it is a probability only for method committee: that the label is right.';

create trigger refuse_insert after insert on crowdlab.run_consensus
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_consensus
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_consensus
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_consensus
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.run_consensus
    for each statement execute function crowdlab.refuse_truncate();

create trigger refuse_insert after insert on crowdlab.run_expert
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_expert
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_expert
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_expert
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.run_expert
    for each statement execute function crowdlab.refuse_truncate();

create trigger refuse_insert after insert on crowdlab.run_expert_model
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_expert_model
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_expert_model
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_expert_model
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.run_expert_model
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.run_consensus as
select p.dataset, c.run_id, c.consensus_method, c.estimated_accuracy, c.lower, c.upper, c.rounds,
    c.gold_accuracy, c.gold_lower, c.gold_upper, c.num_gold, c.agreement_with_published
from crowdlab.published_run p
join crowdlab.run_consensus c on c.run_id = p.run_id;

comment on view crowdlab_bi.run_consensus is 'One row per dataset and consensus method, of the published run: how accurate its labels are, as far as that is known, and how far they equal the published ones.';
comment on column crowdlab_bi.run_consensus.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_consensus.run_id is 'The published run.';
comment on column crowdlab_bi.run_consensus.consensus_method is 'The method: best_quality, majority_vote, committee or dawid_skene.';
comment on column crowdlab_bi.run_consensus.estimated_accuracy is 'Share of right labels that the method expects of itself, from 0 to 1: the mean probability that they are right. NULL for methods whose scores are no calibrated probabilities; only committee has one.';
comment on column crowdlab_bi.run_consensus.lower is 'Lower end of a 90 % interval of estimated_accuracy: how far such estimates were off on public data sets with known labels; it does not shrink with the number of examples. NULL where estimated_accuracy is.';
comment on column crowdlab_bi.run_consensus.upper is 'Upper end of that interval.';
comment on column crowdlab_bi.run_consensus.rounds is 'Rounds until nothing changed any more, of committee those of the expert that took most; NULL for methods without rounds.';
comment on column crowdlab_bi.run_consensus.gold_accuracy is 'Share of the labels of gold examples that are right, from 0 to 1; NULL without gold.';
comment on column crowdlab_bi.run_consensus.gold_lower is 'Lower end of a 90 % interval of gold_accuracy; NULL without gold.';
comment on column crowdlab_bi.run_consensus.gold_upper is 'Upper end of that interval.';
comment on column crowdlab_bi.run_consensus.num_gold is 'Number of gold examples that gold_accuracy is computed from, 0 without gold.';
comment on column crowdlab_bi.run_consensus.agreement_with_published is 'Share of examples to which the method gives the published label, from 0 to 1; 1 for the published method.';

create view crowdlab_bi.run_experts as
select p.dataset, e.run_id, e.consensus_method, e.expert, e.weight, e.loo_score, e.rounds
from crowdlab.published_run p
join crowdlab.run_expert e on e.run_id = p.run_id;

comment on view crowdlab_bi.run_experts is 'One row per dataset and expert of a committee, of the published run: a model of how annotators err, and what it counts for in the consensus. Empty where the committee is not among the methods.';
comment on column crowdlab_bi.run_experts.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_experts.run_id is 'The published run.';
comment on column crowdlab_bi.run_experts.consensus_method is 'The method: committee.';
comment on column crowdlab_bi.run_experts.expert is 'coin: one accuracy per annotator; scale: better or worse than the others by as much in every class; spam: either right or labeling by habit. The number behind is how many labels of a class that expectation weighs, 2 or 8.';
comment on column crowdlab_bi.run_experts.weight is 'What the expert counts for in the consensus, from 0 to 1; those of a run add up to 1.';
comment on column crowdlab_bi.run_experts.loo_score is 'Mean natural logarithm of the probability that the expert gives an annotation when it knows the others of the example, 0 or less: higher is better; 0 where no example has two annotations.';
comment on column crowdlab_bi.run_experts.rounds is 'Rounds that the expert took, from 1 to 60.';

create view crowdlab_bi.run_expert_models as
select p.dataset, e.run_id, e.consensus_method, e.expert, e.model, e.lambda
from crowdlab.published_run p
join crowdlab.run_expert_model e on e.run_id = p.run_id;

comment on view crowdlab_bi.run_expert_models is 'One row per dataset, expert of a committee, and model that gave predictions, of the published run: what the expert makes of the model.';
comment on column crowdlab_bi.run_expert_models.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_expert_models.run_id is 'The published run.';
comment on column crowdlab_bi.run_expert_models.consensus_method is 'The method: committee.';
comment on column crowdlab_bi.run_expert_models.expert is 'The expert, as in run_experts.';
comment on column crowdlab_bi.run_expert_models.model is 'Name of the model.';
comment on column crowdlab_bi.run_expert_models.lambda is 'What the model''s probabilities count for with the expert, from 0 to 2: 0 ignores them, 1 takes them as they are, above 1 makes them more confident.';
