package dev.crowdlab.notification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Pushes metrics to a Prometheus Pushgateway, in place of those of the call before. */
public final class Pushgateway {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SUCCESSES = 2;
    private static final int HUNDRED = 100;

    private final URI address;

    public Pushgateway(URI address) {
        this.address = address;
    }

    /**
     * Pushes the metrics under the job {@code crowdlab}.
     *
     * @return empty if they were taken; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> push(NightMetrics metrics) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address.toString().replaceFirst("/+$", "") + "/metrics/job/crowdlab"))
                .timeout(TIMEOUT)
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .PUT(BodyPublishers.ofString(metrics.text()))
                .build();
        try {
            HttpResponse<Void> response =
                    HttpClient.newBuilder().connectTimeout(TIMEOUT).build().send(request, BodyHandlers.discarding());
            return response.statusCode() / HUNDRED == SUCCESSES
                    ? Optional.empty()
                    : Optional.of("answered " + response.statusCode());
        } catch (IOException e) {
            return Optional.of("cannot be reached (" + e.getClass().getSimpleName() + ")");
        }
    }
}
