package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.settings.WebhookSettings;
import dev.crowdlab.testing.HttpReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final byte[] MESSAGE = "{\"event\": \"failed\"}".getBytes(UTF_8);

    private HttpReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new HttpReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Webhook webhook(Optional<String> secret) {
        return new Webhook(
                new WebhookSettings(
                        URI.create(receiver.address() + "/hooks/a?b=c"),
                        secret,
                        Set.of(NightEvent.FAILED),
                        WebhookSettings.Format.JSON,
                        Optional.empty()),
                List.of(Duration.ofMillis(10), Duration.ofMillis(20)));
    }

    /** The signature is what {@code openssl dgst -sha256 -hmac Jefe} gives for the same text. */
    @Test
    void aMessageIsPostedAndSigned() throws InterruptedException {
        assertThat(webhook(Optional.of("Jefe")).send(NightEvent.FAILED, "what do ya want for nothing?".getBytes(UTF_8)))
                .isEmpty();
        assertThat(receiver.received()).hasSize(1);
        HttpReceiver.Received request = receiver.received().get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /hooks/a?b=c");
        assertThat(request.body()).asString(UTF_8).isEqualTo("what do ya want for nothing?");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-crowdlab-event", "failed")
                // RFC 4231, test case 2
                .containsEntry(
                        "x-crowdlab-signature",
                        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void withoutASecretThereIsNoSignature() throws InterruptedException {
        assertThat(webhook(Optional.empty()).send(NightEvent.FAILED, MESSAGE)).isEmpty();
        assertThat(receiver.received().get(0).headers()).doesNotContainKey("x-crowdlab-signature");
    }

    @Test
    void anAnswerThatMayChangeIsAskedForAgain() throws InterruptedException {
        receiver.answering(503, 429);
        assertThat(webhook(Optional.empty()).send(NightEvent.FAILED, MESSAGE)).isEmpty();
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void afterTheLastAttemptItIsGivenUp() throws InterruptedException {
        receiver.answering(500, 502, 503, 504);
        assertThat(webhook(Optional.empty()).send(NightEvent.FAILED, MESSAGE)).contains("answered 503");
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void aRefusalAndARedirectAreFinal() throws InterruptedException {
        receiver.answering(404, 302);
        assertThat(webhook(Optional.empty()).send(NightEvent.FAILED, MESSAGE)).contains("answered 404");
        assertThat(webhook(Optional.empty()).send(NightEvent.FAILED, MESSAGE)).contains("answered 302");
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void nobodyThereIsAProblemThatDoesNotRepeatTheAddress() throws InterruptedException {
        receiver.close();
        assertThat(webhook(Optional.of("secret")).send(NightEvent.FAILED, MESSAGE))
                .contains("cannot be reached (ConnectException)");
    }

    @Test
    void settingsDoNotPrintTheirSecrets() {
        assertThat(new WebhookSettings(
                        URI.create("https://example.org/s3cret"),
                        Optional.of("hush"),
                        Set.of(),
                        WebhookSettings.Format.JSON,
                        Optional.empty()))
                .asString()
                .doesNotContain("s3cret", "hush");
    }
}
