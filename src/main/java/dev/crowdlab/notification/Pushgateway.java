package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
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
        Request request = Request.put(
                URI.create(address.toString().replaceFirst("/+$", "") + "/metrics/job/crowdlab"),
                "text/plain; version=0.0.4; charset=utf-8",
                metrics.text().getBytes(UTF_8));
        return new Delivery().send(request);
    }
}
