package dev.crowdlab.input;

import dev.crowdlab.dataset.RowDigest;
import dev.crowdlab.dataset.TextColumn;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A cursor over the rows of a binary COPY TO STDOUT. After {@link #next()} the fields of the row are taken one by one, in
 * their order. The format: PostgreSQL documentation, COPY, "Binary Format". Not thread-safe; closing it closes the
 * connection.
 */
final class BinaryCopyReader implements AutoCloseable {

    /** Signature, flags and length of the header extension, which the server sends before the first row. */
    private static final int HEADER_BYTES = 19;

    private static final int NULL_FIELD = -1;
    private static final short END_OF_ROWS = -1;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Connection connection;
    private final CopyOut copy;
    private boolean headerSeen;
    private final byte[] text = new byte[IdEncoding.LONGEST_TEXT];
    private byte[] message = new byte[0];
    private int rowStart;
    private int position;

    /** Starts the copy; from here on the connection belongs to this object. */
    BinaryCopyReader(Connection connection, String statement) throws SQLException {
        this.connection = connection;
        try {
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Moves to the next row; false: there is none. */
    boolean next() throws SQLException {
        byte[] received = receive();
        if (received == null) {
            return false;
        }
        message = received;
        rowStart = position;
        boolean isRow = (short) SHORT.get(message, position) != END_OF_ROWS;
        position += Short.BYTES;
        if (!isRow) {
            while (copy.readFromCopy() != null) {
                // lets the server finish the statement
            }
        }
        return isRow;
    }

    /** The next message that holds a row; the header may come alone or before the first row. */
    private byte @Nullable [] receive() throws SQLException {
        byte[] received = copy.readFromCopy();
        position = 0;
        if (!headerSeen && received != null) {
            headerSeen = true;
            position = HEADER_BYTES;
            if (received.length == HEADER_BYTES) {
                position = 0;
                return copy.readFromCopy();
            }
        }
        return received;
    }

    /** Adds the whole row to a digest. */
    void digest(RowDigest digest) {
        digest.add(message, rowStart, message.length - rowStart);
    }

    /** Takes a field with an id or a label. */
    void text(IdEncoding form, TextColumn column) {
        int length = fieldLength();
        if (length == NULL_FIELD) {
            column.addNull();
        } else {
            form.add(message, position, length, text, column);
            position += length;
        }
    }

    /** Takes a timestamptz field, in microseconds since 2000-01-01 UTC. */
    long timestamp(long valueOfNull) {
        return fieldLength() == NULL_FIELD ? valueOfNull : takeLong();
    }

    /** Takes a double precision field. */
    double number(double valueOfNull) {
        return fieldLength() == NULL_FIELD ? valueOfNull : Double.longBitsToDouble(takeLong());
    }

    /** Takes a double precision[] field; gives the number of elements or {@link TextColumn#NULL}. */
    int numbers(DoubleArrayList target, double valueOfNull) {
        if (fieldLength() == NULL_FIELD) {
            return TextColumn.NULL;
        }
        int dimensions = takeInt();
        position += 2 * Integer.BYTES; // whether there are nulls, and the type of the elements
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
        int value = (int) INT.get(message, position);
        position += Integer.BYTES;
        return value;
    }

    private long takeLong() {
        long value = (long) LONG.get(message, position);
        position += Long.BYTES;
        return value;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
