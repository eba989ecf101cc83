package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.schema.Migration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with two databases that hold the same input: one for the local job, one for Spark. What both make of it
 * must be the same, in every table and column.
 */
final class Nights implements AutoCloseable {

    static final String AS_OF = "2026-03-01T06:00:00Z";

    /** Settings by which most of the random rows are taken. */
    static final List<String> USUAL = List.of(
            "classes: [c0, c1, c2, c3, c4]",
            "on-missing-prediction: uniform",
            "on-incomplete-prediction: spread",
            "checks: {max-rejected-share: 1}");

    /** The local job as the main build makes it. */
    private static final Path LOCAL_JOB =
            Path.of(System.getProperty("crowdlab.local-job", "../../target/crowdlab-etl.jar"));

    private final EmbeddedPostgres server;
    private final Path directory;
    private final StringBuilder datasets = new StringBuilder();

    Nights() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "60")
                .start();
        directory = Files.createTempDirectory("nights");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database night");
        }
        new Migration(ConnectionFactory.of(url("night"), "postgres", null)
                        .asOwnerOf("run", "label_quality")
                        .withoutSearchPath())
                .migrate();
    }

    String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    /**
     * Adds a dataset of random rows, some of them unusable, to the built-in tables.
     *
     * @param settings lines below the dataset's name, beside the usual ones or in their place; {@code # models: 0} is
     *     for no predictions, {@code # classes} takes a usual line away
     */
    void addDataset(String name, long seed, int exampleCount, List<String> settings) throws SQLException {
        datasets.append("    ").append(name).append(":\n");
        Stream<String> usual = USUAL.stream()
                .filter(line -> settings.stream().noneMatch(other -> key(other).equals(key(line))));
        Stream.concat(usual, settings.stream())
                .forEach(line -> datasets.append("      ").append(line).append('\n'));
        SplittableRandom random = new SplittableRandom(seed);
        int classCount = random.nextInt(2, 5);
        int modelCount = settings.contains("# models: 0") ? 0 : random.nextInt(1, 4);
        StringBuilder annotations = new StringBuilder();
        StringBuilder predictions = new StringBuilder();
        for (int example = 0; example < exampleCount; example++) {
            String id = random.nextInt(40) == 0 ? "" : "e" + example;
            int truth = random.nextInt(classCount);
            int labels = random.nextInt(7);
            for (int label = 0; label < labels; label++) {
                int given = random.nextInt(3) == 0 ? random.nextInt(classCount) : truth;
                String text = random.nextInt(60) == 0 ? "odd" : "c" + given;
                String time = random.nextInt(20) == 0 ? "" : "2026-01-" + (10 + random.nextInt(18)) + " 10:00:00+00";
                row(annotations, name, id, "a" + random.nextInt(12), text, time);
            }
            for (int model = 0; model < modelCount; model++) {
                predict(predictions, random, name, id, model, classCount, random.nextInt(30) == 0);
            }
        }
        copy(
                "crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)",
                "delimiter E'\\t'",
                annotations.toString());
        copy(
                "crowdlab.prediction (dataset, example_id, model, label, probability)",
                "delimiter E'\\t'",
                predictions.toString());
    }

    private static String key(String line) {
        return line.replace("# ", "").replaceFirst(":.*", "");
    }

    /**
     * Adds a dataset that the settings' queries read.
     *
     * @param script creates what they read
     */
    void addQueries(String name, String script, List<String> settings) throws SQLException {
        datasets.append("    ").append(name).append(":\n");
        settings.forEach(line -> datasets.append("      ").append(line).append('\n'));
        execute("night", script);
    }

    void execute(String database, String script) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static void predict(
            StringBuilder rows,
            SplittableRandom random,
            String name,
            String id,
            int model,
            int classCount,
            boolean isBroken) {
        int[] eighths = new int[classCount];
        for (int draw = 0; draw < 8; draw++) {
            eighths[random.nextInt(classCount)]++;
        }
        for (int label = 0; label < classCount; label++) {
            double probability = eighths[label] / 8.0;
            row(rows, name, id, "m" + model, "c" + label, Double.toString(isBroken ? probability + 0.3 : probability));
        }
    }

    private static void row(StringBuilder rows, String... fields) {
        rows.append(String.join("\t", fields)).append('\n');
    }

    /** Loads CSV into the database that the others are copies of. */
    void copy(String target, String format, String rows) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", "night").getConnection()) {
            connection
                    .unwrap(org.postgresql.PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin (format csv, " + format + ")", new StringReader(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the database, and writes the settings of each. */
    void begin(String... databases) throws SQLException, IOException {
        for (String database : databases) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + database + " template night");
            }
            Path night = Files.createDirectories(directory.resolve(database));
            Files.writeString(night.resolve("application.yml"), """
                    spring:
                      datasource:
                        url: %s
                        username: postgres
                    crowdlab:
                      retry: 0s
                      datasets:
                    %s""".formatted(url(database), datasets.toString()));
        }
    }

    Path settings(String database) {
        return directory.resolve(database).resolve("application.yml");
    }

    /** Runs all datasets by the local job, unless options name some; some may fail. */
    void runLocally(String database, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                LOCAL_JOB.toAbsolutePath().toString(),
                "run",
                "--as-of",
                AS_OF));
        command.addAll(List.of(options));
        Path output = directory.resolve("local.txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.resolve(database).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        assertThat(exitCode).as(Files.readString(output)).isIn(0, 1, 3);
    }

    /** Compares the newest run of a dataset in two databases: the run, every table, and the digests. */
    void assertSame(String dataset, String expected, String actual) throws SQLException {
        assertSameTables(dataset, expected, actual);
        assertThat(run(dataset, actual)).as("%s: crowdlab.run", dataset).isEqualTo(run(dataset, expected));
    }

    /** Does the same but for the settings, in which the same rows may have another source. */
    void assertSameRows(String dataset, String expected, String actual) throws SQLException {
        assertSameTables(dataset, expected, actual);
        assertSameRun(dataset, expected, actual);
    }

    /** Does the same but for the findings, which say how to mend the rows of either source. */
    void assertSameRowsButFindings(String dataset, String expected, String actual) throws SQLException {
        Map<String, String> expectedTables = tables(dataset, expected);
        Map<String, String> actualTables = tables(dataset, actual);
        assertThat(actualTables.remove("run_check")).isNotEqualTo(expectedTables.remove("run_check"));
        assertThat(actualTables).as("%s: crowdlab.run_table", dataset).isEqualTo(expectedTables);
        assertSameRun(dataset, expected, actual, "output_digest");
    }

    private void assertSameRun(String dataset, String expected, String actual, String... others) throws SQLException {
        Map<String, String> run = run(dataset, actual);
        Map<String, String> expectedRun = run(dataset, expected);
        assertThat(run.remove("settings")).isNotEqualTo(expectedRun.remove("settings"));
        for (String other : others) {
            assertThat(run.remove(other)).isNotEqualTo(expectedRun.remove(other));
        }
        assertThat(run).as("%s: crowdlab.run", dataset).isEqualTo(expectedRun);
    }

    private void assertSameTables(String dataset, String expected, String actual) throws SQLException {
        for (Map.Entry<String, String> table : tables(dataset, expected).entrySet()) {
            if (!table.getValue().equals(tables(dataset, actual).get(table.getKey()))) {
                assertThat(rows(dataset, actual, table.getKey()))
                        .as("%s: crowdlab.%s", dataset, table.getKey())
                        .isEqualTo(rows(dataset, expected, table.getKey()));
            }
        }
        assertThat(tables(dataset, actual))
                .as("%s: crowdlab.run_table", dataset)
                .isEqualTo(tables(dataset, expected));
    }

    Map<String, String> run(String dataset, String database) throws SQLException {
        return pairs(database, """
                select v.key, v.value from crowdlab.run r
                cross join lateral jsonb_each_text(to_jsonb(r)) v
                where r.run_id = (select max(run_id) from crowdlab.run where dataset = '%s')
                    and v.key not in ('run_id', 'started_at', 'finished_at', 'started_by', 'job_execution_id', 'hash', 'previous_hash')""".formatted(dataset));
    }

    Map<String, String> tables(String dataset, String database) throws SQLException {
        return pairs(database, """
                select table_name, row_count || ' ' || digest || ' ' || columns::text from crowdlab.run_table
                where run_id = (select max(run_id) from crowdlab.run where dataset = '%s')""".formatted(dataset));
    }

    private List<String> rows(String dataset, String database, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        query(
                database,
                "select (to_jsonb(t) - 'run_id')::text from crowdlab." + table
                        + " t where run_id = (select max(run_id) from crowdlab.run where dataset = '" + dataset
                        + "') order by 1",
                row -> rows.add(row.getString(1)));
        return rows;
    }

    private Map<String, String> pairs(String database, String query) throws SQLException {
        Map<String, String> pairs = new TreeMap<>();
        query(database, query, row -> pairs.put(row.getString(1), String.valueOf(row.getString(2))));
        return pairs;
    }

    /** The first column of the first row. */
    String value(String database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        this.query(database, query, row -> values.add(row.getString(1)));
        return values.get(0);
    }

    /** What to do with a row. */
    interface RowAction {
        void take(ResultSet row) throws SQLException;
    }

    void query(String database, String query, RowAction action) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                action.take(rows);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
