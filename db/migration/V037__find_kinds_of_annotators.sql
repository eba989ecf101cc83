-- Purpose: whether the built-in annotations of a dataset say of annotators what they are is found without reading those that do not.
-- Locks:   share on annotation, which keeps loads out, until the migration ends; it is read once.
-- Time:    a second for some ten million annotations.

set local search_path = pg_catalog, pg_temp;

create index annotation_annotator_kind on crowdlab.annotation (dataset) where annotator_kind is not null;
