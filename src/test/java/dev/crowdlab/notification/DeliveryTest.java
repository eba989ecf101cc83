package dev.crowdlab.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.HttpReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeliveryTest {

    private static final Delivery IMPATIENT = new Delivery(List.of(), Duration.ofSeconds(1));

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

    @Test
    @Timeout(60)
    void aReceiverThatTakesNothingIsGivenUp() throws IOException, InterruptedException {
        try (ServerSocket listening = listening()) {
            assertThat(IMPATIENT.send(request(listening, 16_000_000)))
                    .contains("cannot be reached (SocketTimeoutException)");
        }
    }

    @Test
    @Timeout(60)
    void aReceiverWhoseAnswerNeverEndsIsGivenUp() throws IOException, InterruptedException {
        try (ServerSocket listening = listening()) {
            answer(listening, answer -> {
                answer.write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
                for (int i = 0; i < 200; i++) {
                    answer.write('x');
                    Thread.sleep(100);
                }
            });
            assertThat(IMPATIENT.send(request(listening, 1))).contains("cannot be reached (SocketTimeoutException)");
        }
    }

    @Test
    void whatIsNoAnswerIsNotCalledOne() throws IOException, InterruptedException {
        try (ServerSocket listening = listening()) {
            answer(listening, answer -> answer.write("\0\033[31m\r\n\r\n".getBytes(UTF_8)));
            assertThat(IMPATIENT.send(request(listening, 1))).contains("gave no HTTP answer");
        }
    }

    private static ServerSocket listening() throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReceiveBufferSize(4_096);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return listening;
    }

    private static Request request(ServerSocket listening, int length) {
        URI address = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/x");
        return Request.post(address, "text/plain", new byte[length]);
    }

    private interface Answer {
        void write(OutputStream target) throws IOException, InterruptedException;
    }

    /** Answers the first request, whatever it is. */
    private static void answer(ServerSocket listening, Answer answer) {
        Thread thread = new Thread(() -> {
            try (Socket socket = listening.accept()) {
                socket.getInputStream().read();
                answer.write(socket.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // the sender has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
