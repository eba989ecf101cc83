package dev.crowdlab.results;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a result table out of the analysis; an item is a block of rows, encoded for COPY. There is always at least one
 * block, an empty one if need be, and the last says so. A block is good until the next is read. Read by one thread, once.
 */
public final class ResultReader implements ItemStreamReader<ResultBlock> {

    private final Supplier<ResultTable> source;
    private final int blockRows;
    private @Nullable ResultTable table;
    private @Nullable BinaryCopyWriter rows;
    private int nextRow;
    private boolean isFinished;

    /** The table is asked for when the reader opens. */
    public ResultReader(Supplier<ResultTable> source, int blockRows) {
        this.source = source;
        this.blockRows = blockRows;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        table = source.get();
    }

    @Override
    public @Nullable ResultBlock read() {
        if (table == null) {
            throw new IllegalStateException("read before open");
        }
        if (isFinished) {
            return null;
        }
        int rowCount = Math.min(blockRows, table.rowCount() - nextRow);
        if (rows == null) {
            rows = new BinaryCopyWriter(rowCount);
        }
        rows.clear();
        for (int row = nextRow; row < nextRow + rowCount; row++) {
            table.write(row, rows);
        }
        nextRow += rowCount;
        isFinished = nextRow == table.rowCount();
        return new ResultBlock(rows, rowCount, isFinished);
    }
}
