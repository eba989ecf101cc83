package dev.crowdlab.job;

import dev.crowdlab.job.step.LogContext;
import dev.crowdlab.postgres.TransientFaultPolicy;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.settings.DatasetSettings;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.dao.DataAccessException;

/** Runs one dataset, and runs it again as a new run if the database was lost. Thread-safe. */
public final class DatasetRunner {

    private static final Logger log = LoggerFactory.getLogger(DatasetRunner.class);

    private static final String SIGNAL = "The run was stopped by a signal";

    private final RunEnvironment environment;
    private final Set<RunCancellation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    DatasetRunner(RunEnvironment environment) {
        this.environment = environment;
    }

    /** Runs a dataset. Failures that concern only this dataset are reported in the outcome and never thrown. */
    public RunOutcome run(DatasetSettings dataset, RunRequest request, Progress progress) {
        RunCancellation cancellation = new RunCancellation(dataset);
        running.add(cancellation);
        LogContext.dataset(dataset.name());
        if (stopping) {
            cancellation.stop(SIGNAL);
        }
        RetryTemplate attempts = new RetryTemplate(
                new TransientFaultPolicy(environment.settings()::retry, System::nanoTime, cancellation::isStopped));
        attempts.setRetryListener(new LostRun());
        try {
            return attempts.execute(new RunRetry(environment, dataset, request, progress, cancellation));
        } catch (RetryException e) {
            if (e.getCause() instanceof RunAttemptException failed) {
                return cancellation
                        .stopped()
                        .map(reason -> failed.outcome().endedAs(new RunOutcome.Failed(reason)))
                        .orElseGet(failed::outcome);
            }
            throw new IllegalStateException("a run ended without an outcome", e.getCause());
        } finally {
            running.remove(cancellation);
            LogContext.clear();
            cancellation.allowInterrupt(false);
        }
    }

    /** Reports that a dataset will be run again, once for each lost run. */
    private static final class LostRun implements RetryListener {

        private Optional<Long> told = Optional.empty();

        @Override
        public void onRetryableExecution(RetryPolicy policy, Retryable<?> attempts, RetryState state) {
            if (!state.isSuccessful()
                    && state.getLastException() instanceof RunAttemptException failed
                    && policy.shouldRetry(failed)
                    && (state.getRetryCount() == 0
                            || !told.equals(failed.outcome().runId()))) {
                told = failed.outcome().runId();
                log.warn(
                        "The {} lost the database and will start again. {}",
                        attempts.getName(),
                        FailureSentence.sentence(failed));
            }
        }
    }

    /**
     * Stops the current runs: at their next block of rows, or immediately if they are computing or waiting for a
     * statement. No further run begins. Must be repeated until the runs have ended, because another statement may just
     * have started.
     */
    public void stop() {
        stopping = true;
        running.forEach(dataset -> stop(dataset, SIGNAL));
    }

    /** Stops only the runs that have exceeded their time limit. */
    void stopOverdue() {
        for (RunCancellation dataset : running) {
            dataset.overdue().ifPresent(reason -> stop(dataset, reason));
        }
    }

    private void stop(RunCancellation dataset, String reason) {
        dataset.stop(reason).ifPresent(this::cancelStatements);
    }

    private void cancelStatements(String sessionName) {
        try {
            new RunLedger(environment.databases().result().asUser()).cancelStatements(sessionName);
            new RunLedger(environment.databases().source()).cancelStatements(sessionName);
        } catch (DataAccessException e) {
            log.warn("{} continues until its next block of rows: {}", sessionName, FailureSentence.sentence(e));
        }
    }
}
