package dev.crowdlab.notification;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** Pushes metrics to a Prometheus Pushgateway, in place of those of the call before. */
public final class Pushgateway {

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
                .timeout(Delivery.TIMEOUT)
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .PUT(BodyPublishers.ofString(metrics.text()))
                .build();
        return new Delivery().send(request);
    }
}
