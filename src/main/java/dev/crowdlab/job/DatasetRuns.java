package dev.crowdlab.job;

import dev.crowdlab.job.RunOutcome.Failed;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs many datasets, several at the same time if that was requested and they fit into memory. A failure of one does
 * not affect the others.
 */
public final class DatasetRuns {

    private static final Logger log = LoggerFactory.getLogger(DatasetRuns.class);

    /**
     * The interval for stopping overdue datasets, repeatedly because a statement may have started just after the others
     * were canceled.
     */
    private static final long OVERDUE_MILLIS = 500;

    private final DatasetRunner runner;

    DatasetRuns(DatasetRunner runner) {
        this.runner = runner;
    }

    /**
     * Runs the datasets.
     *
     * @return the outcomes in the order of the datasets
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<RunOutcome> run(List<DatasetSettings> datasets, RunRequest request, Progress progress)
            throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(request.parallel());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> overdue = timer.scheduleWithFixedDelay(
                runner::stopOverdue, OVERDUE_MILLIS, OVERDUE_MILLIS, TimeUnit.MILLISECONDS);
        try {
            List<Future<RunOutcome>> futures = new ArrayList<>();
            for (DatasetSettings dataset : datasets) {
                futures.add(executor.submit(() -> run(dataset, request, progress)));
            }
            List<RunOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < futures.size(); i++) {
                outcomes.add(get(futures.get(i), datasets.get(i)));
            }
            return outcomes;
        } finally {
            executor.shutdownNow();
            overdue.cancel(false);
            timer.shutdown();
        }
    }

    private RunOutcome run(DatasetSettings dataset, RunRequest request, Progress progress) {
        RunOutcome outcome = runner.run(dataset, request, progress);
        progress.finished(outcome);
        return outcome;
    }

    /** Stops the current runs. */
    public void stop() {
        runner.stop();
    }

    /**
     * Returns the outcome. An unexpected error, such as a stack overflow, is treated as a failure of that dataset only.
     */
    private static RunOutcome get(Future<RunOutcome> future, DatasetSettings dataset) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.error("The run of dataset '{}' ended without an outcome.", dataset.name(), cause);
            return new RunOutcome(
                    dataset.name(), Optional.empty(), new Failed(cause), Optional.empty(), List.of(), Duration.ZERO);
        }
    }
}
