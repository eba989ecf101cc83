package dev.crowdlab.job;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.text.Plural;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * A dataset that is being run, and can be stopped at any time by a signal or its time limit. Used by the thread that
 * runs the dataset, by the threads of its steps, and by the thread that stops it.
 */
final class RunCancellation implements JobExecutionListener {

    private final DatasetSettings dataset;
    private final Set<Thread> interruptible = new HashSet<>();
    private long countedSince = System.nanoTime();
    private boolean isWaiting;
    private @Nullable String reason;
    private @Nullable String sessionName;
    private @Nullable JobExecution execution;

    /** Starts the time limit. */
    RunCancellation(DatasetSettings dataset) {
        this.dataset = dataset;
    }

    synchronized boolean isStopped() {
        return reason != null;
    }

    /** The reason why the dataset was stopped; empty if it was not. */
    synchronized Optional<Throwable> stopped() {
        return Optional.ofNullable(reason).map(IllegalStateException::new);
    }

    /** Returns the reason for stopping the dataset if it has exceeded its time limit. */
    synchronized Optional<String> overdue() {
        Duration timeout = dataset.timeout();
        boolean isOverdue = !timeout.isZero()
                && !isWaiting
                && Duration.ofNanos(System.nanoTime() - countedSince).compareTo(timeout) > 0;
        return isOverdue
                ? Optional.of("The run was canceled" + currentSteps() + " because it took longer than "
                        + Plural.of(timeout) + "; see what it waited for, or raise "
                        + WrittenSettings.nameOf(dataset.name(), DatasetSetting.TIMEOUT))
                : Optional.empty();
    }

    /** Names what the run was doing, in alphabetical order: of two queries the slow one is the one still being read. */
    private String currentSteps() {
        List<String> steps = execution == null
                ? List.of()
                : execution.getStepExecutions().stream()
                        .filter(step -> step.getStatus() == BatchStatus.STARTED)
                        .map(StepExecution::getStepName)
                        .sorted()
                        .toList();
        return steps.isEmpty() ? "" : " at " + String.join(" and ", steps);
    }

    /**
     * Waits for other datasets. The wait does not count towards the time limit, and is interrupted when the dataset is
     * stopped.
     */
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

    /** A wait that may take long. */
    interface Wait {
        void await() throws InterruptedException;
    }

    private synchronized void setWaiting(boolean waiting) {
        isWaiting = waiting;
    }

    /** Sets the application_name of the sessions that work for the dataset until the end of its job. */
    synchronized void workIn(String name) {
        sessionName = name;
    }

    /**
     * Requests that the run end: at its next block of rows, or immediately if it only computes or waits. May be called
     * repeatedly; the first reason is kept.
     *
     * @param why a sentence
     * @return the name of the sessions whose statements must be canceled; empty if none has begun, or all have ended
     */
    synchronized Optional<String> stop(String why) {
        reason = reason == null ? why : reason;
        interruptible.forEach(Thread::interrupt);
        if (execution != null) {
            mark(execution);
        }
        return Optional.ofNullable(sessionName);
    }

    /**
     * Stops the execution directly. JobOperator.stop would look up the job by its name, which all runs share, and would
     * write the metadata from this thread.
     */
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

    /** Runs work that ends early with an exception of its own when its thread is interrupted. */
    <T> T interruptibly(Supplier<T> work) {
        allowInterrupt(true);
        try {
            return work.get();
        } finally {
            allowInterrupt(false);
        }
    }

    /**
     * Allows or forbids interrupting this thread. The thread of the job must not be interrupted, because it would lose
     * track of concurrent steps.
     */
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
