package dev.crowdlab.job;

import dev.crowdlab.postgres.TransientFaultPolicy;
import dev.crowdlab.runs.FailureSentence;
import dev.crowdlab.runs.RunLedger;
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

/** Runs one dataset to its outcome; once more, as a new run, when the database was lost. Safe for use by many threads. */
public final class DatasetRunner {

    private static final Logger log = LoggerFactory.getLogger(DatasetRunner.class);

    private static final String SIGNAL = "The run was stopped by a signal";

    private final RunEnvironment environment;
    private final Set<RunCancellation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    DatasetRunner(RunEnvironment environment) {
        this.environment = environment;
    }

    /** Runs a dataset. Never throws what a dataset alone can be blamed for: it is told in the outcome. */
    public RunOutcome run(DatasetSettings dataset, RunRequest request, Progress progress) {
        RunCancellation underWay = new RunCancellation(dataset);
        running.add(underWay);
        if (stopping) {
            underWay.stop(SIGNAL);
        }
        RetryTemplate attempts = new RetryTemplate(
                new TransientFaultPolicy(environment.settings()::retry, System::nanoTime, underWay::isStopped));
        attempts.setRetryListener(new LostRun());
        try {
            return attempts.execute(new RunRetry(environment, dataset, request, progress, underWay));
        } catch (RetryException e) {
            if (e.getCause() instanceof RunAttemptException failed) {
                return underWay.stopped()
                        .map(reason -> failed.outcome().endedAs(new RunOutcome.Failed(reason)))
                        .orElseGet(failed::outcome);
            }
            throw new IllegalStateException("a run ended without an outcome", e.getCause());
        } finally {
            running.remove(underWay);
            underWay.allowInterrupt(false);
        }
    }

    /** Tells that a dataset will be run again, once for each run that was lost. */
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
     * Ends the runs under way: at their next block of rows, and at once where they compute, or wait for a statement. No other
     * begins. To be called again as long as they have not ended, since the next statement may have begun just afterwards.
     */
    public void stop() {
        stopping = true;
        running.forEach(dataset -> stop(dataset, SIGNAL));
    }

    /** The same for those that have taken longer than they may; the others go on. */
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
