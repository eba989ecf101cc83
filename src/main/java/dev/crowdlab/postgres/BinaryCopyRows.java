package dev.crowdlab.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The rows of a binary COPY TO STDOUT, one at a time. Not thread-safe. Closing it closes the messages. */
public final class BinaryCopyRows implements AutoCloseable {

    private final Messages messages;
    private boolean headerSeen;
    private byte[] message = new byte[0];
    private int start;

    /** Reads from the start of a copy. */
    public BinaryCopyRows(Messages messages) {
        this.messages = messages;
    }

    /** Starts the copy. The connection then belongs to the rows. */
    public static BinaryCopyRows open(Connection connection, String statement) throws SQLException {
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
            return new BinaryCopyRows(new ServerMessages(connection, copy));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * The messages of a copy: the header, possibly together with the first row, then one message per row, then the
     * trailer.
     */
    public interface Messages extends AutoCloseable {

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
    public boolean next() throws SQLException {
        message = receive();
        boolean isRow = (short) BinaryCopyFormat.SHORT.get(message, start) != BinaryCopyFormat.END_OF_ROWS;
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
        start = 0;
        if (!headerSeen && received != null) {
            headerSeen = true;
            start = BinaryCopyFormat.HEADER_BYTES;
            if (received.length == BinaryCopyFormat.HEADER_BYTES) {
                start = 0;
                received = messages.next();
            }
        }
        if (received == null) {
            throw new SQLException("The rows of a binary COPY ended without its trailer");
        }
        return received;
    }

    /** Returns the bytes that end with the row; not to be modified, and valid until the next row. */
    public byte[] bytes() {
        return message;
    }

    /** Returns where the row starts in {@link #bytes()}, with the number of its fields. */
    public int start() {
        return start;
    }

    @Override
    public void close() throws SQLException {
        messages.close();
    }
}
