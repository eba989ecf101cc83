package dev.crowdlab.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where metrics of a call go.
 *
 * @param file that a node exporter collects, in the text format of Prometheus; empty: none
 * @param pushgateway http or https address of a Prometheus Pushgateway; empty: none
 * @param otlp an OpenTelemetry collector; empty: none
 */
public record MetricsSettings(Optional<Path> file, Optional<URI> pushgateway, Optional<OtlpSettings> otlp) {

    /** No metrics. */
    public static final MetricsSettings NONE =
            new MetricsSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns whether metrics are wanted at all. */
    public boolean isWanted() {
        return file.isPresent() || pushgateway.isPresent() || otlp.isPresent();
    }
}
