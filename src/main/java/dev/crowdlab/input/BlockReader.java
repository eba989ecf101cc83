package dev.crowdlab.input;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a query by binary COPY inside a {@link Snapshot}, as blocks of rows in columns. It holds a connection and a
 * transaction of its own from open to close. A reader is opened once and read by one thread.
 *
 * @param <B> the kind of block
 */
public abstract sealed class BlockReader<B> implements AutoCloseable permits AnnotationReader, PredictionReader {

    private final String statement;
    private final int blockRows;
    private @Nullable BinaryCopyReader rows;
    private boolean finished;

    BlockReader(String statement, int blockRows) {
        this.statement = statement;
        this.blockRows = blockRows;
    }

    /** An empty block. */
    abstract B newBlock(int expectedRows);

    /** Takes the fields of the current row into the block. */
    abstract void take(BinaryCopyReader row, B block);

    /** Begins to read what the snapshot holds. */
    public void open(Snapshot snapshot) throws SQLException {
        rows = BinaryCopyReader.open(snapshot.join(), statement);
    }

    /** The next rows, as many as a block has; null: there are no more. */
    public @Nullable B read() throws SQLException {
        if (rows == null) {
            throw new IllegalStateException("read before open");
        }
        if (finished) {
            return null;
        }
        B block = newBlock(blockRows);
        int count = 0;
        while (count < blockRows && rows.next()) {
            take(rows, block);
            count++;
        }
        finished = count < blockRows;
        return count == 0 ? null : block;
    }

    @Override
    public void close() throws SQLException {
        if (rows != null) {
            rows.close();
        }
    }
}
