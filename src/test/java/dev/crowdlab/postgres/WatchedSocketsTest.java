package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class WatchedSocketsTest {

    @Test
    void theKernelAsksForSignsOfLife() throws IOException {
        try (Socket socket = new WatchedSockets(WatchedSockets.expect(Duration.ZERO)).createSocket()) {
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
        String expected = WatchedSockets.expect(Duration.ofSeconds(8));
        WatchedSockets factory = new WatchedSockets(expected);
        try (Socket refused = factory.createSocket();
                Socket used = factory.createSocket()) {
            assertThat(refused).isNotSameAs(used);
            assertThat(WatchedSockets.made(expected)).containsSame((WatchedSocket) used);
            factory.createSocket().close();
            assertThat(WatchedSockets.made(expected)).isEmpty();
        }
    }

    @Test
    void aHostHasItsWholeTimeHoweverLittleTheDriverHasLeft() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(full.getInetAddress(), full.getLocalPort());
            List<Socket> waiting = new ArrayList<>();
            try {
                // a queue that is full leaves the next connection without an answer
                for (int i = 0; i < 2; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(address, 1_000);
                }
                try (Socket patient =
                        new WatchedSockets(WatchedSockets.expect(Duration.ofMillis(700))).createSocket()) {
                    long begun = System.nanoTime();
                    assertThatThrownBy(() -> patient.connect(address, 1)).isInstanceOf(SocketTimeoutException.class);
                    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(600));
                }
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void aPinnedSocketGoesToItsAddressWhateverItIsTold() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            try (Socket socket = new PinnedSockets(PinnedSockets.argument(address)).createSocket()) {
                socket.connect(InetSocketAddress.createUnresolved("elsewhere", 1), 1_000);
                assertThat(socket.getRemoteSocketAddress()).isEqualTo(address);
            }
        }
    }

    @Test
    void noSocketIsConnectedByTheFactory() {
        InetAddress host = InetAddress.getLoopbackAddress();
        for (UnconnectedSockets factory :
                List.of(new WatchedSockets(WatchedSockets.expect(Duration.ZERO)), new PinnedSockets("127.0.0.1 1"))) {
            assertThatThrownBy(() -> factory.createSocket("localhost", 1))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> factory.createSocket("localhost", 1, host, 0))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> factory.createSocket(host, 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> factory.createSocket(host, 1, host, 0))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
