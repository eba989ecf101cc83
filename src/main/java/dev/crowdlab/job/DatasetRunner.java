package dev.crowdlab.job;

import dev.crowdlab.audit.RunLedger;
import dev.crowdlab.database.Sessions;
import dev.crowdlab.database.TransientFaults;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs one dataset to its outcome; once more, as a new run, when the database was lost. Safe for use by many threads. */
public final class DatasetRunner {

    private static final Logger log = LoggerFactory.getLogger(DatasetRunner.class);

    private final Setup setup;
    private final Set<UnderWay> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    DatasetRunner(Setup setup) {
        this.setup = setup;
    }

    /** What all runs share. */
    record Setup(Batch batch, Settings settings, Databases databases, Clock clock, String softwareVersion) {}

    /** What of Spring Batch a run needs. */
    record Batch(JobOperator operator, JobRepository repository, PlatformTransactionManager transactionManager) {}

    /** The two databases, which may be one: where results and built-in tables live, and where queries are asked. */
    record Databases(Sessions result, Sessions source) {

        /** Sessions that read the input of a dataset as of a moment. */
        Sessions input(DatasetSettings dataset, Instant asOf) {
            return (dataset.isBuiltIn() ? result : source)
                    .with("crowdlab.dataset", dataset.name())
                    .with("crowdlab.as_of", asOf.toString());
        }

        /**
         * The result database as migrations see it: in the owner's role, else as whoever may at least look.
         */
        Sessions migration() {
            return result.asOwnerOf("run", "label_quality").with("application_name", "crowdlab-etl migration");
        }
    }

    /** Runs a dataset. Never throws what a dataset alone can be blamed for: it is told in the outcome. */
    public RunOutcome run(DatasetPlan plan, RunRequest request, Progress progress) {
        UnderWay underWay = new UnderWay();
        running.add(underWay);
        if (stopping) {
            underWay.stop();
        }
        RetryTemplate attempts =
                new RetryTemplate(new TransientFaults(setup.settings()::retry, System::nanoTime, underWay::isStopped));
        attempts.setRetryListener(new LostRun());
        try {
            return attempts.execute(new RunAttempts(setup, plan, request, progress, underWay));
        } catch (RetryException e) {
            if (e.getCause() instanceof FailedAttempt failed) {
                return underWay.isStopped()
                        ? failed.outcome().endedAs(new RunOutcome.Failed(RunAttempts.stoppedBySignal()))
                        : failed.outcome();
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
                    && state.getLastException() instanceof FailedAttempt failed
                    && policy.shouldRetry(failed)
                    && (state.getRetryCount() == 0
                            || !told.equals(failed.outcome().runId()))) {
                told = failed.outcome().runId();
                log.warn(
                        "The {} lost the database and will begin anew. {}",
                        attempts.getName(),
                        Failures.sentence(failed));
            }
        }
    }

    /**
     * Ends the runs under way: at their next block of rows, and at once where they compute, or wait for a statement. No other
     * begins. To be called again as long as they have not ended, since the next statement may have begun just afterwards.
     */
    public void stop() {
        stopping = true;
        for (UnderWay dataset : running) {
            dataset.stop().ifPresent(this::cancelStatements);
        }
    }

    private void cancelStatements(long runId) {
        try {
            new RunLedger(setup.databases().result().asUser()).cancelStatements(runId);
            new RunLedger(setup.databases().source()).cancelStatements(runId);
        } catch (DataAccessException e) {
            log.warn("Run {} goes on until its next block of rows: {}", runId, Failures.sentence(e));
        }
    }
}
