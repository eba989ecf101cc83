package dev.crowdlab.job.step;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The only place that builds steps, so that every step has a transaction manager; Spring Batch would silently do
 * without. Jobs begin here too, so that they and their steps are observed together.
 */
public final class StepFactory {

    private final JobRepository repository;
    private final PlatformTransactionManager transactionManager;
    private final ObservationRegistry observations;

    /**
     * @param observations receives what Spring Batch observes
     */
    public StepFactory(
            JobRepository repository, PlatformTransactionManager transactionManager, ObservationRegistry observations) {
        this.repository = repository;
        this.transactionManager = transactionManager;
        this.observations = observations;
    }

    /** Work that may throw any exception. */
    public interface Work {

        void run(StepExecution execution) throws Exception;
    }

    /** Receives the progress of one step. */
    public interface StepProgress {

        void started();

        void moved(long rowCount);

        void ended(long rowCount);
    }

    /** Begins a job without steps. */
    public JobBuilder job(String name) {
        return new JobBuilder(name, repository).observationRegistry(observations);
    }

    /** Some steps, one after another. */
    public static Flow flow(String name, Step... steps) {
        FlowBuilder<Flow> flow = new FlowBuilder<Flow>(name).start(steps[0]);
        for (int step = 1; step < steps.length; step++) {
            flow = flow.next(steps[step]);
        }
        return flow.build();
    }

    /** A step that does one piece of work. */
    public Step single(String name, Work work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.run(contribution.getStepExecution());
                            return RepeatStatus.FINISHED;
                        },
                        transactionManager)
                .observationRegistry(observations)
                .listener(new LogContext())
                .build();
    }

    /** A step that moves blocks of rows, one block per chunk. Its metadata counts rows. */
    public <B> Step blocks(String name, CountingReader<B> reader, CountingWriter<B> writer, StepProgress progress) {
        return new StepBuilder(name, repository)
                .<B, B>chunk(1)
                .reader(reader)
                .writer(writer)
                .transactionManager(transactionManager)
                .observationRegistry(observations)
                .listener(new LogContext())
                .listener(new RowCounts(reader, writer, progress))
                .build();
    }

    /**
     * Replaces the counts of blocks with counts of rows when the step ends, and fails a step that was interrupted,
     * which Spring Batch would consider completed.
     */
    private record RowCounts(CountingReader<?> reader, CountingWriter<?> writer, StepProgress progress)
            implements StepExecutionListener {

        @Override
        public void beforeStep(StepExecution execution) {
            progress.started();
        }

        @Override
        public ExitStatus afterStep(StepExecution execution) {
            execution.setReadCount(reader.rowCount());
            execution.setWriteCount(writer.rowCount());
            progress.ended(writer.rowCount());
            if (execution.getStatus() == BatchStatus.COMPLETED && !reader.isExhausted()) {
                execution.setStatus(BatchStatus.STOPPED);
                return ExitStatus.STOPPED;
            }
            return execution.getExitStatus();
        }
    }
}
