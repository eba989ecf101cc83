package dev.crowdlab.job;

import dev.crowdlab.audit.DatasetInUseException;
import dev.crowdlab.audit.OpenRun;
import dev.crowdlab.audit.RunLedger;
import dev.crowdlab.audit.RunLock;
import dev.crowdlab.audit.RunStatus;
import dev.crowdlab.database.Sessions;
import dev.crowdlab.job.RunOutcome.End;
import dev.crowdlab.publish.FailedRun;
import dev.crowdlab.settings.Settings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;

/** Runs one dataset from lock to outcome. Safe for use by many threads. */
public final class DatasetRunner {

    private static final Logger log = LoggerFactory.getLogger(DatasetRunner.class);

    private final Batch batch;
    private final Settings settings;
    private final Databases databases;
    private final Clock clock;
    private final String softwareVersion;
    private final Set<JobExecution> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    DatasetRunner(Batch batch, Settings settings, Databases databases, Clock clock, String softwareVersion) {
        this.batch = batch;
        this.settings = settings;
        this.databases = databases;
        this.clock = clock;
        this.softwareVersion = softwareVersion;
    }

    /** What of Spring Batch a run needs. */
    record Batch(JobOperator operator, JobRepository repository, PlatformTransactionManager transactionManager) {}

    /** The two databases, which may be one: where results and built-in tables live, and where queries are asked. */
    record Databases(Sessions result, Sessions source) {

        /**
         * The result database as migrations see it: in the owner's role, else as whoever may at least look. Without a search
         * path, because Flyway puts schema crowdlab in front of it, and there the writer could put a function of its own in
         * the place of one of PostgreSQL's.
         */
        Sessions migration() {
            return result.asOwnerOf("run", "label_quality")
                    .with("application_name", "crowdlab-etl migration")
                    .with("search_path", "");
        }
    }

    /** Runs a dataset. Never throws what a dataset alone can be blamed for: it is told in the outcome. */
    @SuppressWarnings("try") // the lock is held, not used
    public RunOutcome run(DatasetPlan plan, RunRequest request, Progress progress) throws InterruptedException {
        Instant started = clock.instant();
        String dataset = plan.settings().name();
        Optional<Long> runId = Optional.empty();
        try {
            if (request.dryRun()) {
                return dryRun(context(plan, request, 0), progress, started);
            }
            runId = Optional.of(new RunLedger(databases.result()).nextRunId());
            RunContext context = context(plan, request, runId.get());
            try (RunLock lock = RunLock.take(context.result().asUser(), dataset)) {
                new LeftOverRuns(batch.operator(), batch.repository()).clear(context);
                return run(context, progress, started);
            }
        } catch (DatasetInUseException e) {
            return outcome(dataset, Optional.empty(), new RunOutcome.InUse(String.valueOf(e.getMessage())), started);
        } catch (SQLException | RuntimeException | JobExecutionException e) {
            return outcome(dataset, runId, new RunOutcome.Failed(e), started);
        }
    }

    /** Ends the runs under way: at their next block of rows, and at once where they wait for a statement. No other begins. */
    public void stop() {
        stopping = true;
        running.forEach(DatasetRunner::stop);
        for (JobExecution execution : running) {
            Long runId = execution.getJobParameters().getLong("run");
            if (runId != null) {
                cancelStatements(runId);
            }
        }
    }

    private static void stop(JobExecution execution) {
        execution.setStatus(BatchStatus.STOPPING);
        execution.getStepExecutions().forEach(StepExecution::setTerminateOnly);
    }

    private void cancelStatements(long runId) {
        try {
            new RunLedger(databases.result().asUser()).cancelStatements(runId);
            new RunLedger(databases.source()).cancelStatements(runId);
        } catch (DataAccessException e) {
            log.warn("Run {} goes on until its next block of rows: {}", runId, Failures.sentence(e));
        }
    }

    /** Knows the execution as long as it runs, so that it can be stopped. */
    private final class Watch implements JobExecutionListener {

        @Override
        public void beforeJob(JobExecution execution) {
            running.add(execution);
            if (stopping) {
                stop(execution);
            }
        }

        @Override
        public void afterJob(JobExecution execution) {
            running.remove(execution);
        }
    }

    private RunContext context(DatasetPlan plan, RunRequest request, long runId) {
        Instant asOf = request.asOf().orElseGet(clock::instant).truncatedTo(ChronoUnit.MICROS);
        String sessionName = RunLedger.sessionName(runId);
        Sessions source = (plan.settings().isBuiltIn() ? databases.result() : databases.source())
                .with("application_name", sessionName)
                .with("crowdlab.dataset", plan.settings().name())
                .with("crowdlab.as_of", asOf.toString());
        return new RunContext(
                new OpenRun(runId, plan.settings(), asOf, softwareVersion),
                plan,
                request,
                settings,
                source,
                databases.result().with("application_name", sessionName),
                clock);
    }

    private RunOutcome dryRun(RunContext context, Progress progress, Instant started) throws JobExecutionException {
        ResourcelessJobRepository repository = new ResourcelessJobRepository();
        RunWork work = new RunWork();
        RunJob job = job(context, work, progress, new Steps(repository, new ResourcelessTransactionManager()));
        JobExecution execution = repository.createJobExecution(
                repository.createJobInstance(RunJob.NAME, parameters(context)),
                parameters(context),
                new ExecutionContext());
        job.buildDryRun(repository, new Watch()).execute(execution);
        End end = execution.getStatus() == BatchStatus.COMPLETED
                ? work.foreseen()
                : new RunOutcome.Failed(cause(execution));
        return outcome(context, work, Optional.empty(), end, started);
    }

    private RunOutcome run(RunContext context, Progress progress, Instant started) throws SQLException {
        RunWork work = new RunWork();
        Throwable cause;
        try {
            cause = cause(start(context, work, progress));
        } catch (RuntimeException | JobExecutionException e) {
            cause = e; // the metadata could not be written; the run itself may have come to its end
        } finally {
            new RunStages(context, work).closeSnapshot();
        }
        Optional<RunStatus> closed = work.closedAs();
        if (closed.isPresent()) {
            End end = new RunOutcome.Closed(closed.get(), work.isCurrent());
            return outcome(context, work, Optional.of(context.runId()), end, started);
        }
        if (stopping) {
            cause = new IllegalStateException("The run was stopped by a signal");
        }
        return outcome(context, work, Optional.of(context.runId()), closeFailed(context, work, cause), started);
    }

    /** A run whose publication was committed although its confirmation was lost has not failed. */
    private End closeFailed(RunContext context, RunWork work, Throwable cause) {
        try {
            Optional<RunStatus> found = new FailedRun(context.result(), clock)
                    .close(context.runId(), Failures.sentence(cause), work.inputDigestIfKnown());
            if (found.isPresent() && found.get() != RunStatus.RUNNING && found.get() != RunStatus.FAILED) {
                return new RunOutcome.Closed(found.get(), work.becomesCurrent(context));
            }
        } catch (DataAccessException | TransactionException e) {
            cause.addSuppressed(e); // the next run of the dataset clears up
        }
        return new RunOutcome.Failed(cause);
    }

    private JobExecution start(RunContext context, RunWork work, Progress progress) throws JobExecutionException {
        RunJob job = job(context, work, progress, new Steps(batch.repository(), batch.transactionManager()));
        return batch.operator().start(job.build(batch.repository(), new Watch()), parameters(context));
    }

    private static RunJob job(RunContext context, RunWork work, Progress progress, Steps steps) {
        return new RunJob(
                steps,
                new RunSteps(steps, context, work, progress),
                new RunStages(context, work),
                new SimpleAsyncTaskExecutor("crowdlab-run-" + context.runId() + "-"));
    }

    /** No incrementer and nothing but these: they say which run it is, and a run is never restarted. */
    private static JobParameters parameters(RunContext context) {
        return new JobParametersBuilder()
                .addString("dataset", context.dataset())
                .addString("as_of", context.run().asOf().toString())
                .addLong("run", context.runId())
                .toJobParameters();
    }

    private static Throwable cause(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .findFirst()
                .orElseGet(() -> new IllegalStateException("The run was stopped"));
    }

    private RunOutcome outcome(String dataset, Optional<Long> runId, End end, Instant started) {
        return new RunOutcome(
                dataset, runId, end, Optional.empty(), List.of(), Duration.between(started, clock.instant()));
    }

    @SuppressWarnings("checkstyle:ParameterNumber") // gathers what ends up in one record
    private RunOutcome outcome(RunContext context, RunWork work, Optional<Long> runId, End end, Instant started) {
        return new RunOutcome(
                context.dataset(),
                runId,
                end,
                work.figures(),
                work.checks(),
                Duration.between(started, clock.instant()));
    }
}
