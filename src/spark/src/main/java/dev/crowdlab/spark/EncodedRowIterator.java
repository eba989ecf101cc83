package dev.crowdlab.spark;

import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultReader;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Decodes encoded rows piece by piece, so that one piece at a time is in memory. Used by one thread. */
final class EncodedRowIterator implements Iterator<Row> {

    private final Pieces pieces;
    private final RowDecoding decoding;
    private @Nullable ByteBuffer piece = ByteBuffer.allocate(0);

    private EncodedRowIterator(Pieces pieces, RowDecoding decoding) {
        this.pieces = pieces;
        this.decoding = decoding;
    }

    /** Where encoded rows come from. */
    private interface Pieces {

        /** Returns the next rows, or the trailer; null after the last. */
        @Nullable
        ByteBuffer next() throws SQLException;
    }

    /** The rows of a result table. */
    static Iterator<Row> of(ResultReader blocks, RowDecoding decoding) {
        return new EncodedRowIterator(
                () -> {
                    ResultBlock block = blocks.read();
                    return block == null ? null : ByteBuffer.wrap(block.encoded());
                },
                decoding);
    }

    /** The rows that a COPY sends, whose connection is closed when the task ends. */
    static Iterator<Row> of(ConnectionFactory connections, String statement, RowDecoding decoding) throws SQLException {
        Connection connection = connections.getConnection();
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(connection));
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
        return new EncodedRowIterator(new Messages(copy), decoding);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a session of a reader cannot be closed", e);
        }
    }

    /** The first message begins with the header. */
    private static final class Messages implements Pieces {

        private final CopyOut copy;
        private int skip = BinaryCopyFormat.HEADER_BYTES;

        Messages(CopyOut copy) {
            this.copy = copy;
        }

        @Override
        public @Nullable ByteBuffer next() throws SQLException {
            byte[] message = copy.readFromCopy();
            if (message == null) {
                return null;
            }
            int from = Math.min(skip, message.length);
            skip = 0;
            return ByteBuffer.wrap(message, from, message.length - from);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            // no row is as short as the trailer
            for (ByteBuffer left = piece; left != null && left.remaining() <= Short.BYTES; left = piece) {
                piece = pieces.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a table cannot be read", e);
        }
        return piece != null;
    }

    @Override
    public Row next() {
        ByteBuffer left = hasNext() ? piece : null;
        if (left == null) {
            throw new NoSuchElementException();
        }
        return decoding.decode(left);
    }
}
