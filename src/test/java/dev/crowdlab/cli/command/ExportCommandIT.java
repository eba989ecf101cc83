package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Exports, read again by DuckDB, by COPY and by a JSON parser. */
@TestInstance(Lifecycle.PER_CLASS)
class ExportCommandIT {

    private static final long MAX_SECONDS = 120;
    private static final int MANY = 400_000;

    /** Values of every type, NULLs among them, and names and texts that want quoting. */
    private static final String ODD = """
            create view crowdlab_bi."odd ""one" as
            select 'fruit'::text as dataset, 7::bigint as run_id, i::integer as number, i::smallint as small,
                case when i % 2 = 0 then i / 7.0::double precision end as "half ""full"" price",
                case when i % 3 <> 0 then i % 5 = 0 end as flag,
                timestamptz '1969-12-31 23:00:00.000001Z' + i * interval '1 hour 1 microsecond' as moment,
                case i % 4 when 0 then null when 1 then '' when 2 then E'a "quoted"\\n\\\\line, ä €' else 'x' || i end as words,
                jsonb_build_array(i, null) as votes, json_build_object('i', i) as unsorted, make_interval(secs => i) as duration
            from generate_series(-20, 300) i""";

    /** About 100 MB. */
    private static final String LARGE = """
            create view crowdlab_bi.large as
            select 'fruit'::text as dataset, i as number, case when i %% 1000 = 0 then null else repeat(md5(i::text), 8) end as words
            from generate_series(1, %d) i""".formatted(MANY);

    private static final String SLOW = """
            create view crowdlab_bi.slow as
            select 'fruit'::text as dataset, i as number, pg_sleep(0.001)::text as nothing from generate_series(1, 1000000) i""";

    private static final String BROKEN = """
            create view crowdlab_bi.broken as
            select 'fruit'::text as dataset, json_build_object('number', 1 / (100000 - i)) as number
            from generate_series(1, 100000) i""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeAll
    void run() throws SQLException {
        warehouse = Warehouse.with("fruit", "nuts");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        warehouse.relabel("fruit", "e3", "green");
        assertThat(warehouse.program().call("run", "--dataset", "fruit").exitCode())
                .isZero();
        warehouse.fill("grain");
        warehouse.execute(ODD, LARGE, SLOW, BROKEN, "grant select on all tables in schema crowdlab_bi to public");
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label_quality",
                "detailed_label_quality",
                "annotator_stats",
                "rejected_rows",
                "run_history",
                "example_votes",
                "freshness",
                "odd \"one"
            })
    void holdsTheRowsOfTheViewInEveryFormat(String view) throws Exception {
        String rows = "select * from crowdlab_bi.\"" + view.replace("\"", "\"\"") + "\" where dataset = 'fruit'";
        Path parquet = export(view, "parquet");
        try (Connection postgres = warehouse.database().dataSource().getConnection();
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            List<String> expected = rows(postgres, rows);
            assertThat(expected).as(view).isNotEmpty();
            assertThat(rows(duck, "select * from read_parquet('" + parquet + "')"))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(names(duck, "select * from read_parquet('" + parquet + "')"))
                    .isEqualTo(names(postgres, rows));

            execute(postgres, "create temporary table back as " + rows + " limit 0");
            postgres.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy back from stdin (format csv, header match)",
                            Files.newInputStream(export(view, "csv")));
            assertThat(rows(postgres, "select * from back")).containsExactlyInAnyOrderElementsOf(expected);

            assertThat(parsed(Files.readAllLines(export(view, "jsonl"))))
                    .containsExactlyInAnyOrderElementsOf(parsed(
                            texts(postgres, "set timezone = 'UTC'", "select row_to_json(r) from (" + rows + ") r")));
        }
    }

    @Test
    void farMomentsAreExactAndWhatIsNoMomentIsNullInEveryFormat() throws Exception {
        warehouse.execute("""
                create view crowdlab_bi.far as
                select 'fruit'::text as dataset, m.number, m.moment::timestamptz as moment, null::timestamptz as never
                from (values (1, '0044-03-15 12:00:00.000001Z BC'), (2, '1676-01-01Z'), (3, '2263-01-01 00:00:00.5Z'),
                    (4, '9999-12-31 23:59:59.999999Z'), (5, 'infinity'), (6, '-infinity'), (7, '294276-01-01Z'),
                    (8, null)) m (number, moment)""", "grant select on crowdlab_bi.far to public");
        String warning = "Warning. Column moment has 3 values that no file can have as a moment, infinity or beyond the"
                + " year 294246; the file has NULL there.\n";
        for (String format : List.of("parquet", "csv", "jsonl")) {
            Result result = warehouse
                    .program()
                    .call("export", "--dataset", "fruit", "--table", "far", "--out", directory + "/far." + format);
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).isEqualTo(warning);
        }
        String micros = "select number || ' ' || coalesce(epoch_us(moment)::varchar, 'null') from ";
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            assertThat(texts(
                            duck, "select 1", micros + "read_parquet('" + directory + "/far.parquet') order by number"))
                    .containsExactly(
                            "1 " + epoch("0044-03-15 12:00:00.000001Z BC"),
                            "2 " + epoch("1676-01-01Z"),
                            "3 " + epoch("2263-01-01 00:00:00.5Z"),
                            "4 " + epoch("9999-12-31 23:59:59.999999Z"),
                            "5 null",
                            "6 null",
                            "7 null",
                            "8 null");
        }
        assertThat(Files.readAllLines(directory.resolve("far.csv")))
                .contains("fruit,2,1676-01-01 00:00:00+00,", "fruit,5,,", "fruit,6,,", "fruit,7,,");
        assertThat(Files.readAllLines(directory.resolve("far.jsonl")))
                .contains("{\"dataset\":\"fruit\",\"number\":5,\"moment\":null,\"never\":null}");
        warehouse.execute("drop view crowdlab_bi.far");
    }

    private String epoch(String moment) throws SQLException {
        return warehouse.value("select (extract(epoch from timestamptz '" + moment + "') * 1000000)::bigint");
    }

    @Test
    void whatASpreadsheetWouldComputeGetsAnApostropheIfThatIsAskedFor() throws Exception {
        warehouse.execute("""
                create view crowdlab_bi.formulas as
                select 'fruit'::text as dataset, i as number, -1.5 * i::double precision as price, words
                from unnest(array['=1+1', '+1', '-1', '@a', E'\\t=1', E'\\r=1', 'a=1', '', null]) with ordinality w (words, i)""", "grant select on crowdlab_bi.formulas to public");
        Path plain = directory.resolve("formulas.csv");
        Path safe = directory.resolve("safe.csv");
        List<String> words = List.of("export", "--dataset", "fruit", "--table", "formulas", "--out");
        warehouse.call(0, and(words, plain.toString()));
        warehouse.call(0, and(words, safe.toString(), "--spreadsheet-safe"));
        assertThat(Files.readString(plain))
                .isEqualTo(
                        "dataset,number,price,words\nfruit,1,-1.5,=1+1\nfruit,2,-3,+1\nfruit,3,-4.5,-1\nfruit,4,-6,@a\n"
                                + "fruit,5,-7.5,\t=1\nfruit,6,-9,\"\r=1\"\nfruit,7,-10.5,a=1\nfruit,8,-12,\"\"\nfruit,9,-13.5,\n");
        assertThat(Files.readString(safe))
                .isEqualTo(
                        "dataset,number,price,words\nfruit,1,-1.5,'=1+1\nfruit,2,-3,'+1\nfruit,3,-4.5,'-1\nfruit,4,-6,'@a\n"
                                + "fruit,5,-7.5,'\t=1\nfruit,6,-9,\"'\r=1\"\nfruit,7,-10.5,a=1\nfruit,8,-12,\"\"\nfruit,9,-13.5,\n");
        assertThat(warehouse.call(2, and(words, "x.jsonl", "--spreadsheet-safe")))
                .isEqualTo("--spreadsheet-safe goes with --format csv, and the format is jsonl; leave it out\n");
        warehouse.execute("drop view crowdlab_bi.formulas");
    }

    private static String[] and(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void tellsItsRun() throws Exception {
        Path parquet = export("label_quality", "parquet");
        Map<String, String> properties = new TreeMap<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows =
                        statement.executeQuery("select key, value from parquet_kv_metadata('" + parquet + "')")) {
            while (rows.next()) {
                properties.put(text(rows.getBlob(1)), text(rows.getBlob(2)));
            }
        }
        assertThat(properties)
                .containsEntry("crowdlab.run_id", "3")
                .containsEntry("crowdlab.dataset", "fruit")
                .containsEntry("crowdlab.table", "label_quality")
                .containsKeys("crowdlab.as_of", "crowdlab.software_version")
                .hasSize(5);
        assertThat(Files.readAllLines(export("label_quality", "csv")))
                .first()
                .asString()
                .startsWith("dataset,run_id,example_id,consensus_label,");
    }

    @Test
    void hasWhatTrainingNeeds() throws Exception {
        Path csv = export("training", "csv");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(Warehouse.EXAMPLES + 1).contains("example_id,consensus_label,quality,run_id");
        assertThat(lines.stream().skip(1))
                .isSorted()
                .allMatch(line -> line.matches("e\\d+,(blue|green|red),0\\.\\d+,3"));
        assertThat(lines).anyMatch(line -> line.startsWith("e3,green,"));
    }

    /** A class whose name wants quoting and is longer than PostgreSQL lets a column's be. */
    @Test
    void hasTheProbabilityOfEveryClassWhereItIsStored() throws Exception {
        String odd = "it's \"red\", or " + "so ".repeat(30) + "on";
        try (Warehouse stored = Warehouse.with("fruit")) {
            stored.execute(
                    "update crowdlab.annotation set label = '" + odd.replace("'", "''") + "' where label = 'red'",
                    "update crowdlab.prediction set label = '" + odd.replace("'", "''") + "' where label = 'red'");
            Program program = stored.program().with("crowdlab.datasets.fruit.store-posterior", "true");
            assertThat(program.call("run").exitCode()).isZero();
            for (String format : List.of("csv", "parquet", "jsonl")) {
                Result result = program.call(
                        "export",
                        "--dataset",
                        "fruit",
                        "--table",
                        "training",
                        "--posterior",
                        "--out",
                        directory.resolve("posterior." + format).toString());
                assertThat(result.exitCode()).as(result.err()).isZero();
            }
            String expected =
                    "select l.example_id, l.consensus_label, l.consensus_quality_score, l.run_id, p.posterior[1],"
                            + " p.posterior[2], p.posterior[3] from crowdlab_bi.label_quality l"
                            + " join crowdlab_bi.example_posterior p using (example_id)";
            List<String> labels = stored.column("select label from crowdlab_bi.run_classes order by class_index");
            assertThat(labels).contains(odd).hasSize(3);
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    Connection postgres = stored.database().dataSource().getConnection()) {
                List<String> rows = rows(postgres, expected);
                assertThat(rows).hasSize(Warehouse.EXAMPLES);
                List<String> names = new ArrayList<>(List.of("example_id", "consensus_label", "quality", "run_id"));
                labels.forEach(label -> names.add("probability:" + label));
                for (String reader : List.of(
                        "read_parquet('%s/posterior.parquet')", "read_csv('%s/posterior.csv', header = true)")) {
                    String read = "select * from " + reader.formatted(directory);
                    assertThat(rows(duck, read)).containsExactlyInAnyOrderElementsOf(rows);
                    assertThat(names(duck, read)).isEqualTo(names);
                }
                for (String line : Files.readAllLines(directory.resolve("posterior.jsonl"))) {
                    JsonNode row = new ObjectMapper().readTree(line);
                    assertThat(row.fieldNames())
                            .toIterable()
                            .containsExactly("example_id", "consensus_label", "quality", "run_id", "probability");
                    assertThat(row.get("probability").fieldNames()).toIterable().containsExactlyElementsOf(labels);
                    assertThat(stored.value("select array_agg(v::float8 order by i) = (select posterior from"
                                    + " crowdlab_bi.example_posterior where example_id = '"
                                    + row.get("example_id").asText()
                                    + "') from unnest(array[" + String.join(",", values(row.get("probability")))
                                    + "]) with ordinality as u (v, i)"))
                            .isEqualTo("t");
                }
            }
        }
    }

    private static List<String> values(JsonNode object) {
        List<String> values = new ArrayList<>();
        object.forEach(value -> values.add("'" + value.asText() + "'"));
        return values;
    }

    @Test
    void saysWhatToSetWhereNoPosteriorIsStored() {
        Result result = warehouse
                .program()
                .call(
                        "export",
                        "--dataset",
                        "fruit",
                        "--table",
                        "training",
                        "--posterior",
                        "--format",
                        "csv",
                        "--out",
                        "-");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("The published run of dataset 'fruit' stored no posterior; set"
                        + " crowdlab.datasets.fruit.store-posterior: true and run it again, or leave --posterior out");
        Result other = warehouse
                .program()
                .call(
                        "export",
                        "--dataset",
                        "fruit",
                        "--table",
                        "label_quality",
                        "--posterior",
                        "--format",
                        "csv",
                        "--out",
                        "-");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("--posterior goes with --table training");
    }

    @Test
    @Tag("slow")
    void givesTheSameBytesTwice() throws Exception {
        for (String format : List.of("csv", "jsonl", "parquet")) {
            Path first = Files.copy(export("detailed_label_quality", format), directory.resolve("first." + format));
            assertThat(export("detailed_label_quality", format)).hasSameBinaryContentAs(first);
        }
    }

    @Test
    @Tag("slow")
    void needsLittleMemoryForManyRows() throws Exception {
        for (String format : List.of("csv", "jsonl", "parquet")) {
            Path file = directory.resolve("large." + format);
            Result result = warehouse
                    .program()
                    .withHeap("80m")
                    .callInNewProcess(
                            directory,
                            words("export", "--dataset", "fruit", "--table", "large", "--out", file.toString()));
            assertThat(result.exitCode()).as(result.out()).isZero();
            assertThat(result.out()).contains("400,000 rows");
        }
        assertThat(directory.resolve("large.csv"))
                .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(100_000_000));
        Path parquet = directory.resolve("large.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Connection postgres = warehouse.database().dataSource().getConnection()) {
            String sums =
                    "select count(*), count(words), sum(number), sum(length(words)), min(words), max(words) from ";
            assertThat(rows(duck, sums + "read_parquet('" + parquet + "')"))
                    .isEqualTo(rows(postgres, sums + "crowdlab_bi.large"));
            assertThat(rows(duck, "select count(distinct row_group_id) > 1 from parquet_metadata('" + parquet + "')"))
                    .containsExactly("true");
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void leavesNothingWhenASignalStopsIt(String format) throws Exception {
        Path place = Files.createDirectory(directory.resolve("stopped-" + format));
        Path file = Files.writeString(place.resolve("old"), "old");
        Process process = warehouse
                .program()
                .start(
                        directory,
                        words(
                                "export",
                                "--dataset",
                                "fruit",
                                "--table",
                                "slow",
                                "--format",
                                format,
                                "--out",
                                file.toString()));
        long begun = System.nanoTime();
        while (process.isAlive() && files(place).size() < 2) {
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(MAX_SECONDS));
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(directory.resolve("out.txt"));
        assertThat(process.exitValue()).as(printed).isEqualTo(128 + 15);
        assertThat(printed).isEqualToIgnoringNewLines("The export was stopped by a signal; nothing was written");
        assertThat(files(place)).containsExactly(file);
        assertThat(file).hasContent("old");
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void leavesNothingWhenItFails(String format) throws Exception {
        Path place = Files.createDirectory(directory.resolve("failed-" + format));
        Path file = Files.writeString(place.resolve("old." + format), "old");
        Result result =
                warehouse.program().call("export", "--dataset", "fruit", "--table", "broken", "--out", file.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("division by zero").hasLineCount(1);
        assertThat(files(place)).containsExactly(file);
        assertThat(file).hasContent("old");
    }

    @Test
    @Tag("slow")
    void writesToStandardOutput() throws Exception {
        Result result = warehouse
                .program()
                .callInNewProcess(
                        directory,
                        words("export", "--dataset", "fruit", "--table", "odd \"one", "--format", "csv", "--out", "-"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo(Files.readString(export("odd \"one", "csv")));
    }

    @Test
    void readersMayExport() throws Exception {
        warehouse.execute("create role exporter login password 'exporter' in role crowdlab_reader");
        Path file = directory.resolve("reader.jsonl");
        Result result = Program.on(warehouse.database(), "exporter", "exporter")
                .call("export", "--dataset", "fruit", "--table", "label_next", "--out", file.toString());
        warehouse.execute("drop role exporter");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void saysWhatItCannotExport() {
        refuses("There is no table 'label_qualty' to export; did you mean label_quality?", "fruit", "label_qualty");
        refuses(
                "There is no table 'annotator_pair' to export; did you mean annotator_pairs?",
                "fruit",
                "annotator_pair");
        refuses("There is no table 'trainig' to export; did you mean training?", "fruit", "trainig");
        refuses(
                "Dataset 'grain' is not published, so there is nothing to export; the command datasets lists what is",
                "grain",
                "training");
        refuses(
                "Dataset 'x' or true --' is not published, so there is nothing to export; the command datasets lists what is",
                "x' or true --",
                "training");
        Result unknown = call("fruit", "pg_authid", "out.csv");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .startsWith("There is no table 'pg_authid' to export; there are ")
                .contains("label_quality, ", "training")
                .doesNotContain("data_dictionary");
    }

    @Test
    void saysThatTheDatabaseHasNoResults() throws SQLException {
        try (Warehouse empty = Warehouse.empty()) {
            Result result = empty.program()
                    .call("export", "--dataset", "fruit", "--table", "training", "--format", "csv", "--out", "-");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .isEqualToIgnoringNewLines(
                            "The database has no views in a schema crowdlab_bi; check that spring.datasource.url names the"
                                    + " result database, and call run or migrate");
        }
    }

    @Test
    void saysWhereAndHowItCannotWrite() {
        Result nowhere = call("fruit", "training", "nowhere/out.csv");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("nowhere/out.csv cannot be written; name a file in a directory");
        Result nameless = call("fruit", "training", "out.xls");
        assertThat(nameless.exitCode()).isEqualTo(2);
        assertThat(nameless.err()).contains("does not say its format; give --format csv, --format parquet or --format");
        Result format = warehouse
                .program()
                .call("export", "--dataset", "fruit", "--table", "training", "--format", "xls", "--out", "x");
        assertThat(format.exitCode()).isEqualTo(2);
        assertThat(format.err()).contains("'xls' is not csv, parquet, jsonl or json");
    }

    private void refuses(String sentence, String dataset, String table) {
        Result result = call(dataset, table, "none.csv");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualToIgnoringNewLines(sentence);
        assertThat(directory.resolve("none.csv")).doesNotExist();
    }

    private Result call(String dataset, String table, String file) {
        return warehouse
                .program()
                .call(
                        "export",
                        "--dataset",
                        dataset,
                        "--table",
                        table,
                        "--out",
                        directory.resolve(file).toString());
    }

    private Path export(String table, String format) {
        Path file = directory.resolve("export." + format);
        Result result = call("fruit", table, file.getFileName().toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("Wrote " + table + " of dataset 'fruit', run 3, ")
                .contains(" to " + file);
        return file;
    }

    private static String[] words(String... words) {
        return words;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static List<JsonNode> parsed(List<String> lines) throws IOException {
        List<JsonNode> parsed = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : lines) {
            parsed.add(json.readTree(line));
        }
        return parsed;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Connection connection, String before, String query) throws SQLException {
        execute(connection, before);
        return rows(connection, query);
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                names.add(rows.getMetaData().getColumnName(column));
            }
        }
        return names;
    }

    /** Each row as one text, in which equal values look alike whichever driver gave them. */
    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int count = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                String[] values = new String[count];
                for (int column = 0; column < count; column++) {
                    values[column] = text(rows.getObject(column + 1), rows.getString(column + 1));
                }
                found.add(count == 1 ? values[0] : Arrays.toString(values));
            }
        }
        return found;
    }

    private static String text(@Nullable Object value, @Nullable String text) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Timestamp moment) {
            return moment.toInstant().toString();
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toInstant().toString();
        }
        return value instanceof Boolean || value instanceof Number ? value.toString() : String.valueOf(text);
    }

    private static String text(Blob blob) throws SQLException {
        return new String(blob.getBytes(1, (int) blob.length()), StandardCharsets.UTF_8);
    }
}
