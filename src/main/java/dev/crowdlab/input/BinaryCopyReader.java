package dev.crowdlab.input;

import dev.crowdlab.dataset.RowDigest;
import dev.crowdlab.dataset.TextColumn;
import dev.crowdlab.postgres.BinaryCopyFormat;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A cursor over the rows of a binary COPY TO STDOUT. After {@link #next()} the fields of the row must be read one by one, in
 * order. A row that is shorter than its fields declare causes an IndexOutOfBoundsException. Not thread-safe. Closing it closes
 * the messages.
 */
final class BinaryCopyReader implements AutoCloseable {

    private final Messages messages;
    private boolean headerSeen;
    private final byte[] text = new byte[IdEncoding.MAX_TEXT_LENGTH];
    private byte[] message = new byte[0];
    private int rowStart;
    private int position;

    BinaryCopyReader(Messages messages) {
        this.messages = messages;
    }

    /** Starts the copy. The connection then belongs to the reader. */
    static BinaryCopyReader open(Connection connection, String statement) throws SQLException {
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
            return new BinaryCopyReader(new ServerMessages(connection, copy));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The messages of a copy: the header, possibly together with the first row, then one message per row, then the trailer. */
    interface Messages extends AutoCloseable {

        /** Returns the next message; null when the copy is complete. */
        byte @Nullable [] next() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private record ServerMessages(Connection connection, CopyOut copy) implements Messages {

        @Override
        public byte @Nullable [] next() throws SQLException {
            return copy.readFromCopy();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /**
     * Moves to the next row.
     *
     * @return false if there is none because the copy is complete
     * @throws SQLException if the connection is lost, or the messages end without a trailer
     */
    boolean next() throws SQLException {
        message = receive();
        rowStart = position;
        boolean isRow = (short) BinaryCopyFormat.SHORT.get(message, position) != BinaryCopyFormat.END_OF_ROWS;
        position += Short.BYTES;
        if (!isRow) {
            while (messages.next() != null) {
                // lets the server finish the statement
            }
        }
        return isRow;
    }

    /** Returns the next message with a row or the trailer. */
    private byte[] receive() throws SQLException {
        byte[] received = messages.next();
        position = 0;
        if (!headerSeen && received != null) {
            headerSeen = true;
            position = BinaryCopyFormat.HEADER_BYTES;
            if (received.length == BinaryCopyFormat.HEADER_BYTES) {
                position = 0;
                received = messages.next();
            }
        }
        if (received == null) {
            throw new SQLException("The rows of a binary COPY ended without its trailer");
        }
        return received;
    }

    /** Adds the whole row to a digest. */
    void digest(RowDigest digest) {
        digest.add(message, rowStart, message.length - rowStart);
    }

    /** Reads a field with an id or a label. */
    void text(IdEncoding form, TextColumn column) {
        int length = fieldLength();
        if (length == BinaryCopyFormat.NULL_FIELD) {
            column.addNull();
        } else {
            form.add(message, position, length, text, column);
            position += length;
        }
    }

    /** Reads a timestamptz field, in microseconds since 2000-01-01 UTC. */
    long timestamp(long valueOfNull) {
        return fieldLength() == BinaryCopyFormat.NULL_FIELD ? valueOfNull : takeLong();
    }

    /** Reads a double precision field. */
    double number(double valueOfNull) {
        return fieldLength() == BinaryCopyFormat.NULL_FIELD ? valueOfNull : Double.longBitsToDouble(takeLong());
    }

    /**
     * Reads a double precision[] field.
     *
     * @return the number of elements, or {@link TextColumn#NULL}
     */
    int numbers(DoubleArrayList target, double valueOfNull) {
        if (fieldLength() == BinaryCopyFormat.NULL_FIELD) {
            return TextColumn.NULL;
        }
        int dimensions = takeInt();
        position += 2 * Integer.BYTES; // flag for nulls, and the type of the elements
        int count = dimensions == 0 ? 0 : 1;
        for (int dimension = 0; dimension < dimensions; dimension++) {
            count *= takeInt();
            position += Integer.BYTES; // lower bound
        }
        for (int element = 0; element < count; element++) {
            target.add(number(valueOfNull));
        }
        return count;
    }

    private int fieldLength() {
        return takeInt();
    }

    private int takeInt() {
        int value = (int) BinaryCopyFormat.INT.get(message, position);
        position += Integer.BYTES;
        return value;
    }

    private long takeLong() {
        long value = (long) BinaryCopyFormat.LONG.get(message, position);
        position += Long.BYTES;
        return value;
    }

    @Override
    public void close() throws SQLException {
        messages.close();
    }
}
