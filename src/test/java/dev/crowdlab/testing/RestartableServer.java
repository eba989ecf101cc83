package dev.crowdlab.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * An embedded PostgreSQL of one test's own, which can be stopped and started again on its port. Unlike the shared one it loses
 * nothing that it confirmed, however it is stopped.
 */
public final class RestartableServer implements AutoCloseable {

    private static final long MAX_SECONDS = 120;

    private final Path data = Path.of(
            System.getProperty("java.io.tmpdir"),
            "embedded-pg",
            UUID.randomUUID().toString());
    private EmbeddedPostgres server;
    private final TestServer address;

    private RestartableServer() {
        server = launch(0);
        address = new TestServer("127.0.0.1:" + server.getPort(), "postgres", "");
    }

    public static RestartableServer start() {
        return new RestartableServer();
    }

    /** A fresh, empty database on this server. */
    public TestDatabase createDatabase() {
        return TestDatabase.on(address);
    }

    public int port() {
        return server.getPort();
    }

    private EmbeddedPostgres launch(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("synchronous_commit", "on")
                    .setPGStartupWait(Duration.ofSeconds(MAX_SECONDS))
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a server is told to stop. */
    public enum Stop {
        /** Without a checkpoint, like a crash: {@code pg_ctl stop -m immediate}. */
        IMMEDIATE("QUIT"),
        /** Ending all sessions: {@code pg_ctl stop -m fast}. */
        FAST("INT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    /** Stops the server and waits until it is gone. */
    public void stop(Stop how) throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        if (new ProcessBuilder("/bin/sh", "-c", "kill -" + how.signal + " " + pid)
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException("the server could not be stopped");
        }
        long begun = System.nanoTime();
        while (postmaster.info().command().isPresent()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(MAX_SECONDS)) {
                throw new IllegalStateException("the server did not stop");
            }
            Thread.sleep(10);
        }
        server.close();
    }

    /** Starts the server again, on its port, with its data. */
    public void startAgain() {
        server = launch(server.getPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
        FileUtils.deleteDirectory(data.toFile());
    }
}
