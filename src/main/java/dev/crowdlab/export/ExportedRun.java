package dev.crowdlab.export;

import dev.crowdlab.export.TableExport.Wanted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The published run whose rows are exported.
 *
 * @param runId its number
 * @param asOf its moment, ISO 8601
 * @param softwareVersion of the program that made it
 */
record ExportedRun(long runId, String asOf, String softwareVersion) {

    /** Read from a view, so that everyone who may read the dashboards' schema may export it. */
    private static final String PUBLISHED = """
            select h.run_id, pg_catalog.to_char(h.as_of, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), h.software_version
            from crowdlab_bi.run_history h
            where h.is_current and h.dataset = ?""";

    /** @throws NoExportException if nothing is published */
    static ExportedRun of(Connection connection, String dataset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
            statement.setString(1, dataset);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new NoExportException("Dataset '" + dataset + "' is not published, so there is nothing to"
                            + " export; the command datasets lists what is");
                }
                return new ExportedRun(row.getLong(1), row.getString(2), row.getString(3));
            }
        }
    }

    /** What a Parquet file says about itself. */
    Map<String, String> properties(Wanted wanted) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("crowdlab.dataset", wanted.dataset());
        properties.put("crowdlab.table", wanted.table());
        properties.put("crowdlab.run_id", String.valueOf(runId));
        properties.put("crowdlab.as_of", asOf);
        properties.put("crowdlab.software_version", softwareVersion);
        return properties;
    }
}
