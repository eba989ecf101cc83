package dev.crowdlab.settings;

import static dev.crowdlab.settings.section.Setting.choice;
import static dev.crowdlab.settings.section.Setting.duration;
import static dev.crowdlab.settings.section.Setting.integer;
import static dev.crowdlab.settings.section.Setting.text;
import static dev.crowdlab.settings.section.Setting.texts;

import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The settings under {@code crowdlab} that are not a dataset's, each in one place, in the order of the page. */
public final class ProgramSetting {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    public static final Setting<String> SOURCE_URL =
            add(text("source.url", "where the queries run, if the annotations are in another database")
                    .orElse("the result database"));

    static final Setting<String> SOURCE_USERNAME = add(text(
            "source.username", "the user there; with a `source.url`, user and password are not those of the results"));

    static final Setting<String> SOURCE_PASSWORD = add(text("source.password", "the password of this user"));

    static final Setting<Integer> RETENTION_RUNS = add(integer(
                    "retention.runs",
                    1,
                    RetentionSettings.MAX_RUNS,
                    "how many published runs of a dataset keep their large tables")
            .or("2"));

    static final Setting<Duration> RETENTION_GRACE = add(duration(
                    "retention.grace",
                    "no run that was current less than this ago loses its large tables, however many `runs` are kept")
            .or("1h"));

    static final Setting<Duration> RETENTION_MAX_AGE = add(duration(
            "retention.max-age",
            "a published run closed longer ago than this (such as `P30D` or `30d`) loses them even if it is one of `runs`,"
                    + " unless it is current"));

    static final Setting<Duration> RETENTION_HISTORY = add(duration(
            "retention.history",
            "what [goes by the history](history.md#retention) of a published run without large tables is removed when it was closed"
                    + " longer ago than this (such as `P400D` or `400d`); without it it stays forever"));

    static final Setting<Duration> RETENTION_BATCH_METADATA = add(duration(
                    "retention.batch-metadata",
                    "how long Spring Batch's rows about a run without large tables are kept")
            .or("P30D"));

    static final Setting<Integer> RETENTION_REJECTED_ROWS = add(integer(
                    "retention.rejected-rows",
                    1,
                    RetentionSettings.MAX_REJECTED_ROWS,
                    "how many rejected rows of a run `rejected_row` holds for each source and reason; `rejected_count`"
                            + " counts them all")
            .or(String.valueOf(RejectedRows.DEFAULT_KEPT)));

    static final Setting<Duration> RETRY = add(duration(
                    "retry",
                    "how long to retry connecting while the database restarts, and to run a dataset again as a new run"
                            + " after a connection was lost; `0s`: never")
            .or("2m"));

    static final Setting<Duration> LOCK_TIMEOUT = add(duration(
                    "lock-timeout",
                    "how long a dataset waits for a lock on a table that it reads; then only this dataset fails; `0s`:"
                            + " without limit")
            .or("30s"));

    static final Setting<Duration> STANDBY_REPLAY = add(duration(
                    "standby.replay",
                    "if standbys stream from the server: how long a publication waits at most until they have replayed the"
                            + " new tables; `0s`: not at all ([why](connections.md#replicas-and-logical-replication))")
            .or("40s"));

    static final Setting<Duration> STANDBY_PLANNING = add(duration(
                    "standby.planning",
                    "how long it waits after that, which is how long planning a query may take there; `0s`: not at all")
            .or("5s"));

    static final Setting<Period> PERIODS = add(choice(
            "periods",
            Period.WEEK,
            "the length of the periods of `annotator_period`: `week` (from Monday, UTC) or `day`; a change is a reason to"
                    + " run again"));

    static final Setting<String> WEBHOOK_URL = add(text(
            "webhook.url",
            "the http or https address to which `run` posts [a message](telemetry.md#the-webhook) for each dataset, after"
                    + " its runs"));

    static final Setting<String> WEBHOOK_SECRET =
            add(text("webhook.secret", "the key with which the messages are signed"));

    static final Setting<List<NightEvent>> WEBHOOK_EVENTS = add(new Setting<>(
            "webhook.events",
            SettingType.anyOf(NightEvent.class),
            "",
            "all of them",
            "the events that are posted: `published`, `refused`, `failed`, `drift`",
            Set.of()));

    static final Setting<WebhookSettings.Format> WEBHOOK_FORMAT = add(choice(
            "webhook.format",
            WebhookSettings.Format.JSON,
            "for whom the messages are written: `json` for programs, one for each dataset; `slack` or `teams` for"
                    + " [a chat](telemetry.md#a-chat), one for each call"));

    static final Setting<String> WEBHOOK_REPORT_URL = add(text(
            "webhook.report-url",
            "the http or https address under which the folder of `run --report` can be read; a message in a chat"
                    + " then links to it"));

    static final Setting<Path> METRICS_FILE = add(path(
            "metrics.file",
            "/var/lib/node_exporter/crowdlab.prom",
            "a file that `run` replaces with its [metrics](telemetry.md#metrics), for the textfile collector of"
                    + " Prometheus' node exporter"));

    static final Setting<String> METRICS_PUSHGATEWAY = add(text(
            "metrics.pushgateway",
            "the http or https address of a Prometheus Pushgateway to which `run` pushes the same"));

    static final Setting<String> METRICS_OTLP = add(text(
            "metrics.otlp",
            "the http or https address at which an OpenTelemetry collector accepts metrics, such as"
                    + " `http://collector:4318/v1/metrics`, to which `run` pushes the same"));

    static final Setting<List<String>> METRICS_OTLP_HEADERS = add(texts(
            "metrics.otlp-headers", "headers for it, each as `name=value`, such as `Authorization=Bearer ${TOKEN}`"));

    static final Setting<String> OPENLINEAGE_URL = add(text(
            "openlineage.url",
            "the http or https address to which `run` posts [events of OpenLineage](telemetry.md#lineage), such as"
                    + " `http://marquez:5000/api/v1/lineage`"));

    static final Setting<String> OPENLINEAGE_API_KEY =
            add(text("openlineage.api-key", "sent with them as a bearer token"));

    static final Setting<String> OPENLINEAGE_NAMESPACE =
            add(text("openlineage.namespace", "the namespace of the jobs in them; a job is named after its dataset")
                    .or(LineageSettings.DEFAULT_NAMESPACE));

    static final Setting<Integer> THREADS =
            add(integer("threads", 1, 1_024, "how many threads analyze a dataset; results do not depend on it")
                    .or(String.valueOf(Runtime.getRuntime().availableProcessors()))
                    .orElse("processors"));

    static final Setting<Integer> BLOCK_ROWS = add(integer(
                    "block-rows",
                    1,
                    1_000_000,
                    "how many rows are moved at a time between the database and the job; results do not depend on it")
            .or(String.valueOf(EngineSettings.DEFAULT_BLOCK_ROWS)));

    static final Setting<Path> EMBEDDED_DIRECTORY =
            add(path("embedded.directory", ".crowdlab", "where the embedded database is stored")
                    .or(".crowdlab"));

    static final Setting<Integer> EMBEDDED_PORT =
            add(integer("embedded.port", 1, 65_535, "the port of the embedded database")
                    .or("54329"));

    private ProgramSetting() {}

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }

    private static Setting<Path> path(String name, String example, String meaning) {
        return new Setting<>(name, SettingType.path(example), "", "", meaning, Set.of());
    }

    /** All of them, in the order of the page. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }
}
