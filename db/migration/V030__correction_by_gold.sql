-- Purpose: the correction of a consensus by gold: what it did, how right the labels are, and its weights.
-- Locks:   share row exclusive on run, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.gold_correction (
    run_id           bigint                      not null,
    consensus_method text collate pg_catalog."C" not null,
    status           text collate pg_catalog."C" not null,
    strength         double precision,
    wins             integer,
    losses           integer,
    num_gold         bigint                      not null,
    accuracy         double precision,
    lower            double precision,
    upper            double precision,
    constraint gold_correction_pkey primary key (run_id, consensus_method),
    constraint gold_correction_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint gold_correction_status_check check (status in ('CHANGED', 'KEPT', 'TOO_LITTLE_GOLD')),
    constraint gold_correction_strength_check check (strength > 0),
    constraint gold_correction_wins_check check (wins >= 0),
    constraint gold_correction_losses_check check (losses >= 0),
    constraint gold_correction_num_gold_check check (num_gold >= 0),
    constraint gold_correction_accuracy_interval_check check (0 <= lower and lower <= accuracy and accuracy <= upper and upper <= 1)
);

comment on table crowdlab.gold_correction is 'One row per run with use-gold: anchor: whether gold changed the labels, and how right they are. Kept forever.';
comment on column crowdlab.gold_correction.run_id is 'The run.';
comment on column crowdlab.gold_correction.consensus_method is 'The consensus method whose labels gold corrects: the published one.';
comment on column crowdlab.gold_correction.status is 'CHANGED: the corrected labels are published; KEPT: the labels stayed, since the correction did not make them clearly better or was not tried (wins is NULL), and only their probabilities follow gold; TOO_LITTLE_GOLD: fewer than 20 gold labels, so nothing is estimated.';
comment on column crowdlab.gold_correction.strength is 'How strongly the correction was held to the consensus: 1, 4, 16 or 64; NULL unless labels changed.';
comment on column crowdlab.gold_correction.wins is 'Gold examples that the correction has right in cross-validation and the consensus wrong; NULL where nothing was tried, with fewer than gold-minimum gold labels or only one class among them.';
comment on column crowdlab.gold_correction.losses is 'Gold examples that the consensus has right and the correction wrong; NULL where wins is.';
comment on column crowdlab.gold_correction.num_gold is 'Number of gold labels used, at most 5,000.';
comment on column crowdlab.gold_correction.accuracy is 'Share of right labels among the published labels of examples without gold, from 0 to 1, by cross-validation; NULL below 20 gold labels.';
comment on column crowdlab.gold_correction.lower is 'Lower end of a 90 % interval of accuracy, by Wilson; NULL where accuracy is.';
comment on column crowdlab.gold_correction.upper is 'Upper end of that interval.';

create trigger refuse_insert after insert on crowdlab.gold_correction
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.gold_correction
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.gold_correction
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.gold_correction
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.gold_correction
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.gold_correction as
select p.dataset, t.run_id, t.consensus_method, t.status, t.strength, t.wins, t.losses, t.num_gold, t.accuracy, t.lower, t.upper
from crowdlab.published_run p
join crowdlab.gold_correction t on t.run_id = p.run_id;

comment on view crowdlab_bi.gold_correction is 'One row per dataset with use-gold: anchor, of the published run: whether gold changed the labels, and how right they are.';
comment on column crowdlab_bi.gold_correction.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.gold_correction.run_id is 'The published run.';
comment on column crowdlab_bi.gold_correction.consensus_method is 'The consensus method whose labels gold corrects: the published one.';
comment on column crowdlab_bi.gold_correction.status is 'CHANGED: the corrected labels are published; KEPT: the labels stayed, since the correction did not make them clearly better or was not tried (wins is NULL), and only their probabilities follow gold; TOO_LITTLE_GOLD: fewer than 20 gold labels, so nothing is estimated.';
comment on column crowdlab_bi.gold_correction.strength is 'How strongly the correction was held to the consensus: 1, 4, 16 or 64; NULL unless labels changed.';
comment on column crowdlab_bi.gold_correction.wins is 'Gold examples that the correction has right in cross-validation and the consensus wrong; NULL where nothing was tried, with fewer than gold-minimum gold labels or only one class among them.';
comment on column crowdlab_bi.gold_correction.losses is 'Gold examples that the consensus has right and the correction wrong; NULL where wins is.';
comment on column crowdlab_bi.gold_correction.num_gold is 'Number of gold labels used, at most 5,000.';
comment on column crowdlab_bi.gold_correction.accuracy is 'Share of right labels among the published labels of examples without gold, from 0 to 1, by cross-validation; NULL below 20 gold labels.';
comment on column crowdlab_bi.gold_correction.lower is 'Lower end of a 90 % interval of accuracy, by Wilson; NULL where accuracy is.';
comment on column crowdlab_bi.gold_correction.upper is 'Upper end of that interval.';

create table crowdlab.gold_weight (
    run_id           bigint                      not null,
    consensus_method text collate pg_catalog."C" not null,
    place            integer                     not null,
    feature          text collate pg_catalog."C" not null,
    class            text collate pg_catalog."C",
    annotator_id     text collate pg_catalog."C",
    weight           double precision            not null,
    constraint gold_weight_pkey primary key (run_id, consensus_method, place),
    constraint gold_weight_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint gold_weight_place_check check (place >= 1),
    constraint gold_weight_feature_check check (feature in ('consensus', 'votes', 'class', 'annotator'))
);

comment on table crowdlab.gold_weight is 'One row per run whose labels were changed by use-gold: anchor, and weight of the correction. Kept as long as the run''s partitions.';
comment on column crowdlab.gold_weight.run_id is 'The run.';
comment on column crowdlab.gold_weight.consensus_method is 'The consensus method.';
comment on column crowdlab.gold_weight.place is 'Number of the weight, from 1 on.';
comment on column crowdlab.gold_weight.feature is 'What is weighed: consensus (logarithm of its probability), votes (logarithm of the share of votes), class (a constant of a class), or annotator (whether the annotator gave the class).';
comment on column crowdlab.gold_weight.class is 'The class that feature class is about; NULL for the others.';
comment on column crowdlab.gold_weight.annotator_id is 'The annotator that feature annotator is about; NULL for the others.';
comment on column crowdlab.gold_weight.weight is 'The weight in the sum that decides, by its exponential, how probable a class is.';

-- Retention deletes the rows of old runs, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.gold_weight
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.gold_weight
    referencing old table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.gold_weight
    referencing new table as touched for each statement when (not crowdlab.is_forgetting())
    execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.gold_weight
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.gold_weight as
select p.dataset, t.run_id, t.consensus_method, t.place, t.feature, t.class, t.annotator_id, t.weight
from crowdlab.published_run p
join crowdlab.gold_weight t on t.run_id = p.run_id;

comment on view crowdlab_bi.gold_weight is 'One row per dataset whose labels were changed by use-gold: anchor, and weight of the correction, of the published run.';
comment on column crowdlab_bi.gold_weight.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.gold_weight.run_id is 'The published run.';
comment on column crowdlab_bi.gold_weight.consensus_method is 'The consensus method.';
comment on column crowdlab_bi.gold_weight.place is 'Number of the weight, from 1 on.';
comment on column crowdlab_bi.gold_weight.feature is 'What is weighed: consensus (logarithm of its probability), votes (logarithm of the share of votes), class (a constant of a class), or annotator (whether the annotator gave the class).';
comment on column crowdlab_bi.gold_weight.class is 'The class that feature class is about; NULL for the others.';
comment on column crowdlab_bi.gold_weight.annotator_id is 'The annotator that feature annotator is about; NULL for the others.';
comment on column crowdlab_bi.gold_weight.weight is 'The weight in the sum that decides, by its exponential, how probable a class is.';

