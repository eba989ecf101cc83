package dev.crowdlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.FreePort;
import dev.crowdlab.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the embedded database's server when the process that started it ends, is signaled or killed. */
@Tag("slow")
class EmbeddedProcessIT {

    private static final long MAX_SECONDS = 120;

    /** The working directory; the first call has made the embedded database in it. */
    @TempDir
    private static Path directory;

    private static int port;

    private Program program;

    @BeforeAll
    static void callForTheFirstTime() throws IOException, InterruptedException {
        port = FreePort.find();
        Program.Result first = embedded().callInNewProcess(directory);
        assertThat(first.exitCode()).as(first.out()).isZero();
    }

    private static Program embedded() {
        return Program.withoutDatabase().with("crowdlab.embedded.port", String.valueOf(port));
    }

    @BeforeEach
    void chooseProgram() {
        program = embedded();
    }

    @AfterEach
    void theServerIsGoneWithTheProcess() {
        assertThat(serverRuns()).isFalse();
    }

    @Test
    void whatTheDashboardsReadIsThere() throws Exception {
        Process database = program.start(directory, "database");
        try {
            awaitServer(database);
            assertThat(query("select count(*) > 700 from crowdlab_bi.label_quality"))
                    .isEqualTo("t");
            assertThat(query("select count(*) > 0 from crowdlab_bi.review_queue"))
                    .isEqualTo("t");
            assertThat(query("select count(distinct annotator_id) from crowdlab_bi.annotator_stats"))
                    .isEqualTo("14");
            Program.Result second =
                    program.callInNewProcess(Files.createDirectories(directory.resolve("second")), "runs");
            assertThat(second.exitCode())
                    .as("another working directory has no database")
                    .isEqualTo(2);
        } finally {
            stop(database);
        }
        assertThat(database.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void aSecondProcessIsToldWhoHasTheDirectory() throws Exception {
        Process database = program.start(directory, "database");
        try {
            awaitServer(database);
            Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
            for (List<String> words : List.of(List.of("run"), List.<String>of(), List.of("runs"))) {
                Program.Result second = Program.withoutDatabase()
                        .with(
                                "crowdlab.embedded.directory",
                                directory.resolve(".crowdlab").toString())
                        .callInNewProcess(elsewhere, words.toArray(String[]::new));
                assertThat(second.exitCode()).as(second.out()).isEqualTo(4);
                assertThat(second.out()).contains("in use by process " + database.pid());
                assertThat(second.out().lines()).hasSize(1);
            }
        } finally {
            stop(database);
        }
    }

    @Test
    void aKilledProcessIsMadeGoodByTheNext() throws Exception {
        Process killed = program.start(directory, "database");
        awaitServer(killed);
        killed.destroyForcibly();
        assertThat(killed.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(serverRuns()).as("the server outlives its process").isTrue();
        Program.Result next = program.callInNewProcess(directory, "run", "--dataset", "support-tickets", "--force");
        assertThat(next.exitCode()).as(next.out()).isZero();
        assertThat(next.out()).containsPattern("support-tickets +\\d+ +published");
    }

    @Test
    void aSignalInTheMidstOfARunStopsTheServerToo() throws Exception {
        Process process = program.with(
                        "crowdlab.datasets.slow.annotations-query",
                        "select 'e' as example_id, 'a' as annotator_id, 'l' as label from pg_sleep(60)")
                .start(directory, "run", "--dataset", "slow");
        awaitServer(process);
        awaitQuery("select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep'");
        long start = System.nanoTime();
        stop(process);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
        String out = Files.readString(directory.resolve("out.txt"));
        assertThat(process.exitValue()).as(out).isEqualTo(128 + 15);
        assertThat(out).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(serverRuns()).isFalse();
        Program.Result runs = program.callInNewProcess(directory, "runs", "--dataset", "slow");
        assertThat(runs.out()).contains("FAILED").doesNotContain("RUNNING");
    }

    @Test
    void aSignalWhileTheServerStartsStopsItToo() throws Exception {
        for (int millis = 400; millis <= 2800; millis += 800) {
            Process process = program.start(directory, "run");
            process.waitFor(millis, TimeUnit.MILLISECONDS);
            stop(process);
            String out = Files.readString(directory.resolve("out.txt"));
            assertThat(out).doesNotContain("\tat ");
            assertThat(serverRuns())
                    .as("after %d ms, exit code %d, %s\n%s", millis, process.exitValue(), out, serverLog())
                    .isFalse();
        }
    }

    private static String serverLog() throws IOException {
        return Files.readString(directory.resolve(".crowdlab/postgresql.log"));
    }

    private void stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitServer(Process process) throws Exception {
        long start = System.nanoTime();
        while (!serverRuns()) {
            if (!process.isAlive() || System.nanoTime() - start > MAX_SECONDS * 1_000_000_000L) {
                throw new IllegalStateException(Files.readString(directory.resolve("out.txt")));
            }
            Thread.sleep(50);
        }
        awaitQuery("select to_regclass('crowdlab_bi.label_quality') is not null");
    }

    private void awaitQuery(String query) throws Exception {
        long start = System.nanoTime();
        while (!"t".equals(query(query))) {
            if (System.nanoTime() - start > MAX_SECONDS * 1_000_000_000L) {
                throw new IllegalStateException(query + ": " + Files.readString(directory.resolve("out.txt")));
            }
            Thread.sleep(50);
        }
    }

    private boolean serverRuns() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private String query(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/crowdlab", "postgres", password());
    }

    private static String password() throws SQLException {
        try {
            return Files.readString(directory.resolve(".crowdlab/data/pgpass"))
                    .strip()
                    .replaceFirst(".*:", "");
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }
}
