package dev.crowdlab.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where metrics of a call go, in the text format of Prometheus.
 *
 * @param file that a node exporter collects; empty: none
 * @param pushgateway http or https address of a Pushgateway; empty: none
 */
public record MetricsSettings(Optional<Path> file, Optional<URI> pushgateway) {

    /** No metrics. */
    public static final MetricsSettings NONE = new MetricsSettings(Optional.empty(), Optional.empty());

    /** Returns whether metrics are wanted at all. */
    public boolean isWanted() {
        return file.isPresent() || pushgateway.isPresent();
    }
}
