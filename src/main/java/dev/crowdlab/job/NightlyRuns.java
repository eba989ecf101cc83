package dev.crowdlab.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs many datasets, as many at a time as were asked for and fit into memory. One that fails does not hinder the others. */
public final class NightlyRuns {

    private final DatasetRunner runner;
    private final MemoryBudget memory = new MemoryBudget(HeapLimit.ofProcess().bytes());

    NightlyRuns(DatasetRunner runner) {
        this.runner = runner;
    }

    /**
     * Runs the datasets.
     *
     * @return the outcomes in the order of the plans
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<RunOutcome> run(List<DatasetPlan> plans, RunRequest request, Progress progress)
            throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(request.parallel());
        try {
            List<Future<RunOutcome>> futures = new ArrayList<>();
            for (DatasetPlan plan : plans) {
                futures.add(executor.submit(() -> run(plan, request, progress)));
            }
            List<RunOutcome> outcomes = new ArrayList<>();
            for (Future<RunOutcome> future : futures) {
                outcomes.add(get(future));
            }
            return outcomes;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Asks the runs under way to end. */
    public void stop() {
        runner.stop();
        memory.lift();
    }

    private RunOutcome run(DatasetPlan plan, RunRequest request, Progress progress) throws InterruptedException {
        if (request.parallel() == 1) {
            return runner.run(plan, request, progress);
        }
        long bytes = plan.expected().map(Sizing::heapBytes).orElse(0L);
        memory.enter(plan.settings().name(), bytes);
        try {
            return runner.run(plan, request, progress);
        } finally {
            memory.leave(bytes);
        }
    }

    private static RunOutcome get(Future<RunOutcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run ended without an outcome", e.getCause());
        }
    }
}
