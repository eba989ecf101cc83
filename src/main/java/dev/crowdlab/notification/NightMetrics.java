package dev.crowdlab.notification;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.settings.OtlpSettings;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a call measured, in the text format of Prometheus and for an OpenTelemetry collector. Thread-safe. */
public final class NightMetrics {

    private static final String DATASET = "dataset";
    private static final String SECONDS = "seconds";
    private static final double MILLIS = 1_000;

    private static final String STEP = "step";

    /**
     * What is taken of Spring Batch's observations. Timers of every block of rows would be nine tenths of all lines,
     * and the one of the whole job says nothing that {@code crowdlab.run.duration} does not.
     */
    private static final String STEP_OBSERVATION = "spring.batch.step";

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final Optional<OtlpCollector> collector;
    private final Map<List<String>, AtomicLong> rows = new ConcurrentHashMap<>();

    /**
     * Nothing measured yet.
     *
     * @param otlp the collector; empty: none
     */
    public NightMetrics(Optional<OtlpSettings> otlp) {
        registry.add(prometheus);
        registry.config().meterFilter(new StepTimer());
        collector = otlp.map(settings -> new OtlpCollector(settings, new Delivery()));
        collector.ifPresent(receiver -> registry.add(receiver.registry()));
    }

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
        register(name, description, Tags.of(DATASET, dataset), value);
    }

    /** Adds a moment about the whole call, as seconds since 1970. */
    public void add(String name, String description, Instant moment) {
        register(name + "." + SECONDS, description, Tags.empty(), moment.toEpochMilli() / MILLIS);
    }

    /** Where the observations of a dataset's runs go: a timer of each step. */
    public ObservationRegistry observations(String dataset) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationPredicate((name, context) -> name.equals(STEP_OBSERVATION))
                .observationHandler(new DefaultMeterObservationHandler(registry, IgnoredMeters.LONG_TASK_TIMER))
                .observationFilter(context -> context.addLowCardinalityKeyValue(KeyValue.of(DATASET, dataset)));
        return observations;
    }

    /** Sets how many rows a step has moved, in place of the count of an earlier attempt of the same step. */
    public void setRows(String dataset, String step, long rowCount) {
        rows.computeIfAbsent(List.of(dataset, step), key -> {
                    AtomicLong count = new AtomicLong();
                    register("step.rows", "Rows that the step moved.", Tags.of(DATASET, dataset, STEP, step), count);
                    return count;
                })
                .set(rowCount);
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
                "Annotators who agree less with the consensus than chance would explain.",
                state.dataset(),
                state.driftingAnnotators().size());
        state.agreement()
                .forEach((statistic, value) -> register(
                        "agreement",
                        "Agreement of the annotators of the published result.",
                        Tags.of(DATASET, state.dataset(), "statistic", statistic),
                        value));
        state.findings()
                .forEach((code, severity) -> register(
                        "findings",
                        "1 for each warning or failure that the last run found.",
                        Tags.of(DATASET, state.dataset(), "code", code, "severity", severity),
                        1));
        state.rejectedRows()
                .forEach((kind, count) -> register(
                        "rejected.rows",
                        "Rows of the last run that could not be used.",
                        Tags.of(
                                DATASET,
                                state.dataset(),
                                "source",
                                kind.substring(0, kind.indexOf(' ')),
                                "reason",
                                kind.substring(kind.indexOf(' ') + 1)),
                        count));
    }

    /**
     * Renames Spring Batch's timer of a step and leaves it the dataset and the step as labels: with those of its own
     * (name, job, type, status, error) the timers would be five sixths of all bytes.
     */
    private static final class StepTimer implements MeterFilter {

        @Override
        public Meter.Id map(Meter.Id id) {
            return id.getName().equals(STEP_OBSERVATION)
                    ? new Meter.Id(
                            "crowdlab.step",
                            Tags.of(DATASET, tag(id, DATASET), STEP, tag(id, "spring.batch.step.name")),
                            id.getBaseUnit(),
                            "How long the step took.",
                            id.getType())
                    : id;
        }

        private static String tag(Meter.Id id, String key) {
            return requireNonNull(id.getTag(key), key);
        }
    }

    private void moment(String name, String description, DatasetState state, @Nullable Instant moment) {
        if (moment != null) {
            add(name + "." + SECONDS, description, state.dataset(), moment.toEpochMilli() / MILLIS);
        }
    }

    private void register(String name, String description, Tags tags, Number value) {
        Gauge.builder("crowdlab." + name, () -> value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Returns all numbers in the text format of Prometheus. */
    public String text() {
        return prometheus.scrape();
    }

    /**
     * Pushes all numbers to the collector. Nothing can be added afterwards.
     *
     * @return empty if they were taken, or there is no collector; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> push() throws InterruptedException {
        return collector.isPresent() ? collector.get().push() : Optional.empty();
    }
}
