package dev.crowdlab.job;

import com.zaxxer.hikari.HikariDataSource;
import dev.crowdlab.job.RunEnvironment.Batch;
import dev.crowdlab.job.RunJob.Reached;
import dev.crowdlab.job.RunOutcome.End;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.postgres.ConnectionPool;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.retention.FailedRunCloser;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.runs.DatasetInUseException;
import dev.crowdlab.runs.FailureSentence;
import dev.crowdlab.runs.OrphanedSessions;
import dev.crowdlab.runs.RunLedger;
import dev.crowdlab.runs.RunLock;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.retry.Retryable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The attempts to run one dataset. Each is a run of its own from lock to outcome; before the next one it is found out what
 * became of the one before, whose end may have been lost with the connection. Used by one thread.
 */
final class RunRetry implements Retryable<RunOutcome> {

    /**
     * How long a run that failed waits for its own lost sessions before it leaves closing to the next attempt, which ends them.
     * PostgreSQL ends the session of a process that is gone within ten seconds.
     */
    private static final Duration LOST_SESSION_WAIT = Duration.ofSeconds(15);

    private final RunEnvironment environment;
    private final RunRequest request;
    private final Progress progress;
    private final RunCancellation underWay;
    private Instant started;
    private DatasetPlan plan;
    private Optional<Attempt> before = Optional.empty();

    RunRetry(
            RunEnvironment environment,
            DatasetSettings dataset,
            RunRequest request,
            Progress progress,
            RunCancellation underWay) {
        this.environment = environment;
        plan = DatasetPlan.unknown(dataset);
        this.request = request;
        this.progress = progress;
        this.underWay = underWay;
        started = environment.clock().instant();
    }

    /** A run that failed, and what is to be told of it should it turn out to have been published. */
    private record Attempt(
            RunContext context,
            Optional<String> inputDigest,
            boolean becomesCurrent,
            RunOutcome outcome,
            Throwable cause) {}

    @Override
    public String getName() {
        return "run of dataset '" + plan.settings().name() + "'";
    }

    /** Runs the dataset once. */
    @Override
    public RunOutcome execute() throws RunAttemptException {
        underWay.allowInterrupt(false);
        RunOutcome outcome = attempt();
        if (outcome.end() instanceof RunOutcome.Failed failed) {
            underWay.allowInterrupt(true); // waiting for the next attempt
            throw new RunAttemptException(outcome, failed.cause());
        }
        return outcome;
    }

    @SuppressWarnings("try") // the lock is held, not used
    private RunOutcome attempt() {
        Optional<Long> runId = before.map(attempt -> attempt.context().runId());
        if (underWay.isStopped()) {
            return outcome(runId, new RunOutcome.Failed(cause(new IllegalStateException())), Reached.NOTHING);
        }
        try {
            Optional<RunOutcome> ended = settle();
            if (ended.isPresent()) {
                return ended.get();
            }
            if (request.dryRun()) {
                return dryRun();
            }
            long newRunId = new RunLedger(environment.databases().result()).nextRunId();
            runId = Optional.of(newRunId);
            String name = RunLedger.sessionName(newRunId);
            try (RunLock lock =
                    RunLock.take(sessions(name).asUser(), plan.settings().name())) {
                return besideOthers(name, shared -> run(context(newRunId, name, shared)));
            }
        } catch (DatasetInUseException e) {
            return outcome(Optional.empty(), new RunOutcome.InUse(String.valueOf(e.getMessage())), Reached.NOTHING);
        } catch (SQLException | RuntimeException | JobExecutionException | InterruptedException | OutOfMemoryError e) {
            Throwable cause = HeapLimit.ofProcess().explained(e, plan, InputSize.NOTHING);
            return outcome(runId, new RunOutcome.Failed(cause), Reached.NOTHING);
        }
    }

    /**
     * Looks at the queries, waits until the dataset fits into memory beside those that are there, and does the work.
     *
     * @param name application_name of the sessions
     */
    private RunOutcome besideOthers(String name, Run work)
            throws SQLException, JobExecutionException, InterruptedException {
        underWay.workIn(name);
        plan = environment
                .inspection()
                .plan(plan.settings(), input(name, request.asOf().orElseGet(environment.clock()::instant)));
        progress.planned(plan);
        Instant planned = environment.clock().instant();
        underWay.waitForOthers(() -> environment.memory().enter(plan));
        started = started.plus(Duration.between(planned, environment.clock().instant()));
        try (HikariDataSource shared = ConnectionPool.of(sessions(name))) {
            return work.run(shared);
        } finally {
            environment.memory().leave(plan);
        }
    }

    /** A run, given a pool of its sessions. */
    private interface Run {
        RunOutcome run(HikariDataSource shared) throws SQLException, JobExecutionException, InterruptedException;
    }

    /** Ends what the attempt before left on the server, and gives its outcome if it ended well after all. */
    private Optional<RunOutcome> settle() throws InterruptedException {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Attempt attempt = before.get();
        new OrphanedSessions(attempt.context().result().asUser())
                .end(attempt.context().runId());
        Optional<RunOutcome> ended = close(attempt, CrashRecovery.LONGEST_LOCK_WAIT);
        before = Optional.empty();
        return ended;
    }

    /** Closes the run as FAILED, unless it was closed well although the confirmation was lost: then that is the outcome. */
    private Optional<RunOutcome> close(Attempt attempt, Duration longestWait) {
        RunContext context = attempt.context();
        return new FailedRunCloser(context.closing(), longestWait)
                .close(context.runId(), FailureSentence.sentence(attempt.cause()), attempt.inputDigest())
                .filter(found -> found != RunStatus.RUNNING && found != RunStatus.FAILED)
                .map(found -> attempt.outcome().endedAs(new RunOutcome.Closed(found, attempt.becomesCurrent())));
    }

    private RunOutcome run(RunContext context) throws SQLException, InterruptedException {
        underWay.allowInterrupt(true);
        new CrashRecovery(environment.batch().operator(), environment.batch().repository()).clear(context);
        underWay.allowInterrupt(false);
        Ended ended = runJob(context);
        Reached reached = ended.reached();
        Optional<Long> runId = Optional.of(context.runId());
        if (reached.closed().isPresent()) {
            return outcome(runId, reached.closed().get(), reached);
        }
        Throwable cause = cause(context.heap().explained(ended.cause(), plan, reached.read()));
        RunOutcome failed = outcome(runId, new RunOutcome.Failed(cause), reached);
        Attempt attempt = new Attempt(context, reached.inputDigest(), reached.becomesCurrent(), failed, cause);
        before = Optional.of(attempt);
        try {
            return close(attempt, LOST_SESSION_WAIT).orElse(failed);
        } catch (DataAccessException | TransactionException e) {
            cause.addSuppressed(e); // the next attempt, or the next run of the dataset, clears up
            return failed;
        }
    }

    /**
     * How a job ended.
     *
     * @param reached how far the run came
     * @param cause why it ended, where it was not closed
     */
    private record Ended(Reached reached, Throwable cause) {}

    /** Nothing holds the job, and what its steps made, when this has ended: a failed run leaves its memory to others. */
    private Ended runJob(RunContext context) throws SQLException {
        Batch batch = environment.batch();
        LeanJobRepository metadata = new LeanJobRepository(batch.repository());
        RunJob job = job(context, new StepFactory(metadata, batch.transactionManager()));
        Throwable cause;
        try {
            cause = cause(batch.operator().start(job.build(metadata, underWay), parameters(context)));
        } catch (RuntimeException | JobExecutionException | OutOfMemoryError e) {
            cause = e; // the metadata could not be written; the run itself may have come to its end
        } finally {
            job.closeSnapshot();
        }
        return new Ended(job.reached(), cause);
    }

    /** The failure, or that the run was stopped, of which it is the consequence. */
    private Throwable cause(Throwable failure) {
        return underWay.stopped().orElse(failure);
    }

    private ConnectionFactory sessions(String name) {
        return environment.databases().result().with("application_name", name);
    }

    private ConnectionFactory input(String name, Instant asOf) {
        return environment.databases().input(plan.settings(), asOf).with("application_name", name);
    }

    private RunContext context(long runId, String name, DataSource shared) {
        Instant asOf = request.asOf().orElseGet(new RunLedger(shared)::now).truncatedTo(ChronoUnit.MICROS);
        return new RunContext(
                new RunDescriptor(runId, plan.settings(), asOf, environment.softwareVersion()),
                plan,
                request,
                environment.settings(),
                input(name, asOf),
                sessions(name),
                shared,
                environment.clock());
    }

    /** In sessions named like nobody else's: who stops a dry run, or is stopped, is alone in that. */
    private RunOutcome dryRun() throws SQLException, JobExecutionException, InterruptedException {
        String name = "crowdlab-etl dry run " + UUID.randomUUID();
        return besideOthers(name, shared -> dryRun(context(0, name, shared)));
    }

    private RunOutcome dryRun(RunContext context) throws SQLException, JobExecutionException {
        ResourcelessJobRepository repository = new ResourcelessJobRepository();
        RunJob job = job(context, new StepFactory(repository, new ResourcelessTransactionManager()));
        JobExecution execution = repository.createJobExecution(
                repository.createJobInstance(RunContext.JOB_NAME, parameters(context)),
                parameters(context),
                new ExecutionContext());
        try {
            job.buildDryRun(repository, underWay).execute(execution);
        } finally {
            job.closeSnapshot();
        }
        Reached reached = job.reached();
        End end = execution.getStatus() == BatchStatus.COMPLETED
                ? job.rehearsed()
                : new RunOutcome.Failed(cause(context.heap().explained(cause(execution), plan, reached.read())));
        return outcome(Optional.empty(), end, reached);
    }

    private RunJob job(RunContext context, StepFactory steps) {
        return new RunJob(
                context,
                steps,
                new RowSteps(steps, context, progress),
                new RunTasklets(context, underWay),
                executor(context));
    }

    /** No more steps side by side than processors: else the largest table, which begins first, ends last and alone. */
    private static SimpleAsyncTaskExecutor executor(RunContext context) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("crowdlab-run-" + context.runId() + "-");
        executor.setConcurrencyLimit(Math.max(2, context.settings().engine().threads()));
        return executor;
    }

    /** No incrementer and nothing but these: they say which run it is, and a run is never restarted. */
    private static JobParameters parameters(RunContext context) {
        return new JobParametersBuilder()
                .addString("dataset", context.dataset())
                .addString("as_of", context.run().asOf().toString())
                .addLong("run", context.runId())
                .toJobParameters();
    }

    /**
     * Of steps that ran side by side several may have failed. If the heap was too small for one, that may have broken the
     * connections of others; if one lost the database, it is that.
     */
    private static Throwable cause(JobExecution execution) {
        List<Throwable> failures = execution.getAllFailureExceptions();
        return failures.stream()
                .filter(failure -> HeapLimit.shortage(failure).isPresent())
                .findFirst()
                .or(() -> failures.stream().filter(SqlErrors::isTransient).findFirst())
                .or(() -> failures.stream().findFirst())
                .orElseGet(() -> new IllegalStateException("The run was stopped"));
    }

    private RunOutcome outcome(Optional<Long> runId, End end, Reached reached) {
        return new RunOutcome(
                plan.settings().name(),
                runId,
                end,
                reached.metrics(),
                reached.findings(),
                Duration.between(started, environment.clock().instant()));
    }
}
