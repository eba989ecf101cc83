package dev.crowdlab.job.step;

import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** A writer of blocks that counts rows and reports progress. Used by one thread. */
public final class CountingWriter<B> implements ItemStreamWriter<B> {

    private final ItemWriter<B> writer;
    private final ToIntFunction<B> rows;
    private final LongConsumer progress;
    private long rowCount;

    public CountingWriter(ItemWriter<B> writer, ToIntFunction<B> rows, LongConsumer progress) {
        this.writer = writer;
        this.rows = rows;
        this.progress = progress;
    }

    long rowCount() {
        return rowCount;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        if (writer instanceof ItemStream stream) {
            stream.open(executionContext);
        }
    }

    @Override
    public void write(Chunk<? extends B> blocks) throws Exception {
        writer.write(blocks);
        for (B block : blocks) {
            rowCount += rows.applyAsInt(block);
        }
        progress.accept(rowCount);
    }

    @Override
    public void close() {
        if (writer instanceof ItemStream stream) {
            stream.close();
        }
    }
}
