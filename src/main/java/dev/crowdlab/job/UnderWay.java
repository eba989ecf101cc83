package dev.crowdlab.job;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * A dataset under way, which a signal may stop at any moment. Used by the thread that makes it, which runs the dataset, and by
 * the thread of the signal.
 */
final class UnderWay implements JobExecutionListener {

    private final Thread thread = Thread.currentThread();
    private boolean isStopped;
    private boolean isInterruptible;
    private @Nullable JobExecution execution;

    synchronized boolean isStopped() {
        return isStopped;
    }

    /**
     * Asks the run to end: at its next block of rows, and at once where it only computes or waits. May be called again.
     *
     * @return the run whose statements are to be cancelled; empty: none has begun, or it has ended
     */
    synchronized Optional<Long> stop() {
        isStopped = true;
        if (isInterruptible) {
            thread.interrupt();
        }
        if (execution == null) {
            return Optional.empty();
        }
        mark(execution);
        return Optional.ofNullable(execution.getJobParameters().getLong("run"));
    }

    /** JobOperator.stop would look for the job by its name, which all runs share, and write the metadata from here. */
    private static void mark(JobExecution execution) {
        if (execution.isRunning()) {
            execution.setStatus(BatchStatus.STOPPING);
            execution.getStepExecutions().forEach(StepExecution::setTerminateOnly);
        }
    }

    @Override
    public synchronized void beforeJob(JobExecution begun) {
        execution = begun;
        if (isStopped) {
            mark(begun);
        }
    }

    @Override
    public synchronized void afterJob(JobExecution ended) {
        execution = null;
    }

    /** Work of this thread that ends early with an exception of its own when it is interrupted. */
    <T> T interruptibly(Supplier<T> work) {
        allowInterrupt(true);
        try {
            return work.get();
        } finally {
            allowInterrupt(false);
        }
    }

    /** Whether this thread may be interrupted; elsewhere it would lose track of steps that run beside it. */
    synchronized void allowInterrupt(boolean allowed) {
        isInterruptible = allowed;
        if (!allowed) {
            Thread.interrupted();
        } else if (isStopped) {
            thread.interrupt();
        }
    }
}
