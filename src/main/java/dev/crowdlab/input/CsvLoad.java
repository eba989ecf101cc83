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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
     * @param ignored the names of the file's columns that the table lacks
     */
    public record Loaded(long rowCount, long replacedCount, List<String> ignored) {

        /** Lists are copied. */
        public Loaded {
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * What is loaded.
     *
     * @param dataset a valid name
     * @param files the file for each table to load; {@link #STANDARD_INPUT} at most once. A table without a file keeps
     *     its rows
     * @param mapping names in the files by column of the tables, where they differ
     * @param mayBeEmpty whether a file without rows removes those of the table
     */
    public record Wanted(String dataset, Map<InputTable, Path> files, Map<String, String> mapping, boolean mayBeEmpty) {

        /** Maps are copied. */
        public Wanted {
            files = Map.copyOf(files);
            mapping = Map.copyOf(mapping);
        }
    }

    /**
     * Loads the files in one transaction.
     *
     * @return what became of each of these tables
     * @throws BrokenFileException if a file cannot be read completely, is not a CSV file of that table, or is empty
     */
    public Map<InputTable, Loaded> load(Wanted wanted) {
        Map<InputTable, CsvFile> opened = new EnumMap<>(InputTable.class);
        Map<InputTable, Loaded> loaded;
        ConnectionCallback<Map<InputTable, Loaded>> load = connection -> load(connection, wanted, opened);
        try {
            wanted.files().forEach((table, path) -> opened.put(table, CsvFile.open(path, table, wanted.mapping())));
            requireMapped(wanted.mapping(), opened);
            loaded = requireNonNull(transaction.execute(status -> jdbc.execute(load)));
        } finally {
            opened.values().forEach(CsvLoad::close);
        }
        // after the commit, because two concurrent loads would otherwise wait for each other's statistics
        jdbc.execute(ANALYZE);
        return loaded;
    }

    /** A name that no file has is a mistake: an optional column would be left out without a word. */
    private static void requireMapped(Map<String, String> mapping, Map<InputTable, CsvFile> files) {
        new TreeMap<>(mapping).forEach((column, name) -> {
            boolean isFound = files.entrySet().stream()
                    .anyMatch(file -> file.getKey().columns().contains(column)
                            && file.getValue().header().names(name));
            if (!isFound) {
                throw new BrokenFileException("--columns " + column + "=" + name + ": no file that has a column "
                        + column + " calls it so; the files have "
                        + files.values().stream()
                                .map(file -> String.join(", ", file.header().names()))
                                .collect(Collectors.joining("; "))
                        + ".");
            }
        });
    }

    private static Map<InputTable, Loaded> load(Connection connection, Wanted wanted, Map<InputTable, CsvFile> files)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        for (Map.Entry<InputTable, CsvFile> file : files.entrySet()) {
            long rowCount = stage(connection, file.getKey(), file.getValue());
            if (rowCount == 0 && !wanted.mayBeEmpty()) {
                throw new BrokenFileException(
                        file.getValue().path() + " has no rows, so loading it would remove those of" + " dataset '"
                                + wanted.dataset() + "'; nothing was loaded, give a complete file, or --allow-empty.");
            }
        }
        execute(connection, LOCK, wanted.dataset());
        Map<InputTable, Loaded> loaded = new EnumMap<>(InputTable.class);
        for (Map.Entry<InputTable, CsvFile> file : files.entrySet()) {
            InputTable table = file.getKey();
            long replaced = execute(connection, table.deleteDataset(), wanted.dataset());
            long rows = execute(connection, table.insertStaged(), wanted.dataset());
            loaded.put(
                    table, new Loaded(rows, replaced, file.getValue().header().ignored()));
        }
        return loaded;
    }

    private static long stage(Connection connection, InputTable table, CsvFile file) throws SQLException {
        try (Statement statement = connection.createStatement();
                InputStream lines = file.lines()) {
            statement.execute(table.createStaging(file.header().ignored().size()));
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(table.copyIntoStaging(file.header()), lines);
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
