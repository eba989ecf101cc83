package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from a lake into a lake, without any PostgreSQL, against those of the local job on the same rows. */
class OnlyFilesIT {

    private static final List<String> OPTIONS = List.of(
            "consensus-methods: [committee, best_quality, majority_vote]",
            "active-learning: true",
            "classes: [c0, c1, c2, c3, c4]",
            "store-posterior: true",
            "on-missing-prediction: uniform",
            "on-incomplete-prediction: spread");

    @TempDir
    private static Path lake;

    private static Nights nights;
    private static Path settings;

    @BeforeAll
    static void runLocally() throws Exception {
        nights = new Nights();
        nights.addDataset("rows", 41, 250, List.of());
        nights.addQueries(
                "empty", "select 1", List.of("annotations-query: " + annotations("none"), "checks: {min-examples: 0}"));
        List<String> lines = new ArrayList<>(OPTIONS);
        lines.add("annotations-query: " + annotations("rows"));
        lines.add("predictions-query: " + predictions());
        lines.add("gold-query: " + gold());
        lines.add("checks: {max-rejected-share: 0.9}");
        nights.addQueries("known", "select 1", lines);
        nights.begin("local");
        nights.runLocally("local");
        writeFiles();
        settings =
                Files.writeString(lake.resolve("application.yml"), """
                crowdlab.datasets:
                  known:
                    annotations-table: %1$s/annotations.parquet
                    predictions-table: %1$s/predictions.parquet
                    gold-table: %1$s/gold.parquet
                    %2$s
                    checks: {max-rejected-share: 0.9}
                  strict:
                    annotations-table: %1$s/annotations.parquet
                    checks: {min-examples: 1000}
                  nothing:
                    annotations-table: %1$s/empty.parquet
                    checks: {min-examples: 0}
                  elsewhere:
                    annotations-query: select 1
                """.formatted(lake, String.join("\n    ", OPTIONS)));
    }

    @AfterAll
    static void stop() throws Exception {
        nights.close();
    }

    private static String annotations(String dataset) {
        return "select example_id, annotator_id, label, annotated_at from crowdlab.annotation where dataset = '"
                + dataset + "'";
    }

    private static String predictions() {
        return "select example_id, model, label, probability from crowdlab.prediction where dataset = 'rows'";
    }

    private static String gold() {
        return "select 'e' || e as example_id, 'c' || e % 3 as label from generate_series(1, 260, 3) e";
    }

    private static void writeFiles() throws Exception {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkSession session = TableSession.open(spark);
            String columns = "example_id string, annotator_id string, label string, annotated_at timestamp";
            write(session, "annotations", columns, annotations("rows"));
            write(session, "empty", columns, annotations("none"));
            write(
                    session,
                    "predictions",
                    "example_id string, model string, label string, probability double",
                    predictions());
            write(session, "gold", "example_id string, label string", gold());
        }
    }

    private static void write(SparkSession session, String name, String columns, String query) throws Exception {
        SourceTablesIT.write(nights, session, lake.resolve(name + ".parquet"), columns, query);
    }

    private static SparkProgram.Result run(String directory, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--as-of", Nights.AS_OF, "--parts", "3", "--only-files"));
        arguments.addAll(List.of("--to", lake.resolve(directory).toString()));
        arguments.addAll(List.of(more));
        return SparkProgram.callWith("local[2]", "", settings, arguments);
    }

    /** The files and directories with the time of their last change. */
    private static Map<Path, Instant> written(String directory) throws Exception {
        Map<Path, Instant> times = new TreeMap<>();
        try (Stream<Path> all = Files.walk(lake.resolve(directory))) {
            for (Path path : all.toList()) {
                times.put(path, Files.getLastModifiedTime(path).toInstant());
            }
        }
        return times;
    }

    private static List<String> entries(String directory) throws Exception {
        try (Stream<Path> entries = Files.list(lake.resolve(directory))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyTableIsThatOfTheLocalJob() throws Exception {
        SparkProgram.Result result = run("night", "--dataset", "known", "--dataset", "nothing");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(entries("night")).containsExactly("known", "nothing");
        assertSame("known", "known");
        assertSame("nothing", "empty");
        assertThat(nights.tables("known", "local").get("label_quality")).doesNotStartWith("0 ");

        Map<Path, Instant> before = written("night");
        SparkProgram.Result again = run("night", "--dataset", "known");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.output())
                .contains(
                        lake + "/night/known is there already; with --only-files give each run a directory of its own");
        assertThat(written("night")).isEqualTo(before);
    }

    private static void assertSame(String dataset, String local) throws Exception {
        Path directory = lake.resolve("night").resolve(dataset);
        ParquetTables.assertSame(nights, "local", local, directory);
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
        assertThat(manifest.get("software_version").asText())
                .isEqualTo(nights.run(local, "local").get("software_version"));
        assertThat(manifest.get("as_of").asText()).isEqualTo(Nights.AS_OF);
    }

    @Test
    void aRefusedRunLeavesNoFiles() throws Exception {
        SparkProgram.Result result = run("refused", "--dataset", "strict");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(3);
        assertThat(result.output()).contains("'strict': REFUSED, no files are left", "FAIL MIN_EXAMPLES");
        assertThat(entries("refused")).isEmpty();
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        SparkProgram.Result unread = run("queries", "--dataset", "elsewhere");
        assertThat(unread.exitCode()).isEqualTo(2);
        assertThat(unread.output().strip())
                .isEqualTo("crowdlab.datasets.elsewhere.annotations-table is missing, and without spring.datasource.url"
                        + " there is no database to read; give one of them");
        SparkProgram.Result forced = run("forced", "--dataset", "known", "--force");
        assertThat(forced.exitCode()).isEqualTo(2);
        assertThat(forced.output()).contains("--only-files knows of no run before");
        SparkProgram.Result nowhere =
                SparkProgram.callWith("local[1]", "", settings, List.of("--dataset", "known", "--only-files"));
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.output()).contains("--only-files needs a directory to write to");
        SparkProgram.Result unknown = run("unknown", "--dataset", "other");
        assertThat(unknown.output().strip())
                .isEqualTo("There is no dataset 'other': it is not configured under crowdlab.datasets; configured are"
                        + " elsewhere, known, nothing, strict");
    }
}
