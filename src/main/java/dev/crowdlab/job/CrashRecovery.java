package dev.crowdlab.job;

import dev.crowdlab.job.BatchMetadataRepair.Disagreement;
import dev.crowdlab.publication.LeftOverRuns;
import dev.crowdlab.run.FailureSentence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;

/**
 * Cleans up after runs whose process is gone: they are still RUNNING, or Spring Batch considers them running, although
 * nobody held the dataset's lock. The caller must hold the lock.
 */
final class CrashRecovery {

    private static final Logger log = LoggerFactory.getLogger(CrashRecovery.class);

    private final JobOperator operator;
    private final JobRepository repository;

    CrashRecovery(JobOperator operator, JobRepository repository) {
        this.operator = operator;
        this.repository = repository;
    }

    /** Ends the sessions of such runs of the dataset, removes what they wrote and closes them as FAILED. */
    void clear(RunContext context) throws InterruptedException {
        LeftOverRuns.clear(context.shared(), context.result(), context.dataset(), context.runId());
        correctMetadata(context);
    }

    /** Corrects Spring Batch's metadata. A failure is only logged, because the next run can still correct it. */
    private void correctMetadata(RunContext context) {
        try {
            new BatchMetadataRepair(context.shared())
                    .disagreeing(context.dataset())
                    .forEach(this::correct);
        } catch (DataAccessException e) {
            log.warn(
                    "Spring Batch's metadata of former runs of dataset '{}' could not be corrected: {}",
                    context.dataset(),
                    FailureSentence.sentence(e));
        }
    }

    /**
     * An execution that never ended becomes FAILED, like its run. If the run was closed well it becomes ABANDONED,
     * because nothing has to be repeated.
     */
    private void correct(Disagreement found) {
        JobExecution execution = repository.getJobExecution(found.executionId());
        if (execution == null) {
            return;
        }
        if (execution.getStatus().isRunning() || execution.getEndTime() == null) {
            execution.setExitStatus(ExitStatus.FAILED.addExitDescription(LeftOverRuns.REASON));
            operator.recover(execution);
        }
        if (found.endedWell()) {
            execution.setStatus(BatchStatus.ABANDONED);
            repository.update(execution);
        }
    }
}
