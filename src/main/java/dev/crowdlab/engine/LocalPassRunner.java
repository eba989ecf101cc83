package dev.crowdlab.engine;

import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ConfusionTally;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs passes over one slice in memory, with a fixed number of threads. A thread that is free takes the next block; as
 * statistics are integers, and the results of a block depend on nothing outside it, the outcome does not depend on who
 * took what. Used and closed by one thread.
 */
@NotThreadSafe
public final class LocalPassRunner implements AnalysisRunner, AutoCloseable {

    private static final String INTERRUPTED = "interrupted while analyzing";

    private final int threads;
    private final int blockSize;
    private final ExecutorService workers;
    private final Dimensions dimensions;
    private Slice slice;

    /**
     * Starts the threads.
     *
     * @param slice all examples
     * @param threads number of threads, at least 1
     * @param blockSize examples a thread takes at a time, at least 1
     * @throws IllegalArgumentException if a number is less than 1
     */
    public LocalPassRunner(Slice slice, int threads, int blockSize) {
        this(slice, threads, blockSize, Executors.newFixedThreadPool(threads, LocalPassRunner::worker));
    }

    private LocalPassRunner(Slice slice, int threads, int blockSize, ExecutorService workers) {
        if (blockSize < 1) {
            throw new IllegalArgumentException("blockSize is " + blockSize + "; it must be at least 1");
        }
        this.slice = slice;
        this.threads = threads;
        this.blockSize = blockSize;
        this.workers = workers;
        this.dimensions = Dimensions.of(slice);
    }

    private static Thread worker(Runnable task) {
        return new Thread(task, "crowdlab-engine");
    }

    /** Returns a runner over other examples with the threads of this one, which end when this one is closed. */
    public LocalPassRunner on(Slice other) {
        return new LocalPassRunner(other, threads, blockSize, workers);
    }

    /** Returns all examples, with what the passes up to now have written. */
    public Slice slice() {
        return slice;
    }

    @Override
    public Dimensions dimensions() {
        return dimensions;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CancellationException if this thread is interrupted; threads stop at their next block
     * @throws IllegalStateException if the pass fails, with its exception as the cause
     */
    @Override
    public <S extends Mergeable<S>> S run(String phase, Pass<S> pass) {
        return PhaseEvent.measure(phase, dimensions, () -> takeAllBlocks(pass));
    }

    private <S extends Mergeable<S>> S takeAllBlocks(Pass<S> pass) {
        stopIfInterrupted();
        Blocks blocks = new Blocks(slice, pass.open(slice), blockSize, new AtomicInteger());
        int workerCount = Math.max(1, Math.min(threads, blocks.count()));
        List<Callable<S>> tasks = new ArrayList<>(workerCount);
        for (int worker = 0; worker < workerCount; worker++) {
            tasks.add(() -> blocks.take(pass, pass.newStatistics(dimensions)));
        }
        try {
            List<Future<S>> counted = workers.invokeAll(tasks);
            S sum = counted.get(0).get();
            for (Future<S> statistics : counted.subList(1, workerCount)) {
                sum.add(statistics.get());
            }
            slice = blocks.output;
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(INTERRUPTED);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread failed: " + e.getCause(), e.getCause());
        }
    }

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(INTERRUPTED);
        }
    }

    @Override
    public Confusion confusion(ConfusionLayout layout, ConfusionTally tally, Column<ConsensusLabels> consensus) {
        return Confusion.of(ConfusionCounts.of(layout, tally, List.of(slice), consensus));
    }

    /** Ends the threads; a pass that is running stops at its next block. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** The blocks of one pass, each of which one thread takes. */
    private record Blocks(Slice input, Slice output, int size, AtomicInteger next) {

        int count() {
            return (int) (((long) input.exampleCount() + size - 1) / size);
        }

        <S extends Mergeable<S>> S take(Pass<S> pass, S statistics) {
            int count = count();
            for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
                stopIfInterrupted();
                int from = block * size;
                int to = from + Math.min(size, input.exampleCount() - from);
                pass.collect(new Block(input, output, from, to), statistics);
            }
            return statistics;
        }
    }
}
