package dev.crowdlab.job;

import com.zaxxer.hikari.HikariDataSource;
import dev.crowdlab.job.RunJobExecutor.Ended;
import dev.crowdlab.job.RunOutcome.End;
import dev.crowdlab.job.step.LogContext;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.postgres.ConnectionPool;
import dev.crowdlab.publication.FailedRunCloser;
import dev.crowdlab.publication.LeftOverRuns;
import dev.crowdlab.run.DatasetInUseException;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.run.OrphanedSessions;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLock;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.core.retry.Retryable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The attempts to run one dataset. Each call of {@link #execute} is one attempt and a run of its own, from lock to
 * outcome. Before the next attempt the outcome of the previous one is determined, since its confirmation may have been
 * lost with the connection. Used by one thread.
 */
final class RunRetry implements Retryable<RunOutcome> {

    /**
     * How long a run that failed waits for its own lost sessions before it leaves closing to the next attempt, which
     * ends them. PostgreSQL ends the session of a process that is gone within ten seconds.
     */
    private static final Duration LOST_SESSION_WAIT = Duration.ofSeconds(15);

    private final RunEnvironment environment;
    private final RunRequest request;
    private final Progress progress;
    private final RunCancellation cancellation;
    private final RunJobExecutor jobs;
    private Instant started;
    private DatasetPlan plan;
    private Optional<Attempt> before = Optional.empty();

    RunRetry(
            RunEnvironment environment,
            DatasetSettings dataset,
            RunRequest request,
            Progress progress,
            RunCancellation cancellation) {
        this.environment = environment;
        plan = DatasetPlan.unknown(dataset);
        this.request = request;
        this.progress = progress;
        this.cancellation = cancellation;
        jobs = new RunJobExecutor(environment.batch(), progress, cancellation);
        started = environment.clock().instant();
    }

    /** A failed run, and the outcome to report in case it turns out to have been published. */
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
        cancellation.allowInterrupt(false);
        RunOutcome outcome = attempt();
        if (outcome.end() instanceof RunOutcome.Failed failed) {
            cancellation.allowInterrupt(true); // interrupted while waiting for the next attempt
            throw new RunAttemptException(outcome, failed.cause());
        }
        return outcome;
    }

    @SuppressWarnings("try") // the lock is held, not used
    private RunOutcome attempt() {
        Optional<Long> runId = before.map(attempt -> attempt.context().runId());
        if (cancellation.isStopped()) {
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
            LogContext.run(newRunId);
            String name = RunLedger.sessionName(newRunId);
            try (RunLock lock =
                    RunLock.take(connections(name).asUser(), plan.settings().name())) {
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
     * Inspects the queries, waits until the dataset fits into memory, and does the work.
     *
     * @param name application_name of the sessions
     */
    private RunOutcome besideOthers(String name, Run work)
            throws SQLException, JobExecutionException, InterruptedException {
        cancellation.workIn(name);
        plan = environment
                .inspection()
                .plan(plan.settings(), input(name, request.asOf().orElseGet(environment.clock()::instant)));
        progress.planned(plan);
        Instant planned = environment.clock().instant();
        cancellation.waitForOthers(() -> environment.memory().enter(plan));
        started = started.plus(Duration.between(planned, environment.clock().instant()));
        try (HikariDataSource shared = ConnectionPool.of(connections(name))) {
            return work.run(shared);
        } finally {
            environment.memory().leave(plan);
        }
    }

    /** Work that uses a pool of the run's connections. */
    private interface Run {
        RunOutcome run(HikariDataSource shared) throws SQLException, JobExecutionException, InterruptedException;
    }

    /** Cleans up what the previous attempt left on the server, and returns its outcome if it ended well after all. */
    private Optional<RunOutcome> settle() throws InterruptedException {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Attempt attempt = before.get();
        new OrphanedSessions(attempt.context().result().asUser())
                .end(attempt.context().runId());
        Optional<RunOutcome> ended = close(attempt, LeftOverRuns.MAX_LOCK_WAIT);
        before = Optional.empty();
        return ended;
    }

    /**
     * Closes the run as FAILED. If it had been closed well although the confirmation was lost, returns that outcome
     * instead.
     */
    private Optional<RunOutcome> close(Attempt attempt, Duration longestWait) {
        RunContext context = attempt.context();
        return new FailedRunCloser(context.closing(), longestWait)
                .close(context.runId(), FailureSentence.sentence(attempt.cause()), attempt.inputDigest())
                .filter(found -> found != RunStatus.RUNNING && found != RunStatus.FAILED)
                .map(found -> attempt.outcome()
                        .endedAs(new RunOutcome.Closed(found, attempt.becomesCurrent(), Optional.empty())));
    }

    private RunOutcome run(RunContext context) throws SQLException, InterruptedException {
        cancellation.allowInterrupt(true);
        new CrashRecovery(environment.batch().operator(), environment.batch().repository()).clear(context);
        cancellation.allowInterrupt(false);
        progress.begun(context.beginning());
        Ended ended = jobs.run(context);
        Reached reached = ended.reached();
        Optional<Long> runId = Optional.of(context.runId());
        if (ended.end().isPresent()) {
            return outcome(runId, ended.end().get(), reached);
        }
        Throwable cause = cause(context, ended);
        RunOutcome failed = outcome(runId, new RunOutcome.Failed(cause), reached);
        Attempt attempt = new Attempt(context, reached.inputDigest(), reached.becomesCurrent(), failed, cause);
        before = Optional.of(attempt);
        try {
            return close(attempt, LOST_SESSION_WAIT).orElse(failed);
        } catch (DataAccessException | TransactionException e) {
            cause.addSuppressed(e); // the next attempt, or the next run of the dataset, cleans up
            return failed;
        }
    }

    /** Returns the failure, or the request to stop if that caused it. */
    private Throwable cause(Throwable failure) {
        return cancellation.stopped().orElse(failure);
    }

    private ConnectionFactory connections(String name) {
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
                connections(name),
                shared,
                environment.clock());
    }

    /** Uses a unique session name, so that stopping one dry run cancels no other's statements. */
    private RunOutcome dryRun() throws SQLException, JobExecutionException, InterruptedException {
        String name = "crowdlab-etl dry run " + UUID.randomUUID();
        return besideOthers(name, shared -> dryRun(context(0, name, shared)));
    }

    private RunOutcome dryRun(RunContext context) throws SQLException, JobExecutionException {
        Ended ended = jobs.rehearse(context);
        End end = ended.end().orElseGet(() -> new RunOutcome.Failed(cause(context, ended)));
        return outcome(Optional.empty(), end, ended.reached());
    }

    private Throwable cause(RunContext context, Ended ended) {
        return cause(
                context.heap().explained(ended.cause(), plan, ended.reached().read()));
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
