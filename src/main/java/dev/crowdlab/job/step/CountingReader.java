package dev.crowdlab.job.step;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** A reader of blocks that counts rows and records whether it reached the end. Used by one thread. */
public final class CountingReader<B> implements ItemStreamReader<B> {

    private final ItemStreamReader<B> reader;
    private final ToIntFunction<B> rows;
    private long rowCount;
    private boolean exhausted;

    public CountingReader(ItemStreamReader<B> reader, ToIntFunction<B> rows) {
        this.reader = reader;
        this.rows = rows;
    }

    long rowCount() {
        return rowCount;
    }

    /** Whether every row was read. */
    boolean isExhausted() {
        return exhausted;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        reader.open(executionContext);
    }

    @Override
    public @Nullable B read() throws Exception {
        B block = reader.read();
        if (block == null) {
            exhausted = true;
        } else {
            rowCount += rows.applyAsInt(block);
        }
        return block;
    }

    @Override
    public void close() {
        reader.close();
    }
}
