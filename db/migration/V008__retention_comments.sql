-- Purpose: comments that tell what retention does since it also removes Spring Batch's rows of old runs.
-- Locks:   none that a reader or a run would wait for.
-- Time:    milliseconds.

comment on column crowdlab.run.job_execution_id is 'The Spring Batch execution, batch_job_execution.job_execution_id, which retention removes some time after the run''s large tables; NULL if there was none.';
comment on table crowdlab.purge_log is 'One row per removal of old results or of Spring Batch''s rows about them. Kept for ever.';
comment on column crowdlab.purge_log.what is 'What was removed: tables of an old run, or Spring Batch metadata.';
comment on column crowdlab.purge_log.run_ids is 'The runs whose rows were removed; of Spring Batch''s metadata also numbers of runs that ended before they were recorded.';
