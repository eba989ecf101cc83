package dev.crowdlab.results.copy;

import dev.crowdlab.postgres.BinaryCopyFormat;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The stored rows of a run in a result table. They are streamed, not held in memory.
 *
 * @param rowCount number of rows
 * @param digest the digest of their content; see {@link WrittenTable#digest}
 */
public record TableDigest(long rowCount, String digest) {

    /** Reads the rows of a run in key order. */
    public static TableDigest of(Connection connection, ResultTableDefinition definition, long runId)
            throws SQLException {
        return of(connection, definition, definition.digestedColumns(), "crowdlab." + definition.name(), runId);
    }

    /**
     * Reads the rows of a run in key order, from a table that has the given columns and those of the key.
     *
     * @param columns the columns that the digest covers, in its order; they are quoted here
     * @param relation the table, already quoted if necessary
     */
    public static TableDigest of(
            Connection connection, ResultTableDefinition definition, List<String> columns, String relation, long runId)
            throws SQLException {
        String quoted = columns.stream()
                .map(column -> '"' + column.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + quoted + " from " + relation + " where run_id = " + runId + " order by "
                        + String.join(", ", definition.key()) + ") to stdout (format binary)");
        MessageDigest digest = Sha256.create();
        long rowCount = 0;
        int skip = BinaryCopyFormat.HEADER_BYTES;
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            int from = Math.min(message.length, skip + Short.BYTES);
            digest.update(message, from, message.length - from);
            // each message is one row, except the trailer and a header without a row
            rowCount += from < message.length ? 1 : 0;
            skip = 0;
        }
        return new TableDigest(rowCount, Sha256.hex(digest.digest()));
    }
}
