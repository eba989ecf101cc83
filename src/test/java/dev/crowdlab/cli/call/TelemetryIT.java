package dev.crowdlab.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.HttpReceiver;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private HttpReceiver receiver;
    private Warehouse warehouse;

    @BeforeEach
    void open() throws IOException, SQLException {
        receiver = new HttpReceiver();
        warehouse = Warehouse.with("moods");
    }

    @AfterEach
    void close() throws SQLException {
        receiver.close();
        warehouse.close();
    }

    private Program program() {
        return warehouse
                .program()
                .with("crowdlab.webhook.url", receiver.address() + "/s3cret-path")
                .with("crowdlab.webhook.secret", "hush");
    }

    private JsonNode message(int number) throws IOException {
        return JSON.readTree(receiver.received().get(number).body());
    }

    @Test
    void aPublicationIsToldAndNothingNewIsNot() throws IOException {
        assertThat(program().call("run").exitCode()).isZero();
        assertThat(receiver.received()).hasSize(1);
        JsonNode message = message(0);
        assertThat(message.path("event").asText()).isEqualTo("published");
        assertThat(message.path("exit_code").asInt(-1)).isZero();
        assertThat(message.path("run").path("dataset").asText()).isEqualTo("moods");
        assertThat(message.path("run").path("counts").path("num_examples").asInt())
                .isEqualTo(Warehouse.EXAMPLES);
        assertThat(message.path("sent_at").asText()).matches("20..-..-..T.*Z");
        assertThat(receiver.received().get(0).headers())
                .containsEntry("x-crowdlab-event", "published")
                .containsKey("x-crowdlab-signature");
        assertThat(program().call("run").exitCode()).isZero();
        assertThat(program().call("run", "--force", "--dry-run").exitCode()).isZero();
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void aRefusedRunIsToldWithItsReason() throws IOException {
        Program.Result result = program()
                .with("crowdlab.datasets.moods.checks.min-examples", "1000000")
                .call("run");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(message(0).path("event").asText()).isEqualTo("refused");
        assertThat(message(0).path("run").path("message").asText()).contains("checks.min-examples is 1000000");
    }

    @Test
    void aChatGetsOneMessageOfTheNightWithWhatToDo() throws IOException {
        Program.Result result = program()
                .with("crowdlab.webhook.format", "slack")
                .with("crowdlab.datasets.moods.checks.min-examples", "1000000")
                .call("run");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(receiver.received()).hasSize(1);
        assertThat(receiver.received().get(0).headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-crowdlab-event", "refused")
                .containsKey("x-crowdlab-signature");
        assertThat(message(0).path("text").asText()).isEqualTo("crowdlab-etl: 1 dataset not published.");
        assertThat(message(0).at("/blocks/1/text/text").asText())
                .startsWith("*not published* · moods\n")
                .contains("checks.min-examples is 1000000", "look at rejected_row");
    }

    @Test
    void teamsGetsACardOfAPublication() throws IOException {
        assertThat(program()
                        .with("crowdlab.webhook.format", "teams")
                        .call("run")
                        .exitCode())
                .isZero();
        assertThat(receiver.received()).hasSize(1);
        assertThat(message(0)
                        .at("/attachments/0/content/body/1/items/0/inlines/1/text")
                        .asText())
                .isEqualTo(" · moods");
    }

    @Test
    @Tag("slow")
    void onlyTheEventsThatAreAskedForAreSent() {
        assertThat(program()
                        .with("crowdlab.webhook.events", "failed, refused")
                        .call("run")
                        .exitCode())
                .isZero();
        assertThat(receiver.received()).isEmpty();
    }

    /** What is accepted by the system and never answered. */
    @Test
    @Tag("slow")
    void silentReceiversTogetherHoldTheCallForFifteenSecondsAndKeepNothingFromOthers() throws IOException {
        warehouse.program().call("run");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            long started = System.nanoTime();
            Program.Result result = program()
                    .with("crowdlab.metrics.pushgateway", address)
                    .with("crowdlab.metrics.otlp", address)
                    .with("crowdlab.openlineage.url", address)
                    .call("run", "--force");
            double seconds = (System.nanoTime() - started) / 1e9;
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(seconds).isBetween(15.0, 28.0);
            assertThat(result.err())
                    .contains(
                            "Warning. The metrics were not pushed: the Pushgateway had not taken everything after 15 s.")
                    .contains(
                            "Warning. The metrics were not pushed: the collector at 127.0.0.1 had not taken everything")
                    .contains("Warning. The lineage was not sent: 127.0.0.1 had not taken everything after 15 s.")
                    .doesNotContain("The webhook");
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    @Tag("slow")
    void anUnreachableDatabaseIsToldToo() throws IOException {
        Program.Result result = program()
                .with("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/nowhere")
                .with("crowdlab.retry", "0s")
                .call("run");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(message(0).path("event").asText()).isEqualTo("failed");
        assertThat(message(0).path("exit_code").asInt()).isEqualTo(5);
        assertThat(message(0).path("message").asText()).contains("127.0.0.1:1");
        assertThat(message(0).path("run").isNull()).isTrue();
    }

    @Test
    @Tag("slow")
    void aReceiverThatRefusesIsAWarningWithoutSecrets() {
        receiver.answering(410);
        Program.Result result = program().call("run");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("Warning. The webhook at 127.0.0.1 answered 410; messages not sent: 1.")
                .doesNotContain("s3cret-path", "hush");
    }

    @Test
    @Tag("slow")
    void annotatorsWhoDriftAreNamed() throws IOException, SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select 'weekly', 'd' || e, 'a' || w,
                    case when w = 1 and e > 150 then chr(97 + (e + 1) % 3) else chr(97 + e % 3) end,
                    timestamptz '2026-01-05 08:00Z' + (e - 1) / 30 * interval '7 days'
                from generate_series(1, 210) e, generate_series(1, 4) w""");
        Path file = directory.resolve("crowdlab.prom");
        Program night = program().with("crowdlab.metrics.file", file.toString());
        Program.Result first = night.call("run", "--dataset", "weekly", "--warnings-exit", "10");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(10);
        assertThat(first.out())
                .contains("weekly: warning. 1 annotator agrees less with the consensus than before: 'a1'; see"
                        + " annotator_periods.");
        String drift = "crowdlab_findings{code=\"DRIFT\",dataset=\"weekly\",severity=\"WARN\"} 1.0";
        assertThat(Files.readAllLines(file)).contains(drift);
        assertThat(program()
                        .call("run", "--dataset", "weekly", "--force", "--dry-run")
                        .out())
                .contains("1 annotator agrees less with the consensus than before: 'a1'");
        assertThat(receiver.received()).hasSize(2);
        assertThat(message(1).path("event").asText()).isEqualTo("drift");
        assertThat(message(1).path("drifting_annotators")).hasSize(1);
        assertThat(message(1).path("drifting_annotators").get(0).asText()).isEqualTo("a1");
        assertThat(night.call("run", "--dataset", "weekly").exitCode()).isZero();
        assertThat(Files.readAllLines(file))
                .as("the published result still has it")
                .contains(drift);
        warehouse.execute("delete from crowdlab.annotation where dataset = 'weekly' and annotator_id = 'a1'");
        assertThat(night.call("run", "--dataset", "weekly").exitCode()).isZero();
        assertThat(Files.readAllLines(file)).doesNotContain(drift);
    }

    @Test
    void metricsAreWrittenAndPushed() throws IOException {
        Path file = directory.resolve("crowdlab.prom");
        Files.writeString(file, "of the night before");
        Program.Result result = warehouse
                .program()
                .with("crowdlab.metrics.file", file.toString())
                .with("crowdlab.metrics.pushgateway", receiver.address() + "/")
                .call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .contains(
                        "crowdlab_exit_code 0.0",
                        "crowdlab_dataset_exit_code{dataset=\"moods\"} 0.0",
                        "crowdlab_examples{dataset=\"moods\"} " + Warehouse.EXAMPLES + ".0",
                        "crowdlab_rejected_rows{dataset=\"moods\",reason=\"MISSING_LABEL\",source=\"annotation\"} 1.0",
                        "crowdlab_drifting_annotators{dataset=\"moods\"} 0.0")
                .anyMatch(line -> line.startsWith("crowdlab_published_timestamp_seconds{dataset=\"moods\"} 1."))
                .anyMatch(line -> line.startsWith("crowdlab_run_duration_seconds{dataset=\"moods\"} "));
        assertThat(Files.list(directory)).containsExactly(file);
        HttpReceiver.Received pushed = receiver.received().get(0);
        assertThat(pushed.method() + " " + pushed.path()).isEqualTo("PUT /metrics/job/crowdlab");
        assertThat(pushed.body()).asString(UTF_8).isEqualTo(Files.readString(file));
    }

    @Test
    void otherUsersMayReadTheMetricsOfAServiceWhoseFilesAreItsOwn() throws Exception {
        Path file = directory.resolve("crowdlab.prom");
        Program.Result result = warehouse
                .program()
                .withUmask("077")
                .with("crowdlab.metrics.file", file.toString())
                .callInNewProcess(
                        directory,
                        "run",
                        "--summary",
                        directory.resolve("summary.json").toString());
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("summary.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theStepsOfARunAreMeasured() throws IOException {
        Path file = directory.resolve("crowdlab.prom");
        Program night = warehouse.program().with("crowdlab.metrics.file", file.toString());
        assertThat(night.call("run").exitCode()).isZero();
        assertThat(Files.readAllLines(file))
                .contains(
                        "crowdlab_step_rows{dataset=\"moods\",step=\"readAnnotations\"} " + Warehouse.ANNOTATION_ROWS
                                + ".0",
                        "crowdlab_step_rows{dataset=\"moods\",step=\"readPredictions\"} " + Warehouse.PREDICTION_ROWS
                                + ".0",
                        "crowdlab_step_rows{dataset=\"moods\",step=\"writeLabelQuality\"} " + Warehouse.EXAMPLES + ".0")
                .anyMatch(line ->
                        line.startsWith("crowdlab_agreement{dataset=\"moods\",statistic=\"krippendorff_alpha\"} 0."))
                .contains("crowdlab_step_seconds_count{dataset=\"moods\",step=\"analyze\"} 1")
                .anyMatch(line -> line.startsWith("crowdlab_step_seconds_sum{dataset=\"moods\",step=\"analyze\"} 0."))
                .anyMatch(line -> line.startsWith("crowdlab_step_seconds_max{dataset=\"moods\",step=\"analyze\"} 0."))
                .noneMatch(line -> line.contains("spring"));
        assertThat(Files.size(file)).as("the page says so").isBetween(8_000L, 14_000L);
        assertThat(night.call("run").exitCode()).isZero();
        assertThat(Files.readAllLines(file))
                .contains("crowdlab_step_seconds_count{dataset=\"moods\",step=\"skipRun\"} 1")
                .noneMatch(line -> line.contains("analyze"));
    }

    @Test
    void metricsArePushedToACollector() throws IOException {
        Program.Result result = warehouse
                .program()
                .with("crowdlab.metrics.otlp", receiver.address() + "/s3cret-path/v1/metrics")
                .with("crowdlab.metrics.otlp-headers", "Authorization=Bearer hush, x-scope=a=b")
                .call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(receiver.received()).hasSize(1);
        HttpReceiver.Received pushed = receiver.received().get(0);
        assertThat(pushed.method() + " " + pushed.path()).isEqualTo("POST /s3cret-path/v1/metrics");
        assertThat(pushed.headers())
                .containsEntry("content-type", "application/x-protobuf")
                .containsEntry("authorization", "Bearer hush")
                .containsEntry("x-scope", "a=b");
        ResourceMetrics metrics =
                ExportMetricsServiceRequest.parseFrom(pushed.body()).getResourceMetrics(0);
        assertThat(metrics.getResource().getAttributesList()).anySatisfy(attribute -> {
            assertThat(attribute.getKey()).isEqualTo("service.name");
            assertThat(attribute.getValue().getStringValue()).isEqualTo("crowdlab-etl");
        });
        Map<String, Double> gauges = new TreeMap<>();
        for (Metric metric : metrics.getScopeMetrics(0).getMetricsList()) {
            metric.getGauge()
                    .getDataPointsList()
                    .forEach(point -> gauges.put(named(metric, point), point.getAsDouble()));
        }
        assertThat(gauges)
                .containsEntry("crowdlab.exit.code", 0.0)
                .containsEntry("crowdlab.examples dataset=moods", (double) Warehouse.EXAMPLES)
                .containsEntry("crowdlab.rejected.rows dataset=moods reason=MISSING_LABEL source=annotation", 1.0);
        assertThat(result.out() + result.err()).doesNotContain("s3cret-path", "hush");
    }

    private static String named(Metric metric, NumberDataPoint point) {
        return point.getAttributesList().stream()
                .map(attribute ->
                        " " + attribute.getKey() + "=" + attribute.getValue().getStringValue())
                .sorted()
                .collect(Collectors.joining("", metric.getName(), ""));
    }

    @Test
    @Tag("slow")
    void aCollectorThatRefusesIsAWarningWithoutSecrets() {
        receiver.answering(403);
        Program.Result result = warehouse
                .program()
                .with("crowdlab.metrics.otlp", receiver.address() + "/s3cret-path/v1/metrics")
                .with("crowdlab.metrics.otlp-headers", "Authorization=Bearer hush")
                .call("run");
        assertThat(result.exitCode()).isZero();
        assertThat(receiver.received()).hasSize(1);
        assertThat(result.err())
                .contains("Warning. The metrics were not pushed: the collector at 127.0.0.1 answered 403.")
                .doesNotContain("s3cret-path", "hush");
    }

    @Test
    @Tag("slow")
    void metricsThatCannotBeWrittenAreAWarning() {
        Path file = directory.resolve("missing/crowdlab.prom");
        Program.Result result = warehouse
                .program()
                .with("crowdlab.metrics.file", file.toString())
                .call("run");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("Warning. The metrics were not written. File " + file
                        + " cannot be written: there is no directory " + directory.resolve("missing") + ".");
    }
}
