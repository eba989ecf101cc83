package dev.crowdlab.results;

import org.jspecify.annotations.Nullable;

/**
 * Reads a result table out of the analysis, as blocks of rows that are encoded for COPY. There is always at least one block,
 * an empty one if need be, and the last says so. A block is good until the next is read. Read by one thread, once.
 */
public final class ResultReader {

    private final ResultTable table;
    private final int blockRows;
    private @Nullable BinaryCopyWriter rows;
    private int nextRow;
    private boolean isFinished;

    /** @param blockRows how many rows a block has, but for the last, at least 1 */
    public ResultReader(ResultTable table, int blockRows) {
        this.table = table;
        this.blockRows = blockRows;
    }

    /** The next rows; null: there are no more. */
    public @Nullable ResultBlock read() {
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
