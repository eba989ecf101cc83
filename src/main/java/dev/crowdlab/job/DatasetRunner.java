package dev.crowdlab.job;

import dev.crowdlab.audit.RunLedger;
import dev.crowdlab.database.Sessions;
import dev.crowdlab.database.TransientFaults;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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

    private static final String SIGNAL = "The run was stopped by a signal";

    private final Setup setup;
    private final Set<UnderWay> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    DatasetRunner(Setup setup) {
        this.setup = setup;
    }

    /** What all runs share. */
    record Setup(
            Batch batch,
            Settings settings,
            Databases databases,
            DatasetInspection inspection,
            MemoryBudget memory,
            Clock clock,
            String softwareVersion) {}

    /** What of Spring Batch a run needs. */
    record Batch(JobOperator operator, JobRepository repository, PlatformTransactionManager transactionManager) {}

    /**
     * The two databases, which may be one.
     *
     * @param result where results and built-in tables live
     * @param source where queries are asked
     * @param lockTimeout how long input waits for a lock; zero: without limit
     */
    record Databases(Sessions result, Sessions source, Duration lockTimeout) {

        /** Sessions that read the input of a dataset as of a moment. */
        Sessions input(DatasetSettings dataset, Instant asOf) {
            return (dataset.isBuiltIn() ? result : source)
                    .with("crowdlab.dataset", dataset.name())
                    .with("crowdlab.as_of", asOf.toString())
                    .with("crowdlab.classes", array(dataset.inputRules().classes()))
                    .with("lock_timeout", milliseconds(lockTimeout));
        }

        /** Sessions that look what there is in the built-in tables. */
        Sessions listing() {
            return result.with("lock_timeout", milliseconds(lockTimeout));
        }

        /** Of a setting of PostgreSQL, to which 0 means without limit, and which ends at 24 days. */
        private static String milliseconds(Duration limit) {
            long most = Math.min(limit.toSeconds(), Integer.MAX_VALUE / 1_000) * 1_000;
            return Long.toString(limit.isZero() ? 0 : Math.max(1, most == 0 ? limit.toMillis() : most));
        }

        /** As PostgreSQL reads a text[]. */
        private static String array(List<String> texts) {
            return texts.stream()
                    .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                    .collect(Collectors.joining(",", "{", "}"));
        }

        /**
         * The result database as migrations see it: in the owner's role, else as whoever may at least look.
         */
        Sessions migration() {
            return result.asOwnerOf("run", "label_quality").with("application_name", "crowdlab-etl migration");
        }
    }

    /** Runs a dataset. Never throws what a dataset alone can be blamed for: it is told in the outcome. */
    public RunOutcome run(DatasetSettings dataset, RunRequest request, Progress progress) {
        UnderWay underWay = new UnderWay(dataset);
        running.add(underWay);
        if (stopping) {
            underWay.stop(SIGNAL);
        }
        RetryTemplate attempts =
                new RetryTemplate(new TransientFaults(setup.settings()::retry, System::nanoTime, underWay::isStopped));
        attempts.setRetryListener(new LostRun());
        try {
            return attempts.execute(new RunAttempts(setup, dataset, request, progress, underWay));
        } catch (RetryException e) {
            if (e.getCause() instanceof FailedAttempt failed) {
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
        running.forEach(dataset -> stop(dataset, SIGNAL));
    }

    /** The same for those that have taken longer than they may; the others go on. */
    void stopOverdue() {
        for (UnderWay dataset : running) {
            dataset.overdue().ifPresent(reason -> stop(dataset, reason));
        }
    }

    private void stop(UnderWay dataset, String reason) {
        dataset.stop(reason).ifPresent(this::cancelStatements);
    }

    private void cancelStatements(String sessionName) {
        try {
            new RunLedger(setup.databases().result().asUser()).cancelStatements(sessionName);
            new RunLedger(setup.databases().source()).cancelStatements(sessionName);
        } catch (DataAccessException e) {
            log.warn("{} goes on until its next block of rows: {}", sessionName, Failures.sentence(e));
        }
    }
}
