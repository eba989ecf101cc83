package dev.crowdlab.input;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replaces a dataset's rows in the built-in input tables with those of CSV files. A load succeeds or fails as a whole:
 * a malformed file leaves the former rows in place, and a reader sees either the former rows or the new ones.
 * PostgreSQL parses the rows; whether they are usable is decided by a run.
 */
public final class CsvLoad {

    /** Stands for standard input instead of a file. */
    public static final Path STANDARD_INPUT = CsvFile.STANDARD_INPUT;

    /**
     * Times without a zone are in UTC. Dates that do not begin with the year are refused because they are ambiguous.
     */
    private static final String SETTINGS = """
            set transaction isolation level read committed;
            set local timezone = 'UTC';
            set local datestyle = 'ISO, YMD'""";

    /**
     * Two concurrent loads of a dataset would both keep their rows, so the second waits for the first and then replaces
     * its rows.
     */
    private static final String LOCK =
            "select pg_advisory_xact_lock(pg_catalog.hashtextextended('crowdlab load ' || ?, 0::bigint))";

    /** A function of the tables' owner, because ANALYZE requires the owner's right. */
    private static final String ANALYZE = "select crowdlab.analyze_input()";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    /**
     * @param dataSource connections to the result database, which has the input tables
     */
    public CsvLoad(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * The dataset's rows in one table.
     *
     * @param rowCount those that the file had
     * @param replacedCount those that were there before
     */
    public record Loaded(long rowCount, long replacedCount) {}

    /**
     * Loads one file, or two in one transaction. A table without a file keeps its rows.
     *
     * @param dataset a valid name
     * @param files the file for each table to load; {@link #STANDARD_INPUT} at most once
     * @param mayBeEmpty whether a file without rows removes those of the table
     * @return what became of each of these tables
     * @throws BrokenFileException if a file cannot be read completely, is not a CSV file of that table, or is empty
     */
    public Map<InputTable, Loaded> load(String dataset, Map<InputTable, Path> files, boolean mayBeEmpty) {
        Map<InputTable, CsvFile> opened = new EnumMap<>(InputTable.class);
        Map<InputTable, Loaded> loaded;
        ConnectionCallback<Map<InputTable, Loaded>> load = connection -> load(connection, dataset, opened, mayBeEmpty);
        try {
            files.forEach((table, path) -> opened.put(table, CsvFile.open(path, table)));
            loaded = requireNonNull(transaction.execute(status -> jdbc.execute(load)));
        } finally {
            opened.values().forEach(CsvLoad::close);
        }
        // after the commit, because two concurrent loads would otherwise wait for each other's statistics
        jdbc.execute(ANALYZE);
        return loaded;
    }

    private static Map<InputTable, Loaded> load(
            Connection connection, String dataset, Map<InputTable, CsvFile> files, boolean mayBeEmpty)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        for (Map.Entry<InputTable, CsvFile> file : files.entrySet()) {
            long rowCount = stage(connection, file.getKey(), file.getValue());
            if (rowCount == 0 && !mayBeEmpty) {
                throw new BrokenFileException(
                        file.getValue().path() + " has no rows, so loading it would remove those of" + " dataset '"
                                + dataset + "'; nothing was loaded, give a complete file, or --allow-empty.");
            }
        }
        execute(connection, LOCK, dataset);
        Map<InputTable, Loaded> loaded = new EnumMap<>(InputTable.class);
        for (InputTable table : files.keySet()) {
            long replaced = execute(connection, table.deleteDataset(), dataset);
            loaded.put(table, new Loaded(execute(connection, table.insertStaged(), dataset), replaced));
        }
        return loaded;
    }

    private static long stage(Connection connection, InputTable table, CsvFile file) throws SQLException {
        try (Statement statement = connection.createStatement();
                InputStream lines = file.lines()) {
            statement.execute(table.createStaging());
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(table.copyIntoStaging(file.columns()), lines);
        } catch (IOException e) {
            throw CsvFile.unreadable(file.path(), e);
        } catch (SQLException e) {
            throw CopyError.translate(file.path(), e).orElseThrow(() -> e);
        }
    }

    private static long execute(Connection connection, String sql, String dataset) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, dataset);
            return statement.execute() ? 0 : statement.getLargeUpdateCount();
        }
    }

    private static void close(CsvFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
