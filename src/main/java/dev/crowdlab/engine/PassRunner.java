package dev.crowdlab.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Leads passes over all blocks of a data set with a fixed number of workers. Blocks go to whoever is free; as
 * statistics are integers and results of a block depend on nothing outside it, the outcome does not depend on who did
 * what.
 */
final class PassRunner implements AutoCloseable {

    private static final String INTERRUPTED = "interrupted while analyzing";

    private final Annotations annotations;
    private final Predictions predictions;
    private final Options options;
    private final ExecutorService workers;

    PassRunner(Annotations annotations, Predictions predictions, Options options) {
        this(annotations, predictions, options, Executors.newFixedThreadPool(options.threads(), PassRunner::worker));
    }

    private PassRunner(Annotations annotations, Predictions predictions, Options options, ExecutorService workers) {
        this.annotations = annotations;
        this.predictions = predictions;
        this.options = options;
        this.workers = workers;
    }

    private static Thread worker(Runnable task) {
        return new Thread(task, "crowdlab-engine");
    }

    /** Returns a pass over other examples with the workers of this one, which end when this one is closed. */
    PassRunner on(Annotations otherAnnotations, Predictions otherPredictions) {
        return new PassRunner(otherAnnotations, otherPredictions, options, workers);
    }

    Options options() {
        return options;
    }

    int exampleCount() {
        return predictions.exampleCount();
    }

    private int blockCount() {
        return (int) (((long) exampleCount() + options.blockSize() - 1) / options.blockSize());
    }

    /**
     * Takes every block through the pass.
     *
     * @param phase what the pass is called in {@link PhaseEvent}
     * @param empty makes a worker's statistics
     * @param pass treats one block and counts it
     * @return the sum of the workers' statistics
     * @throws CancellationException if this thread is interrupted; it stays so, and workers stop at their next block
     */
    <S extends Mergeable<S>> S run(String phase, Supplier<S> empty, BiConsumer<Block, S> pass) {
        return PhaseEvent.measure(
                phase, exampleCount(), annotations.annotationCount(), () -> takeAllBlocks(empty, pass));
    }

    private <S extends Mergeable<S>> S takeAllBlocks(Supplier<S> empty, BiConsumer<Block, S> pass) {
        stopIfInterrupted();
        AtomicInteger nextBlock = new AtomicInteger();
        int workerCount = Math.max(1, Math.min(options.threads(), blockCount()));
        List<Callable<S>> tasks = new ArrayList<>(workerCount);
        for (int worker = 0; worker < workerCount; worker++) {
            tasks.add(() -> takeBlocks(nextBlock, empty.get(), pass));
        }
        try {
            List<Future<S>> counted = workers.invokeAll(tasks);
            S sum = counted.get(0).get();
            for (Future<S> statistics : counted.subList(1, workerCount)) {
                sum.add(statistics.get());
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(INTERRUPTED);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
        }
    }

    private <S> S takeBlocks(AtomicInteger nextBlock, S statistics, BiConsumer<Block, S> pass) {
        int blockCount = blockCount();
        for (int block = nextBlock.getAndIncrement(); block < blockCount; block = nextBlock.getAndIncrement()) {
            stopIfInterrupted();
            int from = block * options.blockSize();
            int to = from + Math.min(options.blockSize(), exampleCount() - from);
            pass.accept(new Block(annotations, predictions, from, to), statistics);
        }
        return statistics;
    }

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(INTERRUPTED);
        }
    }

    /** Ends the workers. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
