package dev.crowdlab.job.step;

import org.slf4j.MDC;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Adds to the log's events the dataset, run and step that they belong to: the keys {@value #DATASET}, {@value #RUN} and
 * {@value #STEP} of the MDC, each while it is known. A step sets all three, because concurrent steps have threads of
 * their own.
 */
public final class LogContext implements StepExecutionListener {

    /** The name of the dataset. */
    public static final String DATASET = "dataset";

    /** The number of the run; dry runs have none. */
    public static final String RUN = "run";

    /** The name of the step. */
    public static final String STEP = "step";

    /** Begins a run that now has a number. */
    public static void run(long runId) {
        MDC.put(RUN, String.valueOf(runId));
    }

    /** Begins the runs of a dataset on this thread. */
    public static void dataset(String name) {
        MDC.put(DATASET, name);
    }

    /** Ends the dataset and its run on this thread. */
    public static void clear() {
        MDC.remove(DATASET);
        MDC.remove(RUN);
    }

    @Override
    public void beforeStep(StepExecution execution) {
        dataset(String.valueOf(execution.getJobParameters().getString(DATASET)));
        Long runId = execution.getJobParameters().getLong(RUN);
        if (runId != null && runId > 0) {
            run(runId);
        }
        MDC.put(STEP, execution.getStepName());
    }

    @Override
    public ExitStatus afterStep(StepExecution execution) {
        MDC.remove(STEP);
        return execution.getExitStatus();
    }
}
