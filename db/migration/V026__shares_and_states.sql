-- Purpose: shares of classes corrected by gold, and the state of every example (done, ask, expert).
-- Locks:   share row exclusive on run, for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.class_share (
    run_id             bigint                      not null,
    scope              text collate pg_catalog."C" not null,
    class              text collate pg_catalog."C" not null,
    num_examples       bigint                      not null,
    counted_share      double precision            not null,
    share              double precision,
    lower              double precision,
    upper              double precision,
    num_gold           bigint                      not null,
    more_gold_to_halve bigint,
    reason             text collate pg_catalog."C",
    constraint class_share_pkey primary key (run_id, scope, class),
    constraint class_share_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint class_share_num_examples_check check (num_examples >= 0),
    constraint class_share_counted_share_check check (counted_share between 0 and 1),
    constraint class_share_share_interval_check check (0 <= lower and lower <= share and share <= upper and upper <= 1),
    constraint class_share_num_gold_check check (num_gold >= 0),
    constraint class_share_more_gold_to_halve_check check (more_gold_to_halve >= 0),
    constraint class_share_reason_check check (share is not null or reason is not null)
);

comment on table crowdlab.class_share is 'One row per run, scope and class: how many examples are of the class, as counted and as corrected by gold. Empty without gold. Kept forever, unless crowdlab.retention.history says less.';
comment on column crowdlab.class_share.run_id is 'The run.';
comment on column crowdlab.class_share.scope is 'dataset, or the first day of a period (crowdlab.periods) as YYYY-MM-DD: the examples whose first annotation is of it.';
comment on column crowdlab.class_share.class is 'The class.';
comment on column crowdlab.class_share.num_examples is 'Number of labeled examples in the scope, whatever their label.';
comment on column crowdlab.class_share.counted_share is 'Share of them whose consensus label is the class, from 0 to 1; labels are taken from before gold decides.';
comment on column crowdlab.class_share.share is 'Share of them that are really of the class, from 0 to 1, estimated from the labels and gold; NULL where reason says why not.';
comment on column crowdlab.class_share.lower is 'Lower end of a 90 % interval of share; NULL where share is.';
comment on column crowdlab.class_share.upper is 'Upper end of that interval.';
comment on column crowdlab.class_share.num_gold is 'Number of gold labels in the scope that count as a random sample.';
comment on column crowdlab.class_share.more_gold_to_halve is 'How many more gold labels, drawn at random, would halve the interval; NULL where share is.';
comment on column crowdlab.class_share.reason is 'Why there is no share; NULL where there is one.';

-- Retention deletes the rows of old runs after marking them.
create trigger refuse_insert after insert on crowdlab.class_share
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.class_share
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.class_share
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_delete after delete on crowdlab.class_share
    referencing old table as touched for each statement execute function crowdlab.refuse_unless_removed();
create trigger refuse_truncate before truncate on crowdlab.class_share
    for each statement execute function crowdlab.refuse_truncate();

create view crowdlab_bi.class_share as
select p.dataset, t.run_id, t.scope, t.class, t.num_examples, t.counted_share, t.share, t.lower, t.upper, t.num_gold, t.more_gold_to_halve, t.reason
from crowdlab.published_run p
join crowdlab.class_share t on t.run_id = p.run_id;

comment on view crowdlab_bi.class_share is 'One row per dataset, scope and class, of the published run: how many examples are of the class, as counted and as corrected by gold. Empty without gold.';
comment on column crowdlab_bi.class_share.dataset is 'Name of the dataset.';
comment on column crowdlab_bi.class_share.run_id is 'The published run.';
comment on column crowdlab_bi.class_share.scope is 'dataset, or the first day of a period (crowdlab.periods) as YYYY-MM-DD: the examples whose first annotation is of it.';
comment on column crowdlab_bi.class_share.class is 'The class.';
comment on column crowdlab_bi.class_share.num_examples is 'Number of labeled examples in the scope, whatever their label.';
comment on column crowdlab_bi.class_share.counted_share is 'Share of them whose consensus label is the class, from 0 to 1; labels are taken from before gold decides.';
comment on column crowdlab_bi.class_share.share is 'Share of them that are really of the class, from 0 to 1, estimated from the labels and gold; NULL where reason says why not.';
comment on column crowdlab_bi.class_share.lower is 'Lower end of a 90 % interval of share; NULL where share is.';
comment on column crowdlab_bi.class_share.upper is 'Upper end of that interval.';
comment on column crowdlab_bi.class_share.num_gold is 'Number of gold labels in the scope that count as a random sample.';
comment on column crowdlab_bi.class_share.more_gold_to_halve is 'How many more gold labels, drawn at random, would halve the interval; NULL where share is.';
comment on column crowdlab_bi.class_share.reason is 'Why there is no share; NULL where there is one.';

comment on column crowdlab.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap, or gold_sample: the share of labeled examples that count as drawn at random for gold, of a dataset with sample-seed.';
comment on column crowdlab.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has.';
comment on column crowdlab_bi.dataset_stats.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap, or gold_sample: the share of labeled examples that count as drawn at random for gold, of a dataset with sample-seed.';
comment on column crowdlab_bi.dataset_stats_history.statistic is 'percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, mean_cohen_kappa, coverage, overlap, or gold_sample: the share of labeled examples that count as drawn at random for gold, of a dataset with sample-seed.';
comment on column crowdlab_bi.dataset_stats.num_items is 'What the value is computed from: examples with two or more annotations; pairs of annotators for mean_cohen_kappa; all examples for coverage; labeled examples for overlap; for gold_sample, how many examples the sample has.';
