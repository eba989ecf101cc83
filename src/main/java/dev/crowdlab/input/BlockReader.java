package dev.crowdlab.input;

import java.sql.SQLException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a query by binary COPY within a {@link Snapshot}, as blocks of rows in columns. It holds a
 * connection and a transaction of its own until it is closed. To be opened once and used by one thread.
 *
 * @param <B> the kind of block
 */
public abstract sealed class BlockReader<B> implements AutoCloseable
        permits AnnotationReader, PredictionReader, GoldReader {

    private final String statement;
    private final int blockRows;
    private @Nullable BinaryCopyReader rows;
    private boolean finished;

    BlockReader(String statement, int blockRows) {
        this.statement = statement;
        this.blockRows = blockRows;
    }

    /** Creates an empty block. */
    abstract B newBlock(int expectedRows);

    /** Reads the fields of the current row into the block. */
    abstract void take(BinaryCopyReader row, B block);

    /** Starts to read the rows of the snapshot. */
    public void open(Snapshot snapshot) throws SQLException {
        rows = BinaryCopyReader.open(snapshot.openConnection(), statement);
    }

    /**
     * Starts to read rows that come from somewhere else, each encoded as a row of the binary COPY of the same columns
     * would be. Whoever has the same rows in PostgreSQL gets the same blocks, and the same digest, from there.
     *
     * @param encoded one array per row, from its number of fields on
     */
    public void open(Iterator<byte[]> encoded) {
        rows = new BinaryCopyReader(new EncodedRows(encoded));
    }

    /** Returns the next block of rows; null after the last. */
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
