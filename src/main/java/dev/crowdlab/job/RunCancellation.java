package dev.crowdlab.job;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.text.Plural;
import java.time.Duration;
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
 * A dataset under way, which a signal or its time limit may stop at any moment. Used by the thread that runs the dataset, by those
 * of its steps, and by the thread that stops it.
 */
final class RunCancellation implements JobExecutionListener {

    private final DatasetSettings dataset;
    private final Set<Thread> interruptible = new HashSet<>();
    private long countedSince = System.nanoTime();
    private boolean isWaiting;
    private @Nullable String reason;
    private @Nullable String sessionName;
    private @Nullable JobExecution execution;

    /** Its time counts from now on. */
    RunCancellation(DatasetSettings dataset) {
        this.dataset = dataset;
    }

    synchronized boolean isStopped() {
        return reason != null;
    }

    /** What is to be told of a dataset that was stopped; empty: it was not. */
    synchronized Optional<Throwable> stopped() {
        return Optional.ofNullable(reason).map(IllegalStateException::new);
    }

    /** Why the dataset is to be stopped, if it has taken longer than it may. */
    synchronized Optional<String> overdue() {
        Duration timeout = dataset.timeout();
        boolean isOverdue = !timeout.isZero()
                && !isWaiting
                && Duration.ofNanos(System.nanoTime() - countedSince).compareTo(timeout) > 0;
        return isOverdue
                ? Optional.of("The run was canceled because it took longer than " + Plural.of(timeout) + "; see what"
                        + " it waited for, or raise crowdlab.datasets." + dataset.name() + ".timeout")
                : Optional.empty();
    }

    /** Work that waits for other datasets, which does not count; it ends with an interrupt when the dataset is stopped. */
    void waitForOthers(Wait wait) throws InterruptedException {
        long begun = System.nanoTime();
        setWaiting(true);
        allowInterrupt(true);
        try {
            wait.await();
        } finally {
            allowInterrupt(false);
            setWaiting(false);
            synchronized (this) {
                countedSince += System.nanoTime() - begun;
            }
        }
    }

    /** What may take long. */
    interface Wait {
        void await() throws InterruptedException;
    }

    private synchronized void setWaiting(boolean waiting) {
        isWaiting = waiting;
    }

    /** The application_name of the sessions that work for the dataset from now on, until the end of its job. */
    synchronized void workIn(String sessions) {
        sessionName = sessions;
    }

    /**
     * Asks the run to end: at its next block of rows, and at once where it only computes or waits. May be called again; the first
     * reason stays.
     *
     * @param why a sentence
     * @return the name of the sessions whose statements are to be canceled; empty: none has begun, or they have ended
     */
    synchronized Optional<String> stop(String why) {
        reason = reason == null ? why : reason;
        interruptible.forEach(Thread::interrupt);
        if (execution != null) {
            mark(execution);
        }
        return Optional.ofNullable(sessionName);
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
        if (isStopped()) {
            mark(begun);
        }
    }

    @Override
    public synchronized void afterJob(JobExecution ended) {
        execution = null;
        sessionName = null;
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
        if (isStopped()) {
            thread.interrupt();
        }
    }
}
