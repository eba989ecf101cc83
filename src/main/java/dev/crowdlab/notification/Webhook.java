package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.settings.WebhookSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts messages to an address, each four times at most, with growing pauses between. A message bears its event in the header
 * {@code X-Crowdlab-Event} and, where there is a secret, in {@code X-Crowdlab-Signature} the text {@code sha256=} and the hexadecimal
 * HMAC-SHA256 of its body. Nothing that this class says contains the address's path or the secret.
 */
public final class Webhook {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_OTHER = 300;

    /** Timeout of the request, too many requests; beyond these all from 500 on. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 429);

    private static final int FIRST_SERVER_ERROR = 500;
    private static final String ALGORITHM = "HmacSHA256";

    private final WebhookSettings settings;
    private final List<Duration> pauses;
    private final HttpClient client;

    /**
     * Prepares to send; connects to nothing.
     *
     * @param pauses between attempts, one less than there are attempts
     */
    Webhook(WebhookSettings settings, List<Duration> pauses) {
        this.settings = settings;
        this.pauses = List.copyOf(pauses);
        client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }

    /** Prepares to send; connects to nothing. */
    public Webhook(WebhookSettings settings) {
        this(settings, List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
    }

    /** Returns whether there are to be messages of the event. */
    public boolean wants(NightEvent event) {
        return settings.events().contains(event);
    }

    /**
     * Sends a message, a JSON document.
     *
     * @return empty if it was taken; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> send(NightEvent event, byte[] message) throws InterruptedException {
        HttpRequest request = request(event, message);
        for (Duration pause : pauses) {
            Attempt attempt = attempt(request);
            if (attempt.problem().isEmpty() || !attempt.isWorthAnother()) {
                return attempt.problem();
            }
            Thread.sleep(pause.toMillis());
        }
        return attempt(request).problem();
    }

    private HttpRequest request(NightEvent event, byte[] message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "crowdlab-etl")
                .header("X-Crowdlab-Event", event.text())
                .POST(BodyPublishers.ofByteArray(message));
        settings.secret()
                .ifPresent(secret -> request.header("X-Crowdlab-Signature", "sha256=" + sign(secret, message)));
        return request.build();
    }

    private static String sign(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has " + ALGORITHM, e);
        }
    }

    private Attempt attempt(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
            int status = response.statusCode();
            if (status >= FIRST_SUCCESS && status < FIRST_OTHER) {
                return new Attempt(Optional.empty(), false);
            }
            return new Attempt(
                    Optional.of("answered " + status),
                    status >= FIRST_SERVER_ERROR || WORTH_ANOTHER_TRY.contains(status));
        } catch (IOException e) {
            return new Attempt(Optional.of("cannot be reached (" + e.getClass().getSimpleName() + ")"), true);
        }
    }

    private record Attempt(Optional<String> problem, boolean isWorthAnother) {}
}
