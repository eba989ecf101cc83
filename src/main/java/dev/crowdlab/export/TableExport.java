package dev.crowdlab.export;

import dev.crowdlab.export.TrainingTable.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
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
     * @param table name of a view of schema {@code crowdlab_bi}, {@code training}, {@code next-tasks} or {@code annotator-forecast}
     * @param annotator whom {@code annotator-forecast} is about; empty: nobody
     * @param probabilities which probability of every class {@code training} has; empty: none
     * @param format of the file
     * @param isSpreadsheetSafe whether texts that a spreadsheet would compute get an apostrophe in front; only as CSV
     */
    public record Wanted(
            String dataset,
            String table,
            Optional<String> annotator,
            Optional<Probabilities> probabilities,
            FileFormat format,
            boolean isSpreadsheetSafe) {}

    /** What the probability of a class is that of. */
    public enum Probabilities {
        /** That it is right. */
        POSTERIOR,
        /** That the next annotator gives it. */
        SOFT
    }

    /**
     * Writes the rows of the dataset.
     *
     * @param out is flushed, not closed
     * @throws NoExportException if there is no such table, its run lacks what is asked for, nothing is published, or {@link #stop}
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

    private static ExportedTable table(Connection connection, Wanted wanted) throws SQLException {
        ExportedTable found = new ExportedTables(connection).named(wanted.table());
        if (wanted.probabilities().isPresent() && !wanted.table().equals(ExportedTables.TRAINING)) {
            boolean isSoft = wanted.probabilities().get() == Probabilities.SOFT;
            throw new NoExportException((isSoft ? "--soft" : "--posterior") + " goes with --table training; the view "
                    + (isSoft ? "soft_label" : "label_posterior") + " has the probability of every class, too");
        }
        if (wanted.annotator().isPresent() && !wanted.table().equals(ExportedTables.ANNOTATOR_FORECAST)) {
            throw new NoExportException("--annotator goes with --table annotator-forecast; leave it out");
        }
        if (wanted.format() == FileFormat.JSON && !wanted.table().equals(ExportedTables.NEXT_TASKS)) {
            throw new NoExportException("json is a file of tasks for Label Studio and goes with --table next-tasks;"
                    + " give --format jsonl for one JSON object per line");
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
        ExportedRun run = ExportedRun.of(connection, wanted.dataset());
        bind(connection, wanted.dataset());
        PlanGuard.limitWaits(connection);
        OutputStream out = new BufferedOutputStream(unbuffered, BUFFER_BYTES);
        ExportedRows selected = rows(connection, exported, wanted);
        try (PlanGuard planning = PlanGuard.of(sessions, selected.views())) {
            guard = planning;
            long rows = writeRows(connection, selected, wanted.format(), run.properties(wanted), out);
            out.flush();
            return new Exported(run.runId(), rows, omitted(connection, exported));
        }
    }

    private static ExportedRows rows(Connection connection, ExportedTable exported, Wanted wanted) throws SQLException {
        if (wanted.table().equals(ExportedTables.NEXT_TASKS)) {
            return NextTasks.of(connection, exported, wanted.dataset());
        }
        if (wanted.table().equals(ExportedTables.ANNOTATOR_FORECAST)) {
            return AnnotatorForecast.of(connection, exported, wanted).rows();
        }
        if (wanted.probabilities().isPresent()) {
            Kind kind = wanted.probabilities().get() == Probabilities.SOFT ? Kind.SOFT : Kind.POSTERIOR;
            return TrainingTable.of(connection, exported, kind, wanted.dataset(), wanted.format())
                    .rows();
        }
        return ExportedRows.of(exported);
    }

    private long writeRows(
            Connection connection,
            ExportedRows rows,
            FileFormat format,
            Map<String, String> properties,
            OutputStream out)
            throws SQLException, IOException {
        return switch (format) {
            case CSV -> {
                out.write(rows.header().orElse(new byte[0]));
                yield copy(connection, rows.csv(), rows.header().isPresent() ? "" : ", header", out);
            }
            case JSONL ->
                writeLines(
                        connection, "select pg_catalog.row_to_json(r)::text from (" + rows.jsonl() + ") as r", "", out);
            case JSON -> {
                out.write('[');
                long count = writeLines(connection, rows.tasks().orElseThrow(), ",", out);
                out.write("]\n".getBytes(StandardCharsets.UTF_8));
                yield count;
            }
            case PARQUET -> writeParquet(connection, rows.parquet(), new ParquetFile(out, rows.columns(), properties));
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

    /**
     * Writes the only column.
     *
     * @param separator between two lines
     */
    private long writeLines(Connection connection, String statement, String separator, OutputStream out)
            throws SQLException, IOException {
        try (PreparedStatement cursor = connection.prepareStatement(statement)) {
            cursor.setFetchSize(FETCHED_ROWS);
            long count = 0;
            try (ResultSet rows = cursor.executeQuery()) {
                endPlanning();
                while (next(rows)) {
                    String line = (count++ > 0 ? separator : "") + rows.getString(1) + '\n';
                    out.write(line.getBytes(StandardCharsets.UTF_8));
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
