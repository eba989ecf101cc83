package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.settings.WebhookSettings;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts messages to an address, as {@link Delivery} does. A message bears its event in the header {@code
 * X-Crowdlab-Event} and, where there is a secret, in {@code X-Crowdlab-Signature} the text {@code sha256=} and the
 * hexadecimal HMAC-SHA256 of its body. Nothing that this class says contains the address's path or the secret.
 */
public final class Webhook {

    private static final String ALGORITHM = "HmacSHA256";

    private final WebhookSettings settings;
    private final Delivery delivery;

    /**
     * Prepares to send; connects to nothing.
     *
     * @param pauses between attempts, one less than there are attempts
     */
    Webhook(WebhookSettings settings, List<Duration> pauses) {
        this.settings = settings;
        delivery = new Delivery(pauses);
    }

    /** Prepares to send; connects to nothing. */
    public Webhook(WebhookSettings settings) {
        this.settings = settings;
        delivery = new Delivery();
    }

    /**
     * Sends a message, a JSON document.
     *
     * @return empty if it was taken; otherwise why not, as the end of a sentence
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> send(NightEvent event, byte[] message) throws InterruptedException {
        return delivery.send(request(event, message));
    }

    private Request request(NightEvent event, byte[] message) {
        Request request =
                Request.post(settings.url(), "application/json", message).with("X-Crowdlab-Event", event.text());
        settings.secret().ifPresent(secret -> request.with("X-Crowdlab-Signature", "sha256=" + sign(secret, message)));
        return request;
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
}
