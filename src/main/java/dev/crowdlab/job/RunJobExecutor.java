package dev.crowdlab.job;

import dev.crowdlab.job.RunEnvironment.Batch;
import dev.crowdlab.job.RunOutcome.End;
import dev.crowdlab.job.step.StepFactory;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.postgres.SqlErrors;
import io.micrometer.observation.ObservationRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Builds the job of a run or of a dry run, and executes it with Spring Batch. Used by one thread. */
final class RunJobExecutor {

    private final Batch batch;
    private final Progress progress;
    private final RunCancellation cancellation;

    RunJobExecutor(Batch batch, Progress progress, RunCancellation cancellation) {
        this.batch = batch;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * How a job ended. It references neither the job nor what its steps made, so a failed run frees its memory.
     *
     * @param reached how far the run got
     * @param end how the run ended; empty if it failed
     * @param cause why the job ended, if the run failed
     */
    record Ended(Reached reached, Optional<End> end, Throwable cause) {}

    /** Executes the job of a run that is locked. */
    Ended run(RunContext context) throws SQLException {
        LeanJobRepository metadata = new LeanJobRepository(batch.repository());
        RunJob job = job(
                context,
                new StepFactory(metadata, batch.transactionManager(), progress.observations(context.dataset())));
        Throwable cause;
        try {
            cause = cause(batch.operator().start(job.build(cancellation), parameters(context)));
        } catch (RuntimeException | JobExecutionException | OutOfMemoryError e) {
            cause = e; // the metadata could not be written, but the run itself may have been completed
        } finally {
            job.closeSnapshot();
        }
        return new Ended(job.reached(), job.closed().map(Function.identity()), cause);
    }

    /** Executes the job of a dry run, of which Spring Batch records nothing. */
    Ended rehearse(RunContext context) throws SQLException, JobExecutionException {
        ResourcelessJobRepository repository = new ResourcelessJobRepository();
        RunJob job = job(
                context, new StepFactory(repository, new ResourcelessTransactionManager(), ObservationRegistry.NOOP));
        JobExecution execution = repository.createJobExecution(
                repository.createJobInstance(RunContext.JOB_NAME, parameters(context)),
                parameters(context),
                new ExecutionContext());
        try {
            job.buildDryRun(cancellation).execute(execution);
        } finally {
            job.closeSnapshot();
        }
        Optional<End> end =
                execution.getStatus() == BatchStatus.COMPLETED ? Optional.of(job.rehearsed()) : Optional.empty();
        return new Ended(job.reached(), end, cause(execution));
    }

    private RunJob job(RunContext context, StepFactory steps) {
        return new RunJob(
                context,
                steps,
                new RowSteps(steps, context, progress),
                new RunTasklets(context, cancellation),
                executor(context));
    }

    /**
     * Limits concurrent steps to the number of processors: otherwise the largest table, which starts first, would end
     * last and alone.
     */
    private static SimpleAsyncTaskExecutor executor(RunContext context) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("crowdlab-run-" + context.runId() + "-");
        executor.setConcurrencyLimit(Math.max(2, context.settings().engine().threads()));
        return executor;
    }

    /** These parameters identify the run. There is no incrementer, because a run is never restarted. */
    private static JobParameters parameters(RunContext context) {
        return new JobParametersBuilder()
                .addString("dataset", context.dataset())
                .addString("as_of", context.run().asOf().toString())
                .addLong("run", context.runId())
                .toJobParameters();
    }

    /**
     * Finds the cause if several concurrent steps failed. An exhausted heap comes first, because it may have broken the
     * connections of other steps; then a lost database.
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
}
