package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a run says, as one JSON object a line, where Boot's setting asks for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructuredLogIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeAll
    void fill() throws Exception {
        warehouse = Warehouse.with("colors", "shapes");
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void everyLineOfARunIsAnObjectThatNamesDatasetRunAndStep() throws Exception {
        Program.Result result = structured("logstash").callInNewProcess(directory, "run", "--force", "--parallel", "2");
        assertThat(result.exitCode()).as(result.out()).isZero();
        List<JsonNode> events = parse(result.out());
        for (String dataset : List.of("colors", "shapes")) {
            List<JsonNode> own = events.stream()
                    .filter(event -> event.path("dataset").asText().equals(dataset))
                    .toList();
            String run =
                    warehouse.value("select max(run_id)::text from crowdlab.run where dataset = '" + dataset + "'");
            assertThat(own).allMatch(event -> event.path("run").asText().equals(run));
            JsonNode read = withValue(own, "step", "readAnnotations");
            assertThat(read.path("rows").asInt()).isEqualTo(Warehouse.ANNOTATION_ROWS);
            assertThat(withValue(own, "step", "writeDetailedLabelQuality")
                            .path("level")
                            .asText())
                    .isEqualTo("INFO");
            JsonNode end = withValue(own, "status", "PUBLISHED");
            assertThat(end.path("exit_code").asInt(-1)).isZero();
            assertThat(end.path("became_current").asBoolean()).isTrue();
            assertThat(end.path("num_examples").asInt()).isEqualTo(Warehouse.EXAMPLES);
            assertThat(end.has("step")).isFalse();
        }
        assertThat(events).allMatch(event -> event.has("dataset"));
    }

    @Test
    @Tag("slow")
    void aDryRunHasNoNumber() throws Exception {
        Program.Result result =
                structured("logstash").callInNewProcess(directory, "run", "--dry-run", "--dataset", "shapes");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(parse(result.out()))
                .allMatch(event -> event.path("dataset").asText().equals("shapes") && !event.has("run"))
                .anyMatch(event -> event.path("message").asText().contains("of memory"))
                .anyMatch(event -> event.path("status").asText().equals("DRY_RUN"));
    }

    @Test
    @Tag("slow")
    void failuresAndRefusalsAreErrorsWithTheirReason() throws Exception {
        Program.Result refused = structured("ecs")
                .with("crowdlab.datasets.colors.checks.min-examples", "1000")
                .with("crowdlab.datasets.broken.annotations-query", "select 1 as nothing")
                .callInNewProcess(directory, "run", "--force", "--dataset", "colors", "--dataset", "broken");
        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(ExitCode.FAILED);
        List<JsonNode> events = parse(refused.out());
        assertThat(withValue(events, "code", "MIN_EXAMPLES").at("/log/level").asText())
                .isEqualTo("ERROR");
        assertThat(withValue(events, "status", "REFUSED").path("exit_code").asInt())
                .isEqualTo(ExitCode.REFUSED);
        JsonNode broken = withValue(events, "status", "FAILED");
        assertThat(broken.path("dataset").asText()).isEqualTo("broken");
        assertThat(broken.path("message").asText()).contains("example_id");
    }

    @Test
    @Tag("slow")
    void whyTheProgramEndsIsAnObjectTooAndItsTraceIfAskedFor() throws Exception {
        Program lost = structured("logstash")
                .with("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/none")
                .with("crowdlab.retry", "0s");
        JsonNode event = parse(lost.callInNewProcess(directory, "runs").out()).get(0);
        assertThat(event.path("level").asText()).isEqualTo("ERROR");
        assertThat(event.path("message").asText()).startsWith("The database cannot be reached");
        assertThat(event.has("stack_trace")).isFalse();
        Program.Result verbose = lost.callInNewProcess(directory, "runs", "--verbose");
        assertThat(verbose.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(parse(verbose.out()))
                .anyMatch(other -> other.path("stack_trace").asText().contains("Exception"));
    }

    @Test
    @Tag("slow")
    void whoDoesNotAskForItGetsPlainLines() throws Exception {
        Program.Result plain = warehouse.program().callInNewProcess(directory, "run", "--force", "--dataset", "colors");
        assertThat(plain.exitCode()).as(plain.out()).isZero();
        assertThat(plain.out()).contains("colors: note. 1 of 121 annotations").doesNotContain("{");
    }

    private Program structured(String format) {
        return warehouse.program().with("logging.structured.format.console", format);
    }

    private static List<JsonNode> parse(String output) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : output.lines().toList()) {
            JsonNode event = JSON.readTree(line);
            assertThat(event.isObject()).as(line).isTrue();
            assertThat(event.path("message").asText()).as(line).isNotEmpty();
            events.add(event);
        }
        assertThat(events).isNotEmpty();
        return events;
    }

    private static JsonNode withValue(List<JsonNode> events, String key, String value) {
        return events.stream()
                .filter(event -> event.path(key).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event has " + key + " " + value + ": " + events));
    }
}
