package dev.crowdlab.job;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * A dataset under way, which a signal may stop at any moment. Used by the thread that runs the dataset, by those of its steps, and
 * by the thread of the signal.
 */
final class UnderWay implements JobExecutionListener {

    private final Set<Thread> interruptible = new HashSet<>();
    private boolean isStopped;
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
        interruptible.forEach(Thread::interrupt);
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

    /** Whether this thread may be interrupted; that of the job would lose track of steps that run beside it. */
    synchronized void allowInterrupt(boolean allowed) {
        Thread thread = Thread.currentThread();
        if (!allowed) {
            interruptible.remove(thread);
            Thread.interrupted();
            return;
        }
        interruptible.add(thread);
        if (isStopped) {
            thread.interrupt();
        }
    }
}
