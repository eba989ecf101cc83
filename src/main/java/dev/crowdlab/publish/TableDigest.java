package dev.crowdlab.publish;

import dev.crowdlab.publish.ResultTable.TableShape;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The digest of a run's rows in a result table, computed from what the database holds; see {@link WrittenTable#digest}. */
final class TableDigest {

    private static final int HEADER_BYTES = 19;

    private TableDigest() {}

    /** Reads the rows of the run in the order of the key. */
    static String of(Connection connection, TableShape shape, long runId) throws SQLException {
        List<String> columns = shape.columns().subList(1, shape.columns().size());
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + String.join(", ", columns) + " from crowdlab." + shape.name()
                        + " where run_id = " + runId + " order by " + String.join(", ", shape.key())
                        + ") to stdout (format binary)");
        MessageDigest digest = ResultWriter.sha256();
        int skip = HEADER_BYTES;
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            int from = Math.min(message.length, skip + Short.BYTES);
            digest.update(message, from, message.length - from);
            skip = 0;
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
