package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RestartableServer;
import dev.crowdlab.testing.RestartableServer.Stop;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import dev.crowdlab.testing.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose database restarts, or whose connections break, does what it was asked for all the same. */
class EmbeddedLostDatabaseIT {

    private static final long MAX_SECONDS = 120;

    private static RestartableServer server;

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private Map<String, String> before;

    @BeforeAll
    static void startServer() {
        server = RestartableServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void publish() throws SQLException {
        warehouse = Warehouse.on(server.createDatabase(), "colors");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        before = warehouse.visible();
        warehouse.relabel("colors", "e3", "red");
    }

    @AfterEach
    void nothingIsLeft() throws SQLException, InterruptedException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.statuses()).doesNotContain("RUNNING");
        // a session outlives its client for a moment
        warehouse.await("select count(*) = 0 from pg_stat_activity"
                + " where application_name like 'crowdlab-etl%' and datname = current_database()");
        warehouse.close();
    }

    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"run, 2", "validate, 1"})
    void aServerThatStartsIsWaitedForAndThatIsSaid(String command, int runCount) throws Exception {
        server.stop(Stop.FAST);
        Process process = warehouse.program().start(directory, command);
        awaitOutput(process, "Retrying for 120 s. The database cannot be reached; check");
        server.startAgain();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
        assertThat(output()).containsOnlyOnce("Retrying for");
        assertThat(warehouse.statuses()).containsExactlyElementsOf(Collections.nCopies(runCount, "PUBLISHED"));
    }

    @Test
    @Tag("slow")
    void aSignalEndsTheWaitForTheServerOfALostRun() throws Exception {
        Process process;
        try (Warehouse.Gate gate = warehouse.gateAt("annotator_stats")) {
            process = warehouse.program().start(directory, "run");
            gate.awaitArrival();
            server.stop(Stop.IMMEDIATE);
        }
        awaitOutput(process, "The run of dataset 'colors' lost the database and will start again. ");
        long start = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        server.startAgain();
        assertThat(process.exitValue()).as(output()).isEqualTo(128 + 15);
        assertThat(output())
                .contains("colors: failed. The run was stopped by a signal")
                .doesNotContain("Exception");
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED", "PUBLISHED");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @CsvSource({"reading, IMMEDIATE", "publishing, FAST"})
    void aRunDuringWhichTheServerRestartsIsRunAgain(String phase, Stop how) throws Exception {
        CompletableFuture<Program.Result> running;
        boolean isReading = phase.equals("reading");
        try (Warehouse.Gate gate = isReading ? warehouse.gateAtReading() : warehouse.gateBeforeClosing()) {
            Program program = isReading ? warehouse.readingThroughTheGate() : warehouse.program();
            running = CompletableFuture.supplyAsync(() -> program.call("run"));
            gate.awaitArrival();
            server.stop(how);
        }
        server.startAgain();
        assertRunAgain(running.get(MAX_SECONDS, TimeUnit.SECONDS));
    }

    private void assertRunAgain(Program.Result result) throws SQLException {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        LostRun.assertReplaced(warehouse);
        // after a crash the sequence of run numbers goes on with a gap
        String published = warehouse.published("colors");
        assertThat(published).isEqualTo(warehouse.value("select max(run_id) from crowdlab.run"));
        assertThat(result.out()).containsPattern("(?m)^colors +" + published + " +published ");
    }

    @Test
    @Tag("slow")
    void aRunWhoseConnectionsBreakUnnoticedByTheServerIsRunAgain() throws Exception {
        try (Wire wire = new Wire(warehouse.database().url())) {
            CompletableFuture<Program.Result> running;
            try (Warehouse.Gate gate = warehouse.gateAt("annotator_stats")) {
                running = CompletableFuture.supplyAsync(() -> through(wire).call("run"));
                gate.awaitArrival();
                awaitOtherStepsAtRest();
                wire.cut();
                assertRunAgain(running.get(MAX_SECONDS, TimeUnit.SECONDS));
            }
        }
    }

    /** A session that is cut off with rows of the metadata changed keeps them locked until the server gives it up. */
    private void awaitOtherStepsAtRest() throws SQLException, InterruptedException {
        warehouse.await("""
                select count(*) = 6 from crowdlab.batch_step_execution s
                join crowdlab.run r on r.job_execution_id = s.job_execution_id
                where r.run_id = 2 and s.step_name like 'write%' and s.status = 'COMPLETED'""");
        warehouse.await("select count(*) = 0 from pg_stat_activity where application_name = 'crowdlab-etl metadata'"
                + " and datname = current_database() and backend_xid is not null");
    }

    @Test
    @Tag("slow")
    void aPublicationWhoseConfirmationWasLostIsNotRepeated() throws Exception {
        try (Wire wire = new Wire(warehouse.database().url())) {
            wire.cutAfterCommitOf("update crowdlab.run set status");
            Program.Result result = through(wire).call("run", "--force");
            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(result.out()).containsPattern("(?m)^colors +2 +published ");
        }
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.published("colors")).isEqualTo("2");
        assertThat(warehouse.visible()).isNotEqualTo(before);
    }

    private Program through(Wire wire) {
        return warehouse
                .program()
                .with("spring.datasource.url", wire.url(warehouse.database().url()));
    }

    private void awaitOutput(Process process, String text) throws Exception {
        long start = System.nanoTime();
        while (!output().contains(text)) {
            if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(MAX_SECONDS)) {
                throw new IllegalStateException(output());
            }
            Thread.sleep(20);
        }
    }

    private String output() throws Exception {
        return Files.readString(directory.resolve("out.txt"));
    }
}
