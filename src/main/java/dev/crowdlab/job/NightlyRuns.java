package dev.crowdlab.job;

import dev.crowdlab.settings.DatasetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs many datasets, as many at a time as were asked for and fit into memory. One that fails does not hinder the others. */
public final class NightlyRuns {

    /** How often overdue datasets are looked for, and told again: a statement may have begun just after others were cancelled. */
    private static final long OVERDUE_MILLIS = 500;

    private final DatasetRunner runner;

    NightlyRuns(DatasetRunner runner) {
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
                futures.add(executor.submit(() -> runner.run(dataset, request, progress)));
            }
            List<RunOutcome> outcomes = new ArrayList<>();
            for (Future<RunOutcome> future : futures) {
                outcomes.add(get(future));
            }
            return outcomes;
        } finally {
            executor.shutdownNow();
            overdue.cancel(false);
            timer.shutdown();
        }
    }

    /** Asks the runs under way to end. */
    public void stop() {
        runner.stop();
    }

    private static RunOutcome get(Future<RunOutcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run ended without an outcome", e.getCause());
        }
    }
}
