package dev.crowdlab.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.HttpReceiver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final Delivery delivery = new Delivery(List.of(Duration.ofMillis(10)));
    private HttpReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new HttpReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Request request() {
        return Request.post(URI.create(receiver.address() + "/x"), "text/plain", new byte[] {'a'});
    }

    @Test
    void aRefusedKeyIsSaidAndNotTriedAgain() throws InterruptedException {
        receiver.answering(401, 407);
        assertThat(delivery.send(request())).contains("answered 401");
        assertThat(delivery.send(request())).contains("answered 407");
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void aHeaderThatCannotBeSentIsNotQuoted() throws InterruptedException {
        assertThat(delivery.send(request().with("Authorization", "Bearer pa55\nword")))
                .contains("cannot be sent to: its address or a header is not valid");
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void anotherHeaderOfTheSameNameTakesThePlaceOfOurs() throws InterruptedException {
        assertThat(delivery.send(request().with("user-agent", "another"))).isEmpty();
        assertThat(receiver.received().get(0).headers())
                .containsEntry("user-agent", "another")
                .containsEntry("content-type", "text/plain");
    }
}
