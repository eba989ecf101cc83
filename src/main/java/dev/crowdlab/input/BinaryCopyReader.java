package dev.crowdlab.input;

import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.BinaryCopyRows;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A cursor over the rows of a binary COPY TO STDOUT. After {@link #next()} the fields of the row must be read one by
 * one, in order. A row that is shorter than its fields declare causes an IndexOutOfBoundsException. Not thread-safe.
 * Closing it closes the messages.
 */
final class BinaryCopyReader implements AutoCloseable {

    private final BinaryCopyRows rows;
    private final byte[] text = new byte[IdEncoding.MAX_TEXT_LENGTH];
    private byte[] row = new byte[0];
    private int position;

    BinaryCopyReader(BinaryCopyRows.Messages messages) {
        this(new BinaryCopyRows(messages));
    }

    private BinaryCopyReader(BinaryCopyRows rows) {
        this.rows = rows;
    }

    /** Starts the copy. The connection then belongs to the reader. */
    static BinaryCopyReader open(Connection connection, String statement) throws SQLException {
        return new BinaryCopyReader(BinaryCopyRows.open(connection, statement));
    }

    /**
     * Moves to the next row.
     *
     * @return false if there is none because the copy is complete
     * @throws SQLException if the connection is lost, or the messages end without a trailer
     */
    boolean next() throws SQLException {
        boolean isRow = rows.next();
        row = rows.bytes();
        position = rows.start() + Short.BYTES;
        return isRow;
    }

    /** Adds the whole row to a digest. */
    void digest(RowDigest digest) {
        digest.add(row, rows.start(), row.length - rows.start());
    }

    /** Reads a field with an id or a label. */
    void text(IdEncoding form, TextColumn column) {
        int length = fieldLength();
        if (length == BinaryCopyFormat.NULL_FIELD) {
            column.addNull();
        } else {
            form.add(row, position, length, text, column);
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
        int value = (int) BinaryCopyFormat.INT.get(row, position);
        position += Integer.BYTES;
        return value;
    }

    private long takeLong() {
        long value = (long) BinaryCopyFormat.LONG.get(row, position);
        position += Long.BYTES;
        return value;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
