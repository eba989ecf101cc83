-- Purpose: whether an example needs further labels (done, ask, expert), of runs with settings of stop; label_next says so.
-- Locks:   access exclusive on the view crowdlab_bi.label_next, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.label_state (
    run_id      bigint                      not null,
    example_id  text collate pg_catalog."C" not null,
    state       text collate pg_catalog."C" not null,
    since       timestamp with time zone    not null,
    probability double precision,
    constraint label_state_pkey primary key (run_id, example_id),
    constraint label_state_state_check check (state in ('done', 'ask', 'expert')),
    constraint label_state_probability_check check (probability between 0 and 1)
) partition by list (run_id);

comment on table crowdlab.label_state is 'One row per run with settings of stop and labeled example: whether it needs further labels. Empty if that was refused. One partition per kept run.';
comment on column crowdlab.label_state.run_id is 'The run.';
comment on column crowdlab.label_state.example_id is 'The example.';
comment on column crowdlab.label_state.state is 'done: its label is sure enough, ask nobody; ask: ask another annotator; expert: it has as many labels as are worth their price, ask an expert.';
comment on column crowdlab.label_state.since is 'The as_of of the first of the published runs in a row that left it in this state. What is done is decided anew, with a new date, once it has further annotations or the rule has changed.';
comment on column crowdlab.label_state.probability is 'Probability that its consensus label is right, from 0 to 1, corrected by gold where there is enough; NULL where no example has two annotations.';

create view crowdlab_bi.label_state as
select p.dataset, t.run_id, t.example_id, t.state, t.since, t.probability
from crowdlab.published_run p
join crowdlab.label_state t on t.run_id >= p.run_id and t.run_id <= p.run_id and t.run_id = any (array[p.run_id]);

comment on view crowdlab_bi.label_state is 'One row per dataset with settings of stop and labeled example, of the published run: whether it needs further labels.';
comment on column crowdlab_bi.label_state.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.label_state.run_id is 'The published run.';
comment on column crowdlab_bi.label_state.example_id is 'The example.';
comment on column crowdlab_bi.label_state.state is 'done: its label is sure enough, ask nobody; ask: ask another annotator; expert: it has as many labels as are worth their price, ask an expert.';
comment on column crowdlab_bi.label_state.since is 'The as_of of the first of the published runs in a row that left it in this state. What is done is decided anew, with a new date, once it has further annotations or the rule has changed.';
comment on column crowdlab_bi.label_state.probability is 'Probability that its consensus label is right, from 0 to 1, corrected by gold where there is enough; NULL where no example has two annotations.';

create or replace view crowdlab_bi.label_next as
select p.dataset, l.run_id, l.example_id, l.score, l.num_annotations, w.rank,
    (select s.state from crowdlab.label_state s
        where s.run_id >= p.run_id and s.run_id <= p.run_id and s.run_id = any (array[p.run_id])
            and s.example_id = l.example_id) as state
from crowdlab.published_run p
join crowdlab.active_learning_score l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
left join crowdlab.work_list w on w.run_id = p.run_id and w.list = 'label_next' and w.example_id = l.example_id;

comment on column crowdlab_bi.label_next.state is 'done: stop here, its label is sure enough; ask: ask another annotator; expert: ask an expert. NULL for an example without annotations, and for a dataset without settings of stop.';

comment on column crowdlab.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with settings of stop state_done, state_ask, state_expert: the shares of labeled examples in each state, and done_accuracy: how often examples that are done by the rule are right, of those with random gold.';
comment on column crowdlab_bi.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with settings of stop state_done, state_ask, state_expert: the shares of labeled examples in each state, and done_accuracy: how often examples that are done by the rule are right, of those with random gold.';
comment on column crowdlab_bi.dataset_stats_history.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap; gold_sample of a dataset with sample-seed: the share of labeled examples that count as drawn at random for gold; of a dataset with settings of stop state_done, state_ask, state_expert: the shares of labeled examples in each state, and done_accuracy: how often examples that are done by the rule are right, of those with random gold.';
comment on column crowdlab.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has; for state_done, state_ask and state_expert, how many examples are in the state; for done_accuracy, examples with gold.';
comment on column crowdlab_bi.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has; for state_done, state_ask and state_expert, how many examples are in the state; for done_accuracy, examples with gold.';
comment on column crowdlab_bi.dataset_stats_history.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has; for state_done, state_ask and state_expert, how many examples are in the state; for done_accuracy, examples with gold.';
