package dev.crowdlab.settings;

import static dev.crowdlab.settings.ProgramSetting.METRICS_FILE;
import static dev.crowdlab.settings.ProgramSetting.METRICS_OTLP;
import static dev.crowdlab.settings.ProgramSetting.METRICS_OTLP_HEADERS;
import static dev.crowdlab.settings.ProgramSetting.METRICS_PUSHGATEWAY;
import static dev.crowdlab.settings.ProgramSetting.OPENLINEAGE_API_KEY;
import static dev.crowdlab.settings.ProgramSetting.OPENLINEAGE_NAMESPACE;
import static dev.crowdlab.settings.ProgramSetting.OPENLINEAGE_URL;
import static dev.crowdlab.settings.ProgramSetting.WEBHOOK_EVENTS;
import static dev.crowdlab.settings.ProgramSetting.WEBHOOK_FORMAT;
import static dev.crowdlab.settings.ProgramSetting.WEBHOOK_REPORT_URL;
import static dev.crowdlab.settings.ProgramSetting.WEBHOOK_SECRET;
import static dev.crowdlab.settings.ProgramSetting.WEBHOOK_URL;

import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings of telemetry: the webhook, the metrics and the lineage. */
final class TelemetrySettingsReader {

    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*=\\s*(\\S|\\S[\\x20-\\x7e]*\\S)");

    private static final Set<String> NOT_TO_SET =
            Set.of("connection", "content-encoding", "content-length", "content-type", "expect", "host", "upgrade");

    private final Section program;

    TelemetrySettingsReader(Section program) {
        this.program = program;
    }

    Optional<WebhookSettings> webhook() {
        if (!program.hasBeside(WEBHOOK_URL)) {
            return Optional.empty();
        }
        List<NightEvent> chosen = program.find(WEBHOOK_EVENTS).orElse(List.of(NightEvent.values()));
        Optional<URI> url = address(WEBHOOK_URL);
        if (!program.has(WEBHOOK_URL)) {
            program.problem(
                    WEBHOOK_URL, "is missing; give the address that messages go to, or leave out crowdlab.webhook");
        }
        Optional<String> secret = program.find(WEBHOOK_SECRET);
        if (secret.filter(String::isBlank).isPresent()) {
            program.problem(
                    WEBHOOK_SECRET,
                    "is empty; give the text that the receiver checks signatures with, or leave it out");
        }
        WebhookSettings.Format format = program.get(WEBHOOK_FORMAT);
        Optional<URI> reports = address(WEBHOOK_REPORT_URL);
        return url.map(address -> new WebhookSettings(address, secret, Set.copyOf(chosen), format, reports));
    }

    MetricsSettings metrics() {
        return new MetricsSettings(program.find(METRICS_FILE), address(METRICS_PUSHGATEWAY), otlp());
    }

    private Optional<OtlpSettings> otlp() {
        Map<String, String> headers = headers();
        if (!program.has(METRICS_OTLP) && program.has(METRICS_OTLP_HEADERS)) {
            program.problem(
                    METRICS_OTLP_HEADERS, "have no receiver; give the collector's address as otlp, or leave them out");
        }
        return address(METRICS_OTLP).map(url -> new OtlpSettings(url, headers));
    }

    /** As in {@code OTEL_EXPORTER_OTLP_HEADERS}. The values are not repeated in a problem. */
    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int number = 0;
        for (String text : program.find(METRICS_OTLP_HEADERS).orElse(List.of())) {
            number++;
            Matcher header = HEADER.matcher(text.strip());
            if (!header.matches()) {
                program.problem(METRICS_OTLP_HEADERS, "element " + number + " is not a header; write it as name=value");
            } else if (NOT_TO_SET.contains(header.group(1).toLowerCase(Locale.ROOT))) {
                program.problem(METRICS_OTLP_HEADERS, header.group(1) + " is set by the program; leave it out");
            } else {
                headers.put(header.group(1), header.group(2));
            }
        }
        return headers;
    }

    Optional<LineageSettings> lineage() {
        if (!program.hasBeside(OPENLINEAGE_URL)) {
            return Optional.empty();
        }
        if (!program.has(OPENLINEAGE_URL)) {
            program.problem(
                    OPENLINEAGE_URL,
                    "is missing; give the address that events go to, or leave out crowdlab.openlineage");
        }
        Optional<String> key = program.find(OPENLINEAGE_API_KEY);
        if (key.filter(text -> !text.matches("[\\x21-\\x7e]+")).isPresent()) {
            program.problem(
                    OPENLINEAGE_API_KEY, "is empty, or has spaces or other characters that a header cannot have");
        }
        String namespace = program.get(OPENLINEAGE_NAMESPACE);
        if (namespace.isBlank()) {
            program.problem(OPENLINEAGE_NAMESPACE, "is empty; give the namespace of the jobs, or leave it out");
        }
        return address(OPENLINEAGE_URL).map(url -> new LineageSettings(url, key, namespace));
    }

    /** The value is not repeated in a problem: it may contain a secret. */
    private Optional<URI> address(Setting<String> setting) {
        String text = program.text(setting);
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text.strip());
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // reported below, together with other schemes
        }
        program.problem(setting, "is not an address such as https://example.org/path, without user and password");
        return Optional.empty();
    }
}
