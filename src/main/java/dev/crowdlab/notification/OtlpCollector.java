package dev.crowdlab.notification;

import dev.crowdlab.settings.OtlpSettings;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pushes metrics to an OpenTelemetry collector, once, as protobuf over HTTP. Nothing that it says contains the
 * address's path or a header.
 */
final class OtlpCollector {

    private final OtlpMeterRegistry registry;
    private final Delivery delivery;
    private volatile boolean isPushing;
    private volatile Optional<String> problem = Optional.empty();

    /** Prepares to push; connects to nothing. */
    OtlpCollector(OtlpSettings settings, Delivery delivery) {
        this.delivery = delivery;
        registry = OtlpMeterRegistry.builder(new Config(settings))
                .clock(Clock.SYSTEM)
                .metricsSender(this::send)
                .build();
    }

    /** The metrics that will be pushed. */
    MeterRegistry registry() {
        return registry;
    }

    /**
     * Pushes the metrics.
     *
     * @return empty if they were taken; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<String> push() throws InterruptedException {
        isPushing = true;
        registry.close();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return problem;
    }

    /** Throws nothing, since the library would log it together with the address. */
    private void send(OtlpMetricsSender.Request metrics) {
        if (problem.isPresent()) {
            return; // the rest of metrics of which the collector did not take the first part
        }
        Request request = Request.post(
                URI.create(String.valueOf(metrics.getAddress())), "application/x-protobuf", metrics.getMetricsData());
        metrics.getHeaders().forEach(request::with);
        try {
            problem = delivery.send(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The settings that are not the library's defaults. Variables of the environment do not count. */
    private final class Config implements OtlpConfig {

        private final OtlpSettings settings;

        Config(OtlpSettings settings) {
            this.settings = settings;
        }

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        /** False until the end, so that no thread pushes in between. */
        @Override
        public boolean enabled() {
            return isPushing;
        }

        @Override
        public String url() {
            return settings.url().toString();
        }

        @Override
        public Map<String, String> headers() {
            return settings.headers();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return Map.of("service.name", "crowdlab-etl");
        }

        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }
}
