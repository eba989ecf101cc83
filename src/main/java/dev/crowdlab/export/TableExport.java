package dev.crowdlab.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Writes one table of a dataset as it is published, from one snapshot. Needs memory for some thousand rows, however
 * many there are. Use one for each export; only {@link #stop} may be called by another thread.
 */
public final class TableExport {

    private static final int FETCHED_ROWS = 5_000;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Read from a view, so that everyone who may read the dashboards' schema may export it. */
    private static final String PUBLISHED = """
            select h.run_id, pg_catalog.to_char(h.as_of, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), h.software_version
            from crowdlab_bi.run_history h
            where h.is_current and h.dataset = ?""";

    private final DataSource sessions;
    private volatile boolean isStopped;
    private volatile @Nullable PGConnection reading;
    private @Nullable PlanGuard guard;

    /** Reads from the database that the sessions lead to; SELECT on schema crowdlab_bi is enough. */
    public TableExport(DataSource sessions) {
        this.sessions = sessions;
    }

    /**
     * What was exported.
     *
     * @param runId the run that is published
     * @param rows number of rows
     * @param omitted how many values are missing because they are no moment, by column; without columns that lack none
     */
    public record Exported(long runId, long rows, Map<String, Long> omitted) {

        /** Maps are copied. */
        public Exported {
            omitted = Map.copyOf(omitted);
        }
    }

    /**
     * What is to be exported.
     *
     * @param dataset its name
     * @param table name of a view of schema {@code crowdlab_bi}, or {@code training}
     * @param withPosterior whether {@code training} has the probability of every class
     * @param format of the file
     * @param isSpreadsheetSafe whether texts that a spreadsheet would compute get an apostrophe in front; only as CSV
     */
    public record Wanted(
            String dataset, String table, boolean withPosterior, FileFormat format, boolean isSpreadsheetSafe) {}

    /**
     * Writes the rows of the dataset.
     *
     * @param out is flushed, not closed
     * @throws NoExportException if there is no such table, it has no posterior, nothing is published, or {@link #stop}
     *     was called
     */
    public Exported write(Wanted wanted, OutputStream out) throws SQLException, IOException {
        try (Connection connection = sessions.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            reading = connection.unwrap(PGConnection.class);
            try {
                return write(connection, wanted, out);
            } catch (SQLException e) {
                if (isStopped) {
                    throw stopped();
                }
                throw e;
            } finally {
                reading = null;
            }
        }
    }

    /** Ends the export with an exception soon. */
    public void stop() {
        isStopped = true;
        PGConnection connection = reading;
        if (connection != null) {
            try {
                connection.cancelQuery();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static long publishedRun(Connection connection, String dataset, Map<String, String> properties)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
            statement.setString(1, dataset);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new NoExportException("Dataset '" + dataset + "' is not published, so there is nothing to"
                            + " export; the command datasets lists what is");
                }
                properties.put("crowdlab.run_id", row.getString(1));
                properties.put("crowdlab.as_of", row.getString(2));
                properties.put("crowdlab.software_version", row.getString(3));
                return row.getLong(1);
            }
        }
    }

    private static ExportedTable table(Connection connection, Wanted wanted) throws SQLException {
        ExportedTable found = new ExportedTables(connection).named(wanted.table());
        if (wanted.withPosterior() && !wanted.table().equals(ExportedTables.TRAINING)) {
            throw new NoExportException("--posterior goes with --table training; the view label_posterior has the"
                    + " probability of every class, too");
        }
        return wanted.isSpreadsheetSafe() ? found.spreadsheetSafe() : found;
    }

    /** How many moments the rows lack, by column. */
    private static Map<String, Long> omitted(Connection connection, ExportedTable exported) throws SQLException {
        Map<String, Long> omitted = new TreeMap<>();
        if (exported.moments().isEmpty()) {
            return omitted;
        }
        try (PreparedStatement statement = connection.prepareStatement(exported.statementOfOmitted());
                ResultSet row = statement.executeQuery()) {
            row.next();
            int position = 1;
            for (ExportColumn column : exported.moments()) {
                long count = row.getLong(position++);
                if (count > 0) {
                    omitted.put(column.name(), count);
                }
            }
        }
        return omitted;
    }

    private Exported write(Connection connection, Wanted wanted, OutputStream unbuffered)
            throws SQLException, IOException {
        ExportedTable exported = table(connection, wanted);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("crowdlab.dataset", wanted.dataset());
        properties.put("crowdlab.table", wanted.table());
        long runId = publishedRun(connection, wanted.dataset(), properties);
        bind(connection, wanted.dataset());
        PlanGuard.limitWaits(connection);
        OutputStream out = new BufferedOutputStream(unbuffered, BUFFER_BYTES);
        try (PlanGuard planning = PlanGuard.of(sessions, views(exported, wanted))) {
            guard = planning;
            long rows = writeRows(connection, exported, wanted, properties, out);
            out.flush();
            return new Exported(runId, rows, omitted(connection, exported));
        }
    }

    private static List<String> views(ExportedTable exported, Wanted wanted) {
        return wanted.withPosterior() ? List.of(exported.view(), TrainingTable.POSTERIOR) : List.of(exported.view());
    }

    private long writeRows(
            Connection connection,
            ExportedTable exported,
            Wanted wanted,
            Map<String, String> properties,
            OutputStream out)
            throws SQLException, IOException {
        return wanted.withPosterior()
                ? writeTraining(
                        connection,
                        TrainingTable.of(connection, exported, wanted.dataset(), wanted.format()),
                        wanted.format(),
                        properties,
                        out)
                : switch (wanted.format()) {
                    case CSV -> copy(connection, exported.statementOfTexts(), ", header", out);
                    case JSONL -> writeLines(connection, exported.statement(), out);
                    case PARQUET ->
                        writeParquet(
                                connection,
                                exported.statementOfTexts(),
                                new ParquetFile(out, exported.columns(), properties));
                };
    }

    private long writeTraining(
            Connection connection,
            TrainingTable training,
            FileFormat format,
            Map<String, String> properties,
            OutputStream out)
            throws SQLException, IOException {
        return switch (format) {
            case CSV -> {
                out.write(training.header());
                yield copy(connection, training.statement(), "", out);
            }
            case JSONL -> writeLines(connection, training.statementOfObjects(), out);
            case PARQUET ->
                writeParquet(connection, training.statement(), new ParquetFile(out, training.columns(), properties));
        };
    }

    /** COPY takes no parameters, so the name of the dataset goes to a setting of this transaction. */
    private static void bind(Connection connection, String dataset) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_catalog.set_config('" + ExportedTable.DATASET + "', ?, true)")) {
            statement.setString(1, dataset);
            statement.execute();
        }
    }

    private long copy(Connection connection, String statement, String header, OutputStream out)
            throws SQLException, IOException {
        CopyOut rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (" + statement + ") to stdout (format csv" + header + ", encoding 'UTF8')");
        try {
            endPlanning();
            for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
                out.write(row);
            }
            return rows.getHandledRowCount();
        } finally {
            if (rows.isActive()) {
                rows.cancelCopy();
            }
        }
    }

    /** The statement has its plan, which nobody can change any more. */
    private void endPlanning() throws SQLException {
        if (guard != null) {
            guard.close();
        }
    }

    private long writeLines(Connection connection, String statement, OutputStream out)
            throws SQLException, IOException {
        try (PreparedStatement cursor =
                connection.prepareStatement("select pg_catalog.row_to_json(r)::text from (" + statement + ") as r")) {
            cursor.setFetchSize(FETCHED_ROWS);
            long count = 0;
            try (ResultSet rows = cursor.executeQuery()) {
                endPlanning();
                while (next(rows)) {
                    out.write(rows.getString(1).getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                    count++;
                }
            }
            return count;
        }
    }

    private long writeParquet(Connection connection, String statement, ParquetFile file)
            throws SQLException, IOException {
        try (PreparedStatement cursor = connection.prepareStatement(statement)) {
            cursor.setFetchSize(FETCHED_ROWS);
            try (ResultSet rows = cursor.executeQuery()) {
                endPlanning();
                while (next(rows)) {
                    file.add(rows);
                }
            }
            file.finish();
            return file.rowCount();
        }
    }

    private boolean next(ResultSet rows) throws SQLException {
        if (isStopped) {
            throw stopped();
        }
        return rows.next();
    }

    private static NoExportException stopped() {
        return new NoExportException("The export was stopped by a signal; nothing was written");
    }
}
