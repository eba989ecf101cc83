package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crowdlab.cli.terminal.JsonDocumentTest;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts read: the documents on standard output, and the summary of runs. */
class JsonOutputIT {

    private static final String ANNOTATIONS =
            "select n / 2 as example_id, n %% 2 as annotator_id, 'label %1$s' || n %% 2 as label, now() as annotated_at"
                    + " from generate_series(1, 20) n";

    @TempDir
    private static Path directory;

    private static TestDatabase database;

    /** One dataset that is published, one that a check refuses, one whose query fails as it is executed. */
    private static Program program;

    private static Path summary;
    private static Program.Result run;

    @BeforeAll
    static void run() {
        database = TestDatabase.create();
        summary = directory.resolve("summary.json");
        program = Program.on(database)
                .with("crowdlab.datasets.fine.annotations-query", ANNOTATIONS.formatted("é"))
                .with(
                        "crowdlab.datasets.fine.predictions-query",
                        "select n as example_id, 'label é' || c % 2 as label, 0.5 as probability"
                                + " from generate_series(0, 30) n, generate_series(0, 2) c where c < 2 or n = 30")
                .with("crowdlab.datasets.fine.consensus-methods", "best_quality,committee")
                .with("crowdlab.datasets.poor.annotations-query", ANNOTATIONS.formatted(""))
                .with("crowdlab.datasets.poor.checks.min-examples", "1000")
                .with(
                        "crowdlab.datasets.wrong.annotations-query",
                        "select n as example_id, n as annotator_id, (1 / (n - 5))::text as label from generate_series(1, 9) n");
        run = program.call("run", "--summary", summary.toString());
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void theSummaryTellsHowEachDatasetEnded() throws IOException {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
        JsonNode document = documented("run --summary", Files.readString(summary));
        assertThat(document.get("exit_code").intValue()).isEqualTo(1);
        assertThat(document.get("message").isNull()).isTrue();
        JsonNode fine = document.get("datasets").get(0);
        assertThat(fine.get("dataset").textValue()).isEqualTo("fine");
        assertThat(fine.get("status").textValue()).isEqualTo("PUBLISHED");
        assertThat(fine.get("exit_code").intValue()).isZero();
        assertThat(fine.get("became_current").booleanValue()).isTrue();
        assertThat(fine.get("counts").get("num_examples").longValue()).isEqualTo(11);
        assertThat(fine.get("counts").get("num_annotations").longValue()).isEqualTo(20);
        assertThat(fine.get("message").isNull()).isTrue();
        assertThat(fine.get("duration").doubleValue()).isPositive();
        JsonNode poor = document.get("datasets").get(1);
        assertThat(poor.get("status").textValue()).isEqualTo("REFUSED");
        assertThat(poor.get("exit_code").intValue()).isEqualTo(3);
        assertThat(poor.get("message").textValue()).contains("min-examples is 1000");
        assertThat(poor.get("findings").findValuesAsText("code")).contains("MIN_EXAMPLES");
        JsonNode wrong = document.get("datasets").get(2);
        assertThat(wrong.get("status").textValue()).isEqualTo("FAILED");
        assertThat(wrong.get("exit_code").intValue()).isEqualTo(1);
        assertThat(wrong.get("message").textValue()).contains("division by zero");
        assertThat(wrong.get("counts").isNull()).isTrue();
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(summary));
    }

    @Test
    void theRunsAndDatasetsAreListed() throws IOException {
        JsonNode runs = document("runs", 0).get("runs");
        assertThat(runs).hasSize(3);
        JsonNode first = runs.get(2);
        assertThat(first.get("run_id").longValue()).isEqualTo(1);
        assertThat(first.get("status").textValue()).isEqualTo("PUBLISHED");
        assertThat(first.get("is_current").booleanValue()).isTrue();
        assertThat(Instant.parse(first.get("as_of").textValue())).isBefore(Instant.now());
        assertThat(first.get("num_annotations").isIntegralNumber()).isTrue();
        assertThat(runs.get(0).get("num_annotations").isNull()).isTrue();
        assertThat(runs.get(0).get("reason").textValue()).contains("division by zero");
        JsonNode datasets = document("datasets", 0).get("datasets");
        assertThat(datasets.findValuesAsText("dataset")).containsExactly("fine", "poor", "wrong");
        assertThat(datasets.get(0).get("run_id").longValue()).isEqualTo(1);
        assertThat(datasets.get(1).get("run_id").isNull()).isTrue();
    }

    @Test
    void aRunIsShown() throws IOException {
        Program.Result shown = program.call("show", "1", "--output", "json");
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        JsonNode document = documented("show", shown.out());
        assertThat(document.get("run").get("num_annotations").longValue()).isEqualTo(20);
        assertThat(document.get("run").get("settings").get("annotations_query").textValue())
                .isEqualTo(ANNOTATIONS.formatted("é"));
        assertThat(document.get("run").get("hash").textValue()).matches("[0-9a-f]{64}");
        assertThat(document.get("tables").findValuesAsText("table_name")).contains("label_quality");
        assertThat(document.get("models").get(0).get("model").textValue()).isEqualTo("default");
        JsonNode methods = document.get("consensus_methods");
        assertThat(methods.findValuesAsText("consensus_method")).containsExactly("best_quality", "committee");
        assertThat(methods.get(0).get("is_published").booleanValue()).isTrue();
        assertThat(methods.get(0).get("estimated_accuracy").isNull()).isTrue();
        assertThat(methods.get(1).get("estimated_accuracy").doubleValue())
                .isBetween(
                        methods.get(1).get("lower").doubleValue(),
                        methods.get(1).get("upper").doubleValue());
        assertThat(document.get("experts")).hasSize(6);
        assertThat(document.get("annotators").get("num_annotators").intValue()).isEqualTo(2);
        assertThat(document.get("rejected_counts").get(0).get("num_rows").longValue())
                .isPositive();
        assertThat(document.get("findings").get(0).get("message").textValue()).isNotBlank();
    }

    @Test
    void whatIsWrongIsAnErrorAndNoDocument() {
        Program.Result unknown = program.call("show", "99", "--output", "json");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).startsWith("There is no run 99;");
        Program.Result format = program.call("runs", "--output", "xml");
        assertThat(format.exitCode()).isEqualTo(2);
        assertThat(format.err()).contains("--output").contains("'xml' is neither text nor json");
    }

    @Test
    void validationNamesProblemsInBothPlaces() throws IOException {
        JsonNode good = documented(
                "validate",
                program.call("validate", "--sample", "0", "--output", "json").out());
        assertThat(good.get("datasets").findValuesAsText("dataset")).containsExactly("fine", "poor", "wrong");
        assertThat(good.get("datasets").get(0).get("heap_bytes").longValue()).isPositive();
        assertThat(good.get("problems")).isEmpty();
        assertThat(document("validate", 2).get("problems").toString())
                .contains(
                        "crowdlab.datasets.wrong.annotations-query: failed while rows were read; PostgreSQL: division by zero");
        Program.Result bad = Program.on(database)
                .with("crowdlab.datasets.odd.annotations-query", "select 1 as example_id")
                .call("validate", "--output", "json");
        assertThat(bad.exitCode()).isEqualTo(2);
        JsonNode problems = documented("validate", bad.out()).get("problems");
        assertThat(problems).isNotEmpty();
        assertThat(bad.err()).contains(problems.get(0).textValue());
    }

    @Test
    @Tag("slow")
    void verificationNamesWhatDiffers() throws Exception {
        JsonNode good = document("verify", 0);
        assertThat(good.get("differences")).isEmpty();
        assertThat(good.get("datasets")).hasSize(3);
        database.execute("set session_replication_role = replica; update crowdlab.annotator_stats"
                + " set annotator_quality = annotator_quality / 2 where run_id = 1");
        try {
            JsonNode difference = document("verify", 3).get("differences").get(0);
            assertThat(difference.get("dataset").textValue()).isEqualTo("fine");
            assertThat(difference.get("run_id").longValue()).isEqualTo(1);
            assertThat(difference.get("table_name").textValue()).isEqualTo("annotator_stats");
            assertThat(difference.get("message").textValue())
                    .startsWith("Dataset 'fine', run 1: table annotator_stats");
            database.execute("alter table crowdlab.annotator_stats enable row level security");
            JsonNode hidden = document("verify", 3);
            assertThat(hidden.get("datasets")).isEmpty();
            assertThat(hidden.get("differences").get(0).get("dataset").isNull()).isTrue();
        } finally {
            database.execute("alter table crowdlab.annotator_stats disable row level security");
            database.execute("set session_replication_role = replica; update crowdlab.annotator_stats"
                    + " set annotator_quality = annotator_quality * 2 where run_id = 1");
        }
    }

    @Test
    void theSummaryTellsWhyNothingWasRun() throws IOException {
        Path file = Files.writeString(directory.resolve("old.json"), "of an earlier night");
        Program.Result result = program.call("run", "--dataset", "unheard-of", "--summary", file.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        JsonNode document = documented("run --summary", Files.readString(file));
        assertThat(document.get("exit_code").intValue()).isEqualTo(2);
        assertThat(document.get("message").textValue()).startsWith("There is no dataset 'unheard-of'");
        assertThat(document.get("datasets")).isEmpty();
        Files.delete(file);
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingIsDone() {
        Path file = directory.resolve("nowhere").resolve("summary.json");
        Program.Result result = Program.withoutDatabase()
                .with("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none")
                .call("run", "--summary", file.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("File " + file + " cannot be written;");
        assertThat(result.out()).isEmpty();
    }

    private static JsonNode document(String command, int exitCode) throws IOException {
        Program.Result result = program.call(command, "--output", "json");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return documented(command, result.out());
    }

    /** Parses a document that is all there is, and checks that the page names each of its keys. */
    private static JsonNode documented(String command, String text) throws IOException {
        JsonNode document = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(text);
        Set<String> keys = new TreeSet<>();
        addKeys(document, "", keys);
        assertThat(JsonDocumentTest.documented(command)).containsAll(keys);
        return document;
    }

    private static void addKeys(JsonNode node, String key, Set<String> keys) {
        if (!key.isEmpty()) {
            keys.add(key);
        }
        if (key.endsWith("findings[].wording")) { // its parts have their kinds as keys
            return;
        }
        if (node.isArray()) {
            node.forEach(element -> addKeys(element, key + "[]", keys));
        }
        if (node.isArray() && !key.isEmpty()) {
            keys.remove(key);
            keys.add(key + "[]");
        }
        if (node.isObject() && !key.equals("run.settings")) {
            node.properties()
                    .forEach(field ->
                            addKeys(field.getValue(), (key.isEmpty() ? "" : key + ".") + field.getKey(), keys));
        }
    }
}
