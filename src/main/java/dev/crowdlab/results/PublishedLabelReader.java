package dev.crowdlab.results;

import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.BinaryCopyRows;
import dev.crowdlab.postgres.ForeignCodeException;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.StoredRows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;

/** Streams the labels of a published run in code-point order of the examples' ids. Not thread-safe. */
final class PublishedLabelReader implements AutoCloseable {

    private final BinaryCopyRows rows;
    private byte[] row = new byte[0];
    private int idStart;
    private int idEnd;
    private int labelEnd;

    private PublishedLabelReader(BinaryCopyRows rows) {
        this.rows = rows;
    }

    /**
     * Begins to read.
     *
     * @param dataSource opens connections that are not pooled, since one that is closed early ends in the midst of its
     *     rows
     */
    static PublishedLabelReader open(DataSource dataSource, long runId) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            return new PublishedLabelReader(BinaryCopyRows.open(
                    connection,
                    "copy (select example_id, consensus_label, consensus_quality_score from "
                            + StoredRows.relation(connection, LabelQualityTable.DEFINITION, runId) + " where run_id = "
                            + runId + " order by example_id) to stdout (format binary)"));
        } catch (SQLException | ForeignCodeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Moves to the next example.
     *
     * @return false if there is none
     */
    boolean next() throws SQLException {
        if (!rows.next()) {
            return false;
        }
        row = rows.bytes();
        idStart = rows.start() + Short.BYTES + Integer.BYTES;
        idEnd = idStart + (int) BinaryCopyFormat.INT.get(row, idStart - Integer.BYTES);
        labelEnd = labelStart() + (int) BinaryCopyFormat.INT.get(row, idEnd);
        return true;
    }

    private int labelStart() {
        return idEnd + Integer.BYTES;
    }

    /**
     * Returns a negative number, 0 or a positive one, as the id at the index is before, equal to or behind the
     * example's.
     */
    int compare(Utf8Texts ids, int index) {
        return Utf8Texts.compare(ids, index, row, idStart, idEnd);
    }

    /** Whether the example has the label at the index. */
    boolean hasLabel(Utf8Texts labels, int index) {
        int start = labels.start(index);
        return Arrays.equals(labels.bytes(), start, start + labels.length(index), row, labelStart(), labelEnd);
    }

    /** Returns the quality of the label, in [0, 1]. */
    double quality() {
        return Double.longBitsToDouble((long) BinaryCopyFormat.LONG.get(row, labelEnd + Integer.BYTES));
    }

    void writeId(BinaryCopyWriter target) {
        target.text(row, idStart, idEnd - idStart);
    }

    void writeLabel(BinaryCopyWriter target) {
        target.text(row, labelStart(), labelEnd - labelStart());
    }

    String label() {
        return new String(row, labelStart(), labelEnd - labelStart(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
