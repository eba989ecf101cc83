package dev.crowdlab.job.step;

import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** The blocks of a result table as items. */
public final class ResultItemReader implements ItemStreamReader<ResultBlock> {

    private final Supplier<ResultTable> table;
    private final int blockRows;
    private @Nullable ResultReader reader;

    /**
     * @param table is read when the step begins
     */
    public ResultItemReader(Supplier<ResultTable> table, int blockRows) {
        this.table = table;
        this.blockRows = blockRows;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        reader = new ResultReader(table.get(), blockRows);
    }

    @Override
    public @Nullable ResultBlock read() {
        if (reader == null) {
            throw new IllegalStateException("read before open");
        }
        return reader.read();
    }

    /** Releases the block and the table. */
    @Override
    public void close() {
        reader = null;
    }
}
