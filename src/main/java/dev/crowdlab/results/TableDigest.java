package dev.crowdlab.results;

import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.results.ResultTable.ResultTableDefinition;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What the database holds of a run's rows in a result table. The rows are read one by one, whatever their number.
 *
 * @param rowCount how many there are
 * @param digest over their content; see {@link WrittenTable#digest}
 */
public record TableDigest(long rowCount, String digest) {

    /** Reads the rows of the run in the order of the key. */
    public static TableDigest of(Connection connection, ResultTableDefinition shape, long runId) throws SQLException {
        return of(connection, shape, shape.digestedColumns(), "crowdlab." + shape.name(), runId);
    }

    /**
     * Reads the rows of the run in the order of the key from a table with these columns and those of the key.
     *
     * @param columns what the digest covers, in its order, whatever their names are made of
     * @param relation the table, quoted as need be
     */
    public static TableDigest of(
            Connection connection, ResultTableDefinition shape, List<String> columns, String relation, long runId)
            throws SQLException {
        String quoted = columns.stream()
                .map(column -> '"' + column.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + quoted + " from " + relation + " where run_id = " + runId + " order by "
                        + String.join(", ", shape.key()) + ") to stdout (format binary)");
        MessageDigest digest = Sha256.create();
        long rowCount = 0;
        int skip = BinaryCopyFormat.HEADER_BYTES;
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            int from = Math.min(message.length, skip + Short.BYTES);
            digest.update(message, from, message.length - from);
            // a message is a row, but for the trailer and a header without a row
            rowCount += from < message.length ? 1 : 0;
            skip = 0;
        }
        return new TableDigest(rowCount, Sha256.hex(digest.digest()));
    }
}
