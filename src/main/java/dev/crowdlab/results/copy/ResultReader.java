package dev.crowdlab.results.copy;

import org.jspecify.annotations.Nullable;

/**
 * Reads a result table out of the analysis as blocks of rows, encoded for COPY.
 * <ul>
 * <li>There is always at least one block, which may be empty, and the last block is marked.
 * <li>A block is valid until the next one is read.
 * </ul>
 * To be used once, by one thread.
 */
public final class ResultReader {

    /** A block with as many bytes ends early: rows with a number for each of many classes are long. */
    private static final int BLOCK_BYTES = 1 << 24;

    private final ResultTable table;
    private final int blockRows;
    private @Nullable BinaryCopyWriter rows;
    private int nextRow;
    private boolean isFinished;

    /**
     * @param blockRows number of rows per block, at least 1; the last block, and blocks of long rows, may have fewer
     */
    public ResultReader(ResultTable table, int blockRows) {
        this.table = table;
        this.blockRows = blockRows;
    }

    /** Returns the next block; null after the last. */
    public @Nullable ResultBlock read() {
        if (isFinished) {
            return null;
        }
        int mostRows = Math.min(blockRows, table.rowCount() - nextRow);
        if (rows == null) {
            rows = new BinaryCopyWriter(mostRows);
        }
        rows.clear();
        int rowCount = 0;
        while (rowCount < mostRows && rows.length() < BLOCK_BYTES) {
            table.write(nextRow + rowCount, rows);
            rowCount++;
        }
        nextRow += rowCount;
        isFinished = nextRow == table.rowCount();
        return new ResultBlock(rows, rowCount, isFinished);
    }
}
