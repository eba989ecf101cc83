-- Purpose: input may say of annotators whether they are people or machines; reasons for rows that say so in a way that cannot be used.
-- Locks:   exclusive on annotation, for milliseconds, and on rejected_row until the migration ends, which is read once.
-- Time:    a second for a million rejected rows.

set local search_path = pg_catalog, pg_temp;

alter table crowdlab.annotation
    add column annotator_kind text collate pg_catalog."C",
    add column family         text collate pg_catalog."C";

comment on column crowdlab.annotation.annotator_kind is 'human or machine: machines do not vote. NULL says nothing: the setting machines decides.';
comment on column crowdlab.annotation.family is 'The family of a machine, such as the maker of its model; at most 1,000 bytes. Read only where a row of the dataset has an annotator_kind.';

alter table crowdlab.rejected_row
    drop constraint rejected_row_reason_check,
    add constraint rejected_row_reason_check check (reason in
        ('MISSING_ID', 'TOO_LONG', 'MISSING_LABEL', 'UNKNOWN_KIND', 'CONFLICTING_KIND', 'UNKNOWN_LABEL', 'BAD_PROBABILITY',
         'DUPLICATE_PREDICTION', 'INCOMPLETE_PREDICTION', 'PROBABILITY_SUM', 'CONFLICTING_ANNOTATION', 'SUPERSEDED_ANNOTATION',
         'NO_PREDICTION', 'CONFLICTING_GOLD', 'NOT_ANNOTATED'));

comment on column crowdlab.rejected_row.reason is 'Code of the first rule the row broke: MISSING_ID, TOO_LONG, MISSING_LABEL, UNKNOWN_KIND, CONFLICTING_KIND, UNKNOWN_LABEL, BAD_PROBABILITY, DUPLICATE_PREDICTION, INCOMPLETE_PREDICTION, PROBABILITY_SUM, CONFLICTING_ANNOTATION, SUPERSEDED_ANNOTATION, NO_PREDICTION, CONFLICTING_GOLD or NOT_ANNOTATED.';
