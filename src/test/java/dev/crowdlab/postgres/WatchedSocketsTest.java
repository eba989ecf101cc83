package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
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
        for (UnconnectedSockets factory : List.of(new WatchedSockets("none"), new PinnedSockets("127.0.0.1 1"))) {
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
