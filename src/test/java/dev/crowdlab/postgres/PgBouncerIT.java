package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.FreePort;
import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.PooledConnections;
import dev.crowdlab.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pooler that most people have. Needs it installed, and is called with {@code -Ptools} only, as .ci/run does. */
@Tag("tools")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgBouncerIT {

    private static final long MAX_SECONDS = 120;

    private OwnServer server;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        server = OwnServer.start(directory.resolve("data"), Map.of());
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "20, 0", "1, 1", "2, 1", "20, 1"})
    void aPoolPerTransactionIsRecognizedIdleAndBusy(int size, int roundRobin) throws Exception {
        try (Bouncer bouncer = new Bouncer("transaction", size, roundRobin)) {
            PooledConnections sessions = new PooledConnections(bouncer.url(), "postgres");
            sessions.assertRefused(size, "run");
            sessions.whileBusy(4, () -> sessions.assertRefused(1, "run"));
            sessions.assertRefused(size, "run");
        }
    }

    @Test
    void aPoolPerStatementIsRecognized() throws Exception {
        try (Bouncer bouncer = new Bouncer("statement", 2, 0)) {
            Program.Result run = program(bouncer).call("run");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains("is reached through a pooler");
        }
    }

    @Test
    void aPoolPerSessionServes() throws Exception {
        try (Bouncer bouncer = new Bouncer("session", 20, 0)) {
            for (String command : List.of("run", "validate", "verify")) {
                Program.Result result = program(bouncer).call(command);
                assertThat(result.exitCode())
                        .as(command + result.out() + result.err())
                        .isZero();
            }
            assertThat(server.value("select count(*) from crowdlab_bi.label_quality"))
                    .isEqualTo("3");
        } finally {
            server.execute("drop schema crowdlab cascade", "drop schema crowdlab_bi cascade");
        }
    }

    private static Program program(Bouncer bouncer) {
        return Program.withoutDatabase()
                .with("spring.datasource.url", bouncer.url())
                .with("spring.datasource.username", "postgres")
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select 'e' || e as example_id, 'a' || a as annotator_id, 'l' || e % 2 as label"
                                + " from generate_series(1, 3) e, generate_series(1, 3) a");
    }

    /** PgBouncer before the server, which knows every user as postgres. */
    private final class Bouncer implements AutoCloseable {

        private final int port;
        private final Path settings;
        private final Process process;

        Bouncer(String mode, int size, int roundRobin) throws Exception {
            port = FreePort.find();
            settings = Files.createTempFile("pgbouncer", ".ini");
            Files.writeString(settings, """
                    [databases]
                    * = host=127.0.0.1 port=%d user=postgres
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    ignore_startup_parameters = extra_float_digits
                    pool_mode = %s
                    default_pool_size = %d
                    server_round_robin = %d
                    """.formatted(server.port(), port, mode, size, roundRobin));
            Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitListening();
        }

        /** It declines to run as root. */
        private List<String> command() {
            List<String> command = new ArrayList<>(List.of("pgbouncer", settings.toString()));
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(1, List.of("-u", "nobody"));
            }
            return command;
        }

        private void awaitListening() throws InterruptedException {
            long begun = System.nanoTime();
            while (true) {
                try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    assertThat(connected.isConnected()).isTrue();
                    return;
                } catch (IOException e) {
                    assertThat(System.nanoTime() - begun)
                            .as("PgBouncer does not listen: " + e.getMessage())
                            .isLessThan(TimeUnit.SECONDS.toNanos(MAX_SECONDS));
                    Thread.sleep(20);
                }
            }
        }

        String url() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            Files.delete(settings);
        }
    }
}
