package dev.crowdlab.results;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where the labels of a published run are read: in its own partition. Whoever reads the whole table keeps retention from every run
 * of every dataset meanwhile.
 */
final class PublishedLabels {

    /** A run from before there were roles may have made a partition that only the whole table lets us read. */
    private static final String IS_READABLE = "select coalesce(has_table_privilege(to_regclass(?), 'select'), false)";

    private PublishedLabels() {}

    /** The run's partition, or the whole table, of which the run is then a part. */
    static String relation(Connection connection, long runId) throws SQLException {
        String own = ResultTableDefinitions.LABEL_QUALITY.target(runId);
        try (PreparedStatement statement = connection.prepareStatement(IS_READABLE)) {
            statement.setString(1, own);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? own : "crowdlab." + ResultTableDefinitions.LABEL_QUALITY.name();
            }
        }
    }
}
