package dev.crowdlab.settings;

import dev.crowdlab.settings.RawSettings.RawLineage;
import dev.crowdlab.settings.RawSettings.RawMetrics;
import dev.crowdlab.settings.RawSettings.RawWebhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of telemetry: the webhook, the metrics and the lineage. */
final class TelemetrySettingsReader {

    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*=\\s*(\\S|\\S[\\x20-\\x7e]*\\S)");

    private static final Set<String> NOT_TO_SET =
            Set.of("connection", "content-encoding", "content-length", "content-type", "expect", "host", "upgrade");

    private final List<String> problems;

    TelemetrySettingsReader(List<String> problems) {
        this.problems = problems;
    }

    Optional<WebhookSettings> webhook(@Nullable RawWebhook raw) {
        if (raw == null) {
            return Optional.empty();
        }
        SettingParser values = new SettingParser("crowdlab.webhook", problems);
        Set<NightEvent> events = events(values, raw.events());
        Optional<URI> url = address(values, "url", raw.url());
        if (raw.url() == null) {
            values.problem("url", "is missing; give the address that messages go to, or leave out crowdlab.webhook");
        }
        if (raw.secret() != null && raw.secret().isBlank()) {
            values.problem(
                    "secret", "is empty; give the text that the receiver checks signatures with, or leave it out");
        }
        return url.map(address -> new WebhookSettings(address, Optional.ofNullable(raw.secret()), events));
    }

    private static Set<NightEvent> events(SettingParser values, @Nullable List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return EnumSet.allOf(NightEvent.class);
        }
        Set<NightEvent> events = EnumSet.noneOf(NightEvent.class);
        for (String text : texts) {
            events.add(values.choice("events", text, NightEvent.FAILED));
        }
        return events;
    }

    MetricsSettings metrics(@Nullable RawMetrics raw) {
        if (raw == null) {
            return MetricsSettings.NONE;
        }
        SettingParser values = new SettingParser("crowdlab.metrics", problems);
        Optional<Path> file = Optional.ofNullable(raw.file())
                .map(text -> values.directory("file", text, Path.of("/var/lib/node_exporter/crowdlab.prom")));
        return new MetricsSettings(file, address(values, "pushgateway", raw.pushgateway()), otlp(values, raw));
    }

    private static Optional<OtlpSettings> otlp(SettingParser values, RawMetrics raw) {
        Map<String, String> headers = headers(values, raw.otlpHeaders());
        if (raw.otlp() == null && raw.otlpHeaders() != null) {
            values.problem("otlp-headers", "have no receiver; give the collector's address as otlp, or leave them out");
        }
        return address(values, "otlp", raw.otlp()).map(url -> new OtlpSettings(url, headers));
    }

    /** As in {@code OTEL_EXPORTER_OTLP_HEADERS}. The values are not repeated in a problem. */
    private static Map<String, String> headers(SettingParser values, @Nullable List<String> texts) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int number = 0;
        for (String text : texts == null ? List.<String>of() : texts) {
            number++;
            Matcher header = HEADER.matcher(text.strip());
            if (!header.matches()) {
                values.problem("otlp-headers", "element " + number + " is not a header; write it as name=value");
            } else if (NOT_TO_SET.contains(header.group(1).toLowerCase(Locale.ROOT))) {
                values.problem("otlp-headers", header.group(1) + " is set by the program; leave it out");
            } else {
                headers.put(header.group(1), header.group(2));
            }
        }
        return headers;
    }

    Optional<LineageSettings> lineage(@Nullable RawLineage raw) {
        if (raw == null) {
            return Optional.empty();
        }
        SettingParser values = new SettingParser("crowdlab.openlineage", problems);
        if (raw.url() == null) {
            values.problem("url", "is missing; give the address that events go to, or leave out crowdlab.openlineage");
        }
        if (raw.apiKey() != null && !raw.apiKey().matches("[\\x21-\\x7e]+")) {
            values.problem("api-key", "is empty, or has spaces or other characters that a header cannot have");
        }
        if (raw.namespace() != null && raw.namespace().isBlank()) {
            values.problem("namespace", "is empty; give the namespace of the jobs, or leave it out");
        }
        String namespace = raw.namespace() == null ? LineageSettings.DEFAULT_NAMESPACE : raw.namespace();
        return address(values, "url", raw.url())
                .map(url -> new LineageSettings(url, Optional.ofNullable(raw.apiKey()), namespace));
    }

    /** The value is not repeated in a problem: it may contain a secret. */
    private static Optional<URI> address(SettingParser values, String key, @Nullable String text) {
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
        values.problem(key, "is not an address such as https://example.org/path, without user and password");
        return Optional.empty();
    }
}
