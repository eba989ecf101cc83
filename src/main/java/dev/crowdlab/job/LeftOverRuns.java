package dev.crowdlab.job;

import dev.crowdlab.audit.LeftOverSessions;
import dev.crowdlab.audit.RunLedger;
import dev.crowdlab.publish.FailedRun;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Clears up after runs whose process is gone: they are still RUNNING although nobody holds the dataset's lock. To be called by
 * whoever holds it.
 */
final class LeftOverRuns {

    private final JobOperator operator;
    private final JobRepository repository;

    LeftOverRuns(JobOperator operator, JobRepository repository) {
        this.operator = operator;
        this.repository = repository;
    }

    /** Ends the sessions of such runs of the dataset, removes what they wrote and closes them as FAILED. */
    void clear(RunContext context) throws InterruptedException {
        RunLedger ledger = context.ledger();
        for (long runId : ledger.leftOver(context.dataset(), context.runId())) {
            new LeftOverSessions(context.result().asUser()).end(runId);
            Optional<Long> executionId = ledger.jobExecutionId(runId);
            new FailedRun(context.result(), context.clock())
                    .close(runId, "The process of this run ended before the run did.", Optional.empty());
            executionId.ifPresent(this::recover);
        }
    }

    private void recover(long executionId) {
        JobExecution execution = repository.getJobExecution(executionId);
        if (execution != null && execution.getStatus().isRunning()) {
            operator.recover(execution);
        }
    }
}
