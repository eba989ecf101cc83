-- Purpose: labels counted by quality while they are written, and the histogram read from these counts instead of every label.
-- Locks:   share row exclusive on run and access exclusive on the view label_quality_histogram, each for milliseconds.
-- Time:    well under a second.

set local search_path = pg_catalog, pg_temp;

create table crowdlab.label_quality_bin (
    run_id          bigint                      not null,
    bin             integer                     not null,
    num_annotations integer                     not null,
    reason          text collate pg_catalog."C" not null,
    num_examples    bigint                      not null,
    constraint label_quality_bin_pkey primary key (run_id, bin, num_annotations, reason),
    constraint label_quality_bin_run_id_fkey foreign key (run_id) references crowdlab.run (run_id),
    constraint label_quality_bin_bin_check check (bin between 1 and 20),
    constraint label_quality_bin_num_annotations_check check (num_annotations > 0),
    constraint label_quality_bin_num_examples_check check (num_examples > 0)
);

comment on table crowdlab.label_quality_bin is 'One row per run, bin of consensus_quality_score, number of annotations, and reason to look again: how many examples, so that no reader has to count label_quality. Kept as long as the run''s partitions.';
comment on column crowdlab.label_quality_bin.run_id is 'The run.';
comment on column crowdlab.label_quality_bin.bin is 'Number of the bin, from 1 (the worst) to 20: bin b has the scores from (b - 1) / 20 to less than b / 20, the last one 1 as well.';
comment on column crowdlab.label_quality_bin.num_annotations is 'Number of annotations of each of the examples, at least 1.';
comment on column crowdlab.label_quality_bin.reason is 'Why their consensus labels deserve a second look, as in review_queue; NONE where they do not.';
comment on column crowdlab.label_quality_bin.num_examples is 'Number of examples, at least 1.';

-- Retention deletes the rows of old runs, so deletes stay free.
create trigger refuse_insert after insert on crowdlab.label_quality_bin
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_from after update on crowdlab.label_quality_bin
    referencing old table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_update_to after update on crowdlab.label_quality_bin
    referencing new table as touched for each statement execute function crowdlab.refuse_closed_run();
create trigger refuse_truncate before truncate on crowdlab.label_quality_bin
    for each statement execute function crowdlab.refuse_truncate();

create or replace view crowdlab_bi.label_quality_histogram as
select p.dataset, b.run_id, b.bin, (b.bin - 1) / 20::double precision as bin_lower, b.bin / 20::double precision as bin_upper,
    sum(b.num_examples)::bigint as num_examples
from crowdlab.published_run p
join crowdlab.label_quality_bin b on b.run_id = p.run_id
group by p.dataset, b.run_id, b.bin;
