package dev.crowdlab.results;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Locates the labels of a published run in its own partition. Reading the whole table instead would keep retention from
 * removing any run of any dataset meanwhile.
 */
public final class PublishedLabels {

    /** Partitions created before there were roles may be readable only through the whole table. */
    private static final String IS_READABLE = "select coalesce(has_table_privilege(to_regclass(?), 'select'), false)";

    private PublishedLabels() {}

    /** Returns the run's partition if it is readable, otherwise the whole table. */
    public static String relation(Connection connection, long runId) throws SQLException {
        String own = LabelQualityTable.DEFINITION.target(runId);
        try (PreparedStatement statement = connection.prepareStatement(IS_READABLE)) {
            statement.setString(1, own);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? own : "crowdlab." + LabelQualityTable.DEFINITION.name();
            }
        }
    }
}
