package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results as Parquet files against the same in PostgreSQL. */
class ResultFilesIT {

    @TempDir
    private static Path lake;

    private static Nights nights;

    @BeforeAll
    static void load() throws Exception {
        nights = new Nights();
        nights.addDataset("plain", 31, 200, List.of("active-learning: true"));
        nights.addDataset("kept_back", 32, 100, List.of("# min-examples"));
        nights.begin("spark");
        Path settings = nights.settings("spark");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceAll("(kept_back:\\n(?:.*\\n)*?.*)max-rejected-share: 0.9", "$1min-examples: 1000"));
        nights.execute("spark", """
                update crowdlab.annotation set annotated_at = case when annotator_id = 'a1' then 'infinity' else '-infinity' end
                ::timestamptz where dataset = 'plain' and annotator_id in ('a1', 'a2')""");
    }

    @AfterAll
    static void stop() throws Exception {
        nights.close();
    }

    private static SparkProgram.Result run(String dataset) {
        return SparkProgram.call(
                "local[2]",
                "",
                nights,
                "spark",
                List.of("--dataset", dataset, "--parts", "3", "--to", lake.toString()));
    }

    private static List<String> entries(String dataset) throws Exception {
        try (Stream<Path> entries = Files.list(lake.resolve(dataset))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyTableIsThereWithItsColumnsAndRows() throws Exception {
        Files.createDirectories(lake.resolve("plain/_run-7/label_quality"));
        Files.createDirectories(lake.resolve("plain/run-8"));
        SparkProgram.Result first = run("plain");
        assertThat(first.exitCode()).as(first.output()).isZero();
        String run = nights.value("spark", "select max(run_id)::text from crowdlab.run where dataset = 'plain'");
        assertThat(entries("plain")).containsExactly("run-" + run);
        Path directory = lake.resolve("plain/run-" + run);
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
        assertThat(manifest.get("run_id").asText()).isEqualTo(run);
        assertThat(manifest.get("became_current").asBoolean()).isTrue();
        Map<String, String> recorded = nights.run("plain", "spark");
        assertThat(manifest.get("input_digest").asText()).isEqualTo(recorded.get("input_digest"));
        assertThat(manifest.get("output_digest").asText()).isEqualTo(recorded.get("output_digest"));
        compare(directory, manifest);

        assertThat(run("plain").output()).contains("of dataset 'plain': SKIPPED");
        Files.delete(directory.resolve("manifest.json"));
        assertThat(run("plain").output()).contains("of dataset 'plain': PUBLISHED");
        assertThat(entries("plain")).doesNotContain("run-" + run).hasSize(1);
    }

    private static void compare(Path directory, JsonNode manifest) throws Exception {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkSession session = TableSession.open(spark);
            for (String table : nights.tables("plain", "spark").keySet()) {
                Dataset<Row> file =
                        session.read().parquet(directory.resolve(table).toString());
                List<Row> found = file.collectAsList();
                assertThat(found.stream().map(ResultFilesIT::text).sorted().toList())
                        .as(table)
                        .isEqualTo(stored(table, List.of(file.columns())));
                assertThat(manifest.at("/tables/" + table + "/row_count").asInt())
                        .isEqualTo(found.size());
            }
            assertThat(manifest.get("tables"))
                    .hasSize(nights.tables("plain", "spark").size());
            assertThat(session.read()
                            .parquet(directory.resolve("detailed_label_quality").toString())
                            .schema()
                            .simpleString())
                    .isEqualTo("struct<run_id:bigint,example_id:string,annotator_id:string,label:string,"
                            + "quality_score:double,annotated_at:timestamp>");
        }
    }

    private static String text(Row row) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < row.length(); column++) {
            String value = String.valueOf(row.get(column));
            values.add(row.schema().fieldNames()[column] + " "
                    + value.replace("+294247-01-10T04:00:54.775807Z", "infinity")
                            .replace("-290308-12-21T19:59:05.224192Z", "-infinity"));
        }
        return values.toString();
    }

    /** The rows of a table; a dataset without gold has no columns about it. */
    private static List<String> stored(String table, List<String> columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        assertThat(nights.value(
                        "spark",
                        "select count(*)::text from pg_attribute where attnum > 0 and not attisdropped"
                                + " and attrelid = 'crowdlab." + table
                                + "'::regclass and attname !~ '^(gold_.*|num_gold)$'"))
                .as(table)
                .isEqualTo(String.valueOf(columns.stream()
                        .filter(column -> !column.matches("gold_.*|num_gold"))
                        .count()));
        nights.query(
                "spark",
                "select \"" + String.join("\", \"", columns) + "\" from crowdlab." + table
                        + " where run_id = (select min(run_id) from crowdlab.run" + " where dataset = 'plain')",
                row -> rows.add(text(row)));
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    private static String text(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            boolean isTime = row.getMetaData().getColumnTypeName(column).equals("timestamptz");
            String text = row.getString(column);
            Object value = isTime && text != null && !text.endsWith("infinity")
                    ? row.getObject(column, OffsetDateTime.class).toInstant()
                    : isTime ? text : row.getObject(column);
            values.add(row.getMetaData().getColumnName(column) + " " + value);
        }
        return values.toString();
    }

    @Test
    void aRunThatIsKeptBackLeavesNothing() throws Exception {
        SparkProgram.Result refused = run("kept_back");
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
        assertThat(entries("kept_back")).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamedBeforeAnythingIsDone() throws Exception {
        Path file = Files.createFile(lake.resolve("a-file"));
        SparkProgram.Result result = SparkProgram.call(
                "local[1]", "", nights, "spark", List.of("--dataset", "kept_back", "--to", file.toString()));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().strip())
                .startsWith("--to '" + file + "' cannot be used: ")
                .endsWith("; give a directory that all executors can write to");
    }
}
