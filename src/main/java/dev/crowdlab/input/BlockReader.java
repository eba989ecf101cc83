package dev.crowdlab.input;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the rows of a query by binary COPY inside a {@link Snapshot}; an item is a block of rows in columns. It holds a
 * connection and a transaction of its own from open to close. A reader is read by one thread, once: a run that fails is
 * never resumed, so nothing is kept in the execution context.
 *
 * @param <B> the kind of block
 */
abstract sealed class BlockReader<B> implements ItemStreamReader<B> permits AnnotationReader, PredictionReader {

    private final Supplier<Snapshot> snapshot;
    private final String statement;
    private final int blockRows;
    private @Nullable BinaryCopyReader rows;
    private boolean finished;

    /** The snapshot is asked for when the reader opens. */
    BlockReader(Supplier<Snapshot> snapshot, String statement, int blockRows) {
        this.snapshot = snapshot;
        this.statement = statement;
        this.blockRows = blockRows;
    }

    /** An empty block. */
    abstract B newBlock(int expectedRows);

    /** Takes the fields of the current row into the block. */
    abstract void take(BinaryCopyReader row, B block);

    @Override
    public void open(ExecutionContext executionContext) {
        try {
            rows = BinaryCopyReader.open(snapshot.get().join(), statement);
        } catch (SQLException e) {
            throw new ItemStreamException(e.getMessage(), e);
        }
    }

    @Override
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
    public void close() {
        if (rows != null) {
            try {
                rows.close();
            } catch (SQLException e) {
                throw new ItemStreamException(e.getMessage(), e);
            }
        }
    }
}
