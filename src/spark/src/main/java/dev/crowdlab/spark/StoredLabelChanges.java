package dev.crowdlab.spark;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.StoredRows;
import dev.crowdlab.results.copy.TableDigest;
import dev.crowdlab.results.copy.WrittenTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Writes the changes that a run makes to the published labels. PostgreSQL, which stores both sides, compares them. */
final class StoredLabelChanges {

    private static final String COMPARISON = """
            with change as materialized (
                select coalesce(n.example_id, p.example_id) as example_id, p.consensus_label as previous_label,
                    n.consensus_label, p.consensus_quality_score as previous_score, n.consensus_quality_score
                from %s n
                full join (
                    select example_id, consensus_label, consensus_quality_score
                    from %s
                    where run_id = ?) p on p.example_id = n.example_id
                where n.consensus_label is distinct from p.consensus_label),
            written as (
                insert into crowdlab.label_change
                    (run_id, example_id, previous_label, consensus_label, previous_score, consensus_quality_score)
                select ?, example_id, previous_label, consensus_label, previous_score, consensus_quality_score
                from change
                returning 1)
            select (select count(*) from change), (select count(*) from written)""";

    private final DataSource dataSource;

    StoredLabelChanges(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Compares the run's label_quality, loaded but not yet attached, with that of the previously published run.
     *
     * @return what was written to label_change
     */
    WrittenTable write(long runId, long previousRunId) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            WrittenTable written = write(connection, runId, previousRunId);
            connection.commit();
            return written;
        }
    }

    private static WrittenTable write(Connection connection, long runId, long previousRunId) throws SQLException {
        String comparison = COMPARISON.formatted(
                StoredRows.relation(connection, ResultTableDefinitions.LABEL_QUALITY, runId),
                StoredRows.relation(connection, ResultTableDefinitions.LABEL_QUALITY, previousRunId));
        try (PreparedStatement statement = connection.prepareStatement(comparison)) {
            statement.setLong(1, previousRunId);
            statement.setLong(2, runId);
            try (ResultSet counts = statement.executeQuery()) {
                counts.next();
                String digest = TableDigest.of(connection, ResultTableDefinitions.LABEL_CHANGE, runId)
                        .digest();
                return new WrittenTable(
                        ResultTableDefinitions.LABEL_CHANGE, counts.getLong(1), counts.getLong(2), digest);
            }
        }
    }
}
