package dev.crowdlab.job;

import dev.crowdlab.job.step.Slot;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/**
 * Collects the blocks of a step in memory and puts the result in a slot when the step ends. It then drops its own
 * reference, so that the rows do not live as long as the job. Used by one thread.
 *
 * @param <B> the kind of block
 * @param <R> what collects them
 */
public final class RowCollector<B, R> implements ItemStreamWriter<B> {

    private final Supplier<R> newRows;
    private final BiConsumer<R, B> add;
    private final Slot<R> target;
    private @Nullable R rows;

    public RowCollector(Supplier<R> newRows, BiConsumer<R, B> add, Slot<R> target) {
        this.newRows = newRows;
        this.add = add;
        this.target = target;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        rows = newRows.get();
    }

    @Override
    public void write(Chunk<? extends B> blocks) {
        if (rows == null) {
            throw new IllegalStateException("write before open, or after close");
        }
        for (B block : blocks) {
            add.accept(rows, block);
        }
    }

    /** Runs after a failure, too, but then no step follows. */
    @Override
    public void close() {
        if (rows != null) {
            target.put(rows);
            rows = null;
        }
    }
}
