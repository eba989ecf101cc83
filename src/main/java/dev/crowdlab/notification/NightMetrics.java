package dev.crowdlab.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call measured, as gauges in the text format of Prometheus. Not safe for use by several threads. */
public final class NightMetrics {

    private static final String SECONDS = "seconds";
    private static final double MILLIS = 1_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Adds a number about the whole call.
     *
     * @param name words separated by dots, without the prefix crowdlab
     */
    public void add(String name, String description, double value) {
        register(name, description, Tags.empty(), value);
    }

    /** Adds a number about a dataset. */
    public void add(String name, String description, String dataset, double value) {
        register(name, description, Tags.of("dataset", dataset), value);
    }

    /** Adds a moment about the whole call, as seconds since 1970. */
    public void add(String name, String description, Instant moment) {
        register(name + "." + SECONDS, description, Tags.empty(), moment.toEpochMilli() / MILLIS);
    }

    /** Adds what is known of a dataset from the database. */
    public void add(DatasetState state) {
        moment("published.timestamp", "When the published result was published.", state, state.publishedAt());
        moment(
                "newest.annotation.timestamp",
                "The newest annotation of the published result.",
                state,
                state.newestAnnotation());
        add(
                "drifting.annotators",
                "Annotators who agree less with the consensus than chance explains.",
                state.dataset(),
                state.driftingAnnotators().size());
        state.rejectedRows()
                .forEach((kind, count) -> register(
                        "rejected.rows",
                        "Rows of the last run that could not be used.",
                        Tags.of(
                                "dataset", state.dataset(),
                                "source", kind.substring(0, kind.indexOf(' ')),
                                "reason", kind.substring(kind.indexOf(' ') + 1)),
                        count));
    }

    private void moment(String name, String description, DatasetState state, @Nullable Instant moment) {
        if (moment != null) {
            add(name + "." + SECONDS, description, state.dataset(), moment.toEpochMilli() / MILLIS);
        }
    }

    private void register(String name, String description, Tags tags, double value) {
        Gauge.builder("crowdlab." + name, () -> value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Returns all numbers in the text format. */
    public String text() {
        return registry.scrape();
    }
}
