package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class WatchedSocketsTest {

    @Test
    void theKernelAsksForSignsOfLife() throws IOException {
        try (Socket socket = new WatchedSockets("none").createSocket()) {
            assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                        .isEqualTo(10);
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT))
                        .isEqualTo(6);
            }
        }
    }

    @Test
    void aConnectionIsToldWhichSocketItUsesAndNotOneThatIsMadeLater() throws IOException {
        String expected = WatchedSockets.expect();
        WatchedSockets factory = new WatchedSockets(expected);
        try (Socket refused = factory.createSocket();
                Socket used = factory.createSocket()) {
            assertThat(refused).isNotSameAs(used);
            assertThat(WatchedSockets.made(expected)).containsSame((WatchedSocket) used);
            factory.createSocket().close();
            assertThat(WatchedSockets.made(expected)).isEmpty();
        }
    }
}
