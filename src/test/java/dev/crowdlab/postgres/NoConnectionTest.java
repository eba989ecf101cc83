package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What is said of a server that takes the connection and does not let anybody in. */
class NoConnectionTest {

    @Test
    void silenceIsNamed() throws IOException {
        try (ServerSocket silent = socket()) {
            assertThatThrownBy(() -> connect(silent, "&socketTimeout=1"))
                    .isInstanceOf(NoConnectionException.class)
                    .hasMessageEndingWith("PostgreSQL: The connection attempt failed. (Read timed out)");
        }
    }

    @Test
    void aClosedConnectionIsNamed() throws IOException {
        try (ServerSocket closing = socket()) {
            Thread server = new Thread(() -> closeNext(closing));
            server.start();
            assertThatThrownBy(() -> connect(closing, ""))
                    .isInstanceOf(NoConnectionException.class)
                    .hasMessageMatching(
                            ".*PostgreSQL: The connection attempt failed\\. \\((the server closed it|Connection reset)\\)");
        }
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static void closeNext(ServerSocket server) {
        try {
            server.accept().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void connect(ServerSocket server, String options) throws Exception {
        ConnectionFactory.of(
                        "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/nowhere?sslmode=disable" + options,
                        "nobody",
                        null)
                .reach();
    }
}
