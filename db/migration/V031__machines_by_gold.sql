-- Purpose: machines that gold measures, where people cannot judge them.
-- Locks:   access exclusive on run_panel for milliseconds; it is checked row by row.
-- Time:    well under a second: run_panel has one row per run with machines.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.run_panel
    drop constraint run_panel_status_check,
    add constraint run_panel_status_check check
        (status in ('ANCHORED', 'NO_ANCHOR', 'BY_GOLD', 'NO_MACHINES', 'TOO_MANY_CLASSES'));

comment on column crowdlab.run_panel.status is 'ANCHORED: the panel was judged by the humans and takes part; NO_ANCHOR: fewer than 50 examples have two human labels, so the machines do not vote; BY_GOLD: the same, but with use-gold: anchor and 20 gold labels the machines are annotators, measured by gold; NO_MACHINES: no machine has enough examples in common with the humans; TOO_MANY_CLASSES: there are more than 64.';
comment on column crowdlab_bi.run_panel.status is 'ANCHORED: the panel was judged by the humans and takes part; NO_ANCHOR: fewer than 50 examples have two human labels, so the machines do not vote; BY_GOLD: the same, but with use-gold: anchor and 20 gold labels the machines are annotators, measured by gold; NO_MACHINES: no machine has enough examples in common with the humans; TOO_MANY_CLASSES: there are more than 64.';
comment on column crowdlab.gold_correction.num_gold is 'Number of gold labels used, at most 5,000; with machines also those of examples that only machines labeled.';
comment on column crowdlab_bi.gold_correction.num_gold is 'Number of gold labels used, at most 5,000; with machines also those of examples that only machines labeled.';
