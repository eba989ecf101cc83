package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.HttpReceiver;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as the specification 2-0-2 of OpenLineage and its facets require them, from runs on a database. */
class LineageIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HttpReceiver receiver;
    private Warehouse warehouse;

    @BeforeEach
    void open() throws IOException, SQLException {
        receiver = new HttpReceiver();
        warehouse = Warehouse.with("moods");
        warehouse.execute(
                "create table public.vote as select example_id, annotator_id, label from crowdlab.annotation where label is not null",
                "create view public.votes as select * from public.vote");
    }

    @AfterEach
    void close() throws SQLException {
        receiver.close();
        warehouse.close();
    }

    private Program program() {
        return warehouse
                .program()
                .with("crowdlab.openlineage.url", receiver.address() + "/s3cret-path/lineage")
                .with("crowdlab.openlineage.api-key", "hush");
    }

    private Program ofQuery() {
        return program().with("crowdlab.datasets.votes.annotations-query", "select * from public.votes");
    }

    /** The events, each with all that is required of any. */
    private List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (HttpReceiver.Received request : receiver.received()) {
            JsonNode event = JSON.readTree(request.body());
            assertThat(request.method() + " " + request.path()).isEqualTo("POST /s3cret-path/lineage");
            assertThat(request.headers()).containsEntry("authorization", "Bearer hush");
            assertThat(Instant.parse(event.path("eventTime").textValue())).isNotNull();
            assertThat(URI.create(event.path("producer").textValue()).isAbsolute())
                    .isTrue();
            assertThat(event.path("schemaURL").textValue())
                    .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
            assertThat(UUID.fromString(event.path("run").path("runId").textValue())
                            .variant())
                    .isEqualTo(2);
            assertThat(event.path("job").path("namespace").textValue()).isEqualTo("crowdlab");
            assertThat(event.path("job").path("name").textValue()).isNotEmpty();
            for (String sets : List.of("inputs", "outputs")) {
                assertThat(event.path(sets).isArray()).isTrue();
                event.path(sets).forEach(set -> {
                    assertThat(set.path("namespace").textValue()).startsWith("postgres://");
                    assertThat(set.path("name").textValue()).isNotEmpty();
                });
            }
            assertThat(event.path("eventType").textValue())
                    .isIn("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER");
            LineageFacets.assertAllowed(event);
            events.add(event);
        }
        return events;
    }

    private static String run(JsonNode event) {
        return event.path("run").path("runId").textValue();
    }

    private static JsonNode facet(JsonNode event, String of, String name) {
        return event.path(of).path("facets").path(name);
    }

    @Test
    void aPublishedRunHasABeginningAndAnEnd() throws IOException, SQLException {
        Program.Result result = ofQuery().call("run", "--dataset", "votes");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("eventType").textValue())
                .containsExactly("START", "COMPLETE");
        assertThat(run(events.get(1))).isEqualTo(run(events.get(0)));
        String database = warehouse.value("select current_database()");
        for (JsonNode event : events) {
            assertThat(event.path("job").path("name").textValue()).isEqualTo("votes");
            assertThat(facet(event, "job", "sql").path("query").textValue()).isEqualTo("select * from public.votes");
            assertThat(facet(event, "job", "sql").path("dialect").textValue()).isEqualTo("postgresql");
            assertThat(facet(event, "job", "jobType").path("processingType").textValue())
                    .isEqualTo("BATCH");
            assertThat(facet(event, "job", "jobType").path("integration").textValue())
                    .isEqualTo("CROWDLAB");
            assertThat(facet(event, "run", "crowdlab_run").path("run_id").asInt())
                    .isEqualTo(1);
            assertThat(facet(event, "run", "processing_engine").path("version").textValue())
                    .isNotEmpty();
            assertThat(Instant.parse(facet(event, "run", "nominalTime")
                            .path("nominalStartTime")
                            .textValue()))
                    .isEqualTo(
                            warehouse.value(
                                    "select to_char(as_of at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from crowdlab.run"));
            assertThat(event.path("inputs").findValuesAsText("name")).containsExactly(database + ".public.vote");
        }
        assertThat(events.get(0).path("outputs")).isEmpty();
        JsonNode labels = null;
        for (JsonNode output : events.get(1).path("outputs")) {
            labels = output.path("name").textValue().equals(database + ".crowdlab.label_quality") ? output : labels;
        }
        assertThat(labels).isNotNull();
        assertThat(labels.path("outputFacets")
                        .path("outputStatistics")
                        .path("rowCount")
                        .asInt())
                .isEqualTo(Warehouse.EXAMPLES);
        JsonNode fields = labels.path("facets").path("schema").path("fields");
        assertThat(fields.findValuesAsText("name")).startsWith("run_id", "example_id", "consensus_label");
        assertThat(fields.findValuesAsText("type")).startsWith("bigint", "text", "text", "double precision");
        assertThat(result.out() + result.err()).doesNotContain("s3cret-path", "hush");
    }

    @Test
    void aRunOfTheBuiltInTablesReadsTheseAndAnUnchangedOneEndsWell() throws IOException, SQLException {
        assertThat(program().call("run").exitCode()).isZero();
        assertThat(program().call("run").exitCode()).isZero();
        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("eventType").textValue())
                .containsExactly("START", "COMPLETE", "START", "COMPLETE");
        assertThat(run(events.get(2))).isNotEqualTo(run(events.get(0)));
        String database = warehouse.value("select current_database()");
        assertThat(events.get(0).path("inputs").findValuesAsText("name"))
                .containsExactly(database + ".crowdlab.annotation", database + ".crowdlab.prediction");
        assertThat(facet(events.get(0), "job", "sql").isMissingNode()).isTrue();
        assertThat(facet(events.get(3), "run", "crowdlab_run").path("status").textValue())
                .isEqualTo("SKIPPED");
    }

    @Test
    void aRefusedRunFailsWithItsReason() throws IOException {
        assertThat(program()
                        .with("crowdlab.datasets.moods.checks.min-examples", "1000000")
                        .call("run")
                        .exitCode())
                .isEqualTo(3);
        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("eventType").textValue())
                .containsExactly("START", "FAIL");
        assertThat(facet(events.get(1), "run", "crowdlab_run").path("status").textValue())
                .isEqualTo("REFUSED");
        JsonNode error = facet(events.get(1), "run", "errorMessage");
        assertThat(error.path("message").textValue()).contains("checks.min-examples is 1000000");
        assertThat(error.path("programmingLanguage").textValue()).isEqualTo("JAVA");
    }

    @Test
    void aFailedRunFailsWithItsReasonAndWroteThatAlone() throws IOException {
        assertThat(ofQuery()
                        .with(
                                "crowdlab.datasets.votes.predictions-query",
                                "select 1 / 0 as example_id, 'red' as label, 1.0 as probability")
                        .call("run", "--dataset", "votes")
                        .exitCode())
                .isNotZero();
        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("eventType").textValue())
                .containsExactly("START", "FAIL");
        assertThat(facet(events.get(1), "run", "crowdlab_run").path("status").textValue())
                .isEqualTo("FAILED");
        assertThat(facet(events.get(1), "run", "errorMessage").path("message").textValue())
                .contains("division by zero");
        assertThat(events.get(1).path("outputs").findValuesAsText("name"))
                .filteredOn(name -> name.contains("."))
                .singleElement()
                .asString()
                .endsWith(".crowdlab.run_check");
    }

    @Test
    void whoDoesNotTakeEventsIsAWarningWithoutSecrets() {
        receiver.answering(401);
        Program.Result result = program().call("run");
        assertThat(result.exitCode()).isZero();
        assertThat(receiver.received()).hasSize(1);
        assertThat(result.err())
                .contains("Warning. The lineage was not sent: 127.0.0.1 answered 401.")
                .doesNotContain("s3cret-path", "hush");
    }

    @Test
    void aDryRunTellsNothing() {
        assertThat(program().call("run", "--dry-run").exitCode()).isZero();
        assertThat(receiver.received()).isEmpty();
    }
}
