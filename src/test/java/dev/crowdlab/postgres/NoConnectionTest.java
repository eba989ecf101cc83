package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

    @Test
    void aServerWithoutEncryptionIsNotTriedAgain() throws IOException {
        try (ServerSocket declining = socket()) {
            answer(declining, 'N');
            assertThatThrownBy(() -> demandEncryption(declining))
                    .isInstanceOf(NoConnectionException.class)
                    .hasMessageStartingWith(
                            "The database of spring.datasource.url cannot be reached: the server offers no"
                                    + " encrypted connections, which sslmode in the URL demands; ")
                    .matches(failure -> !SqlErrors.isTransient(failure));
        }
    }

    @Test
    void aServerThatHasNoProcessLeftIsTriedAgain() throws IOException {
        try (ServerSocket full = socket()) {
            answer(full, 'E');
            assertThatThrownBy(() -> demandEncryption(full))
                    .isInstanceOf(NoConnectionException.class)
                    .matches(SqlErrors::isTransient);
        }
    }

    @Test
    void aClassThatDoesNotExistIsNotTriedAgain() throws IOException {
        try (ServerSocket any = socket()) {
            assertThatThrownBy(() -> connect(any, "&socketFactory=no.such.Factory"))
                    .isInstanceOf(NoConnectionException.class)
                    .matches(failure -> !SqlErrors.isTransient(failure));
        }
    }

    private static void demandEncryption(ServerSocket server) throws Exception {
        ConnectionFactory.of(
                        "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/nowhere?sslmode=require",
                        "nobody",
                        null)
                .reach();
    }

    /** Answers every first message with this, until the socket is closed. */
    private static void answer(ServerSocket server, char answer) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().readNBytes(8);
                    connection.getOutputStream().write(answer);
                } catch (IOException closed) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
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
