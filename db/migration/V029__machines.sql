-- Purpose: annotators that are machines: what they are worth beside people, and as a panel.
-- Locks:   share row exclusive on run and exclusive on label_quality and its view, each for milliseconds.
-- Time:    well under a second: the new column is empty in all rows there are.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.machine_stats (
    run_id       bigint                      not null,
    annotator_id text collate pg_catalog."C" not null,
    family       text collate pg_catalog."C",
    num_overlap  bigint                      not null,
    accuracy     double precision,
    lower        double precision,
    upper        double precision,
    omega        double precision,
    advantage    double precision,
    verdict      text collate pg_catalog."C",
    status       text collate pg_catalog."C" not null,
    constraint machine_stats_pkey primary key (run_id, annotator_id),
    constraint machine_stats_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint machine_stats_num_overlap_check check (num_overlap >= 0),
    constraint machine_stats_accuracy_interval_check check (0 <= lower and lower <= accuracy and accuracy <= upper and upper <= 1),
    constraint machine_stats_omega_check check (omega between 0 and 1),
    constraint machine_stats_advantage_check check (advantage between 0 and 1),
    constraint machine_stats_verdict_check check (verdict in ('PASS', 'FAIL', 'TOO_FEW_HUMANS', 'NO_OVERLAP')),
    constraint machine_stats_status_check check (status in ('USED', 'NO_OVERLAP', 'NOT_ANCHORED'))
);

comment on table crowdlab.machine_stats is 'One row per run and machine among the annotators: how good it is, judged by the humans, and whom it may replace. Only with machines. Kept forever, unless crowdlab.retention.history says less.';
comment on column crowdlab.machine_stats.run_id is 'The run.';
comment on column crowdlab.machine_stats.annotator_id is 'The machine: an annotator that the setting machines declares as one.';
comment on column crowdlab.machine_stats.family is 'The family that it belongs to, such as the maker of its model; NULL where it is not known.';
comment on column crowdlab.machine_stats.num_overlap is 'Number of examples that both the machine and a human labeled.';
comment on column crowdlab.machine_stats.accuracy is 'Estimated share of its labels that are right, from 0 to 1, judged by the consensus of the humans on the overlap; NULL without overlap, or where the humans are too few to judge it.';
comment on column crowdlab.machine_stats.lower is 'Lower end of a 90 % interval of accuracy; NULL where accuracy is.';
comment on column crowdlab.machine_stats.upper is 'Upper end of that interval.';
comment on column crowdlab.machine_stats.omega is 'Share of the humans with enough labels whom the machine may replace by the alternative annotator test, from 0 to 1; NULL where the test could not be made.';
comment on column crowdlab.machine_stats.advantage is 'How often the machine agrees with the other humans at least as well as the human it is compared with, from 0 to 1, as a mean over the humans; NULL where the test could not be made.';
comment on column crowdlab.machine_stats.verdict is 'PASS where omega is 0.5 or more, FAIL below, TOO_FEW_HUMANS where fewer than three humans have enough labels in common with it, NO_OVERLAP where none has any; NULL where machines could not be judged.';
comment on column crowdlab.machine_stats.status is 'USED in the panel; NO_OVERLAP: fewer than 30 examples in common with the humans, so its labels are stored and not used; NOT_ANCHORED: no machine could be judged, see run_panel.status.';

-- Retention deletes the rows of old runs after marking them.
create trigger refuse_insert after insert on crowdlab.machine_stats
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.machine_stats
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.machine_stats
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.machine_stats
    referencing old table as touched for each statement execute function crowdlab.refuse_unless_removed();
create trigger refuse_truncate before truncate on crowdlab.machine_stats
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.machine_stats as
select p.dataset, t.run_id, t.annotator_id, t.family, t.num_overlap, t.accuracy, t.lower, t.upper, t.omega, t.advantage, t.verdict, t.status
from crowdlab.published_run p
join crowdlab.machine_stats t on t.run_id = p.run_id;

comment on view crowdlab_bi.machine_stats is 'One row per dataset and machine among the annotators, of the published run: how good it is, judged by the humans, and whom it may replace.';
comment on column crowdlab_bi.machine_stats.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.machine_stats.run_id is 'The published run.';
comment on column crowdlab_bi.machine_stats.annotator_id is 'The machine: an annotator that the setting machines declares as one.';
comment on column crowdlab_bi.machine_stats.family is 'The family that it belongs to, such as the maker of its model; NULL where it is not known.';
comment on column crowdlab_bi.machine_stats.num_overlap is 'Number of examples that both the machine and a human labeled.';
comment on column crowdlab_bi.machine_stats.accuracy is 'Estimated share of its labels that are right, from 0 to 1, judged by the consensus of the humans on the overlap; NULL without overlap, or where the humans are too few to judge it.';
comment on column crowdlab_bi.machine_stats.lower is 'Lower end of a 90 % interval of accuracy; NULL where accuracy is.';
comment on column crowdlab_bi.machine_stats.upper is 'Upper end of that interval.';
comment on column crowdlab_bi.machine_stats.omega is 'Share of the humans with enough labels whom the machine may replace by the alternative annotator test, from 0 to 1; NULL where the test could not be made.';
comment on column crowdlab_bi.machine_stats.advantage is 'How often the machine agrees with the other humans at least as well as the human it is compared with, from 0 to 1, as a mean over the humans; NULL where the test could not be made.';
comment on column crowdlab_bi.machine_stats.verdict is 'PASS where omega is 0.5 or more, FAIL below, TOO_FEW_HUMANS where fewer than three humans have enough labels in common with it, NO_OVERLAP where none has any; NULL where machines could not be judged.';
comment on column crowdlab_bi.machine_stats.status is 'USED in the panel; NO_OVERLAP: fewer than 30 examples in common with the humans, so its labels are stored and not used; NOT_ANCHORED: no machine could be judged, see run_panel.status.';

create table crowdlab.machine_pair (
    run_id            bigint                      not null,
    annotator_a       text collate pg_catalog."C" not null,
    annotator_b       text collate pg_catalog."C" not null,
    num_common        bigint                      not null,
    error_correlation double precision,
    constraint machine_pair_pkey primary key (run_id, annotator_a, annotator_b),
    constraint machine_pair_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint machine_pair_num_common_check check (num_common >= 0),
    constraint machine_pair_error_correlation_check check (error_correlation between -1 and 1)
);

comment on table crowdlab.machine_pair is 'One row per run and pair of machines: how far they err together. Only with machines. Kept as long as the run''s partitions.';
comment on column crowdlab.machine_pair.run_id is 'The run.';
comment on column crowdlab.machine_pair.annotator_a is 'One machine: the first of the two by code point. Each pair has one row.';
comment on column crowdlab.machine_pair.annotator_b is 'The other machine.';
comment on column crowdlab.machine_pair.num_common is 'Number of examples with a human label that both labeled.';
comment on column crowdlab.machine_pair.error_correlation is 'Correlation (phi) of their errors, from -1 to 1: 1 where both always err together, 0 where their errors have nothing to do with each other; NULL below 10 common examples, or where one of them is always or never right.';

-- Retention deletes the rows of old runs, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.machine_pair
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.machine_pair
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.machine_pair
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.machine_pair
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.machine_pair as
select p.dataset, t.run_id, t.annotator_a, t.annotator_b, t.num_common, t.error_correlation
from crowdlab.published_run p
join crowdlab.machine_pair t on t.run_id = p.run_id;

comment on view crowdlab_bi.machine_pair is 'One row per dataset and pair of machines, of the published run: how far they err together.';
comment on column crowdlab_bi.machine_pair.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.machine_pair.run_id is 'The published run.';
comment on column crowdlab_bi.machine_pair.annotator_a is 'One machine: the first of the two by code point. Each pair has one row.';
comment on column crowdlab_bi.machine_pair.annotator_b is 'The other machine.';
comment on column crowdlab_bi.machine_pair.num_common is 'Number of examples with a human label that both labeled.';
comment on column crowdlab_bi.machine_pair.error_correlation is 'Correlation (phi) of their errors, from -1 to 1: 1 where both always err together, 0 where their errors have nothing to do with each other; NULL below 10 common examples, or where one of them is always or never right.';

create table crowdlab.run_panel (
    run_id          bigint                      not null,
    num_machines    integer                     not null,
    rho             double precision,
    effective_votes double precision,
    weight          double precision,
    status          text collate pg_catalog."C" not null,
    num_anchors     bigint                      not null,
    constraint run_panel_pkey primary key (run_id),
    constraint run_panel_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint run_panel_num_machines_check check (num_machines >= 0),
    constraint run_panel_rho_check check (rho between 0 and 1),
    constraint run_panel_effective_votes_check check (effective_votes >= 1 and effective_votes <= num_machines),
    constraint run_panel_weight_check check (weight >= 0),
    constraint run_panel_status_check check (status in ('ANCHORED', 'NO_ANCHOR', 'NO_MACHINES', 'TOO_MANY_CLASSES')),
    constraint run_panel_num_anchors_check check (num_anchors >= 0)
);

comment on table crowdlab.run_panel is 'One row per run whose dataset declares machines: what all of them together are worth. Kept forever.';
comment on column crowdlab.run_panel.run_id is 'The run.';
comment on column crowdlab.run_panel.num_machines is 'Number of machines in the panel, at least 0.';
comment on column crowdlab.run_panel.rho is 'Mean correlation of the errors of two machines, from 0 to 1; NULL without machines in the panel.';
comment on column crowdlab.run_panel.effective_votes is 'What the panel is worth in independent votes, from 1 to num_machines: num_machines / (1 + (num_machines - 1) rho); NULL without machines in the panel.';
comment on column crowdlab.run_panel.weight is 'What the prediction of the panel counts for in the published consensus: with committee from 0 (nothing) over 1 (taken at its word) to 2, with best_quality on the scale of run_model.model_weight; NULL where it takes no part, or the method learns no weight.';
comment on column crowdlab.run_panel.status is 'ANCHORED: the panel was judged by the humans and takes part; NO_ANCHOR: fewer than 50 examples have two human labels, so the machines do not vote; NO_MACHINES: no machine has enough examples in common with the humans; TOO_MANY_CLASSES: there are more than 64.';
comment on column crowdlab.run_panel.num_anchors is 'Number of examples with labels of two humans or more, by which machines are judged.';

create trigger refuse_insert after insert on crowdlab.run_panel
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.run_panel
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.run_panel
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.run_panel
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.run_panel
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.run_panel as
select p.dataset, t.run_id, t.num_machines, t.rho, t.effective_votes, t.weight, t.status, t.num_anchors
from crowdlab.published_run p
join crowdlab.run_panel t on t.run_id = p.run_id;

comment on view crowdlab_bi.run_panel is 'One row per dataset that declares machines, of the published run: what all of them together are worth.';
comment on column crowdlab_bi.run_panel.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.run_panel.run_id is 'The published run.';
comment on column crowdlab_bi.run_panel.num_machines is 'Number of machines in the panel, at least 0.';
comment on column crowdlab_bi.run_panel.rho is 'Mean correlation of the errors of two machines, from 0 to 1; NULL without machines in the panel.';
comment on column crowdlab_bi.run_panel.effective_votes is 'What the panel is worth in independent votes, from 1 to num_machines: num_machines / (1 + (num_machines - 1) rho); NULL without machines in the panel.';
comment on column crowdlab_bi.run_panel.weight is 'What the prediction of the panel counts for in the published consensus: with committee from 0 (nothing) over 1 (taken at its word) to 2, with best_quality on the scale of run_model.model_weight; NULL where it takes no part, or the method learns no weight.';
comment on column crowdlab_bi.run_panel.status is 'ANCHORED: the panel was judged by the humans and takes part; NO_ANCHOR: fewer than 50 examples have two human labels, so the machines do not vote; NO_MACHINES: no machine has enough examples in common with the humans; TOO_MANY_CLASSES: there are more than 64.';
comment on column crowdlab_bi.run_panel.num_anchors is 'Number of examples with labels of two humans or more, by which machines are judged.';

alter table crowdlab.label_quality
    add column label_source text collate pg_catalog."C",
    add constraint label_quality_label_source_check check (label_source in ('HUMANS', 'MIXED', 'MACHINES'));

comment on column crowdlab.label_quality.label_source is 'Who labeled the example: HUMANS, MIXED (both) or MACHINES; NULL where no machines are declared, and in runs of before version 0.3.0.';
comment on column crowdlab.label_quality.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1; of the annotations by machines where label_source is MACHINES, else of those by humans.';
comment on column crowdlab.label_quality.num_annotations is 'Number of annotations of the example, at least 1; of those by machines where label_source is MACHINES, else of those by humans.';
comment on column crowdlab.label_quality.model_label is 'The class to which the mean of the models gives the highest probability; a panel of machines counts as a model. NULL without predictions.';

create or replace view crowdlab_bi.label_quality as
select p.dataset, l.run_id, l.example_id, l.consensus_label, l.consensus_quality_score, l.annotator_agreement, l.num_annotations,
    l.tie_break, l.model_label, l.model_probability, l.label_source
from crowdlab.published_run p
join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id]);

comment on column crowdlab_bi.label_quality.annotator_agreement is 'Share of the example''s annotations that equal the consensus label, from 0 to 1; of the annotations by machines where label_source is MACHINES, else of those by humans.';
comment on column crowdlab_bi.label_quality.num_annotations is 'Number of annotations of the example, at least 1; of those by machines where label_source is MACHINES, else of those by humans.';
comment on column crowdlab_bi.label_quality.model_label is 'The class to which the mean of the models gives the highest probability; a panel of machines counts as a model. NULL without predictions.';
comment on column crowdlab_bi.label_quality.label_source is 'Who labeled the example: HUMANS, MIXED (both) or MACHINES; NULL where no machines are declared, and in runs of before version 0.3.0.';

-- What only machines labeled is for people to label, not to label again.
create or replace view crowdlab_bi.review_queue as
select q.dataset, q.run_id, q.example_id, q.consensus_label, q.consensus_quality_score, q.annotator_agreement, q.num_annotations,
    q.tie_break, q.reason, q.model_label, q.model_probability, q.rank, q.label_source
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
        l.model_label, l.model_probability, w.rank, l.label_source
    from crowdlab.published_run p
    join crowdlab.label_quality l on l.run_id >= p.run_id and l.run_id <= p.run_id and l.run_id = any (array[p.run_id])
    left join crowdlab.work_list w on w.run_id = p.run_id and w.list = 'review_queue' and w.example_id = l.example_id
) q
where q.reason is not null and q.label_source is distinct from 'MACHINES';

comment on column crowdlab_bi.review_queue.label_source is 'Who labeled the example: HUMANS or MIXED (both); NULL where no machines are declared, and in runs of before version 0.3.0.';
