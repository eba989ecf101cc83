package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run in a process of its own that is killed, stopped, paused or met by another one. */
class KilledRunIT {

    private static final long MAX_SECONDS = 120;

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private Map<String, String> before;

    @BeforeEach
    void publish() throws SQLException {
        warehouse = Warehouse.with("colors");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        before = warehouse.visible();
        warehouse.relabel("colors", "e3", "red");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.statuses()).doesNotContain("RUNNING");
        warehouse.close();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"analyze", "writeLabelQuality", "checkRun", "publishRun"})
    void killedBeforeAStep(String step) throws Exception {
        try (Warehouse.Gate gate = warehouse.gateBefore(step)) {
            kill(gate);
            assertNextRunTakesOver();
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"annotator_stats", "run_model"})
    void killedInTheMidstOfACopy(String table) throws Exception {
        try (Warehouse.Gate gate = warehouse.gateAt(table)) {
            kill(gate);
            assertThat(sessionsOfRun2()).as("the server has not noticed yet").isNotEqualTo("0");
            assertNextRunTakesOver();
        }
    }

    @Test
    void killedInThePublishingTransaction() throws Exception {
        try (Warehouse.Gate gate = warehouse.gateBeforeClosing()) {
            kill(gate);
            assertThat(sessionsOfRun2()).as("the server has not noticed yet").isNotEqualTo("0");
            assertNextRunTakesOver();
        }
    }

    @Test
    @Tag("slow")
    void killedWhileReading() throws Exception {
        try (Warehouse.Gate gate = warehouse.gateAtReading()) {
            Process process = warehouse.readingThroughTheGate().start(directory, "run");
            gate.awaitArrival();
            kill(process);
            assertThat(sessionsOfRun2()).as("the server has not noticed yet").isNotEqualTo("0");
            assertNextRunTakesOver();
        }
    }

    @Test
    @Tag("slow")
    void killedBeforeTheRunIsRecordedOrAfterItWasPublished() throws Exception {
        try (Warehouse.Gate gate = warehouse.gateBefore("retain")) {
            kill(gate);
        }
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.published("colors")).isEqualTo("2");
        warehouse.execute("drop function public.pass_gate cascade", "drop sequence public.arrival");
        warehouse.relabel("colors", "e5", "blue");
        try (Warehouse.Gate gate = warehouse.gateBefore("openRun")) {
            kill(gate);
        }
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED");
        assertThat(warehouse.column("""
                        select n.parameter_value || ' ' || coalesce(r.status, 'never recorded') || ' ' || e.status
                        from crowdlab.batch_job_execution e
                        join crowdlab.batch_job_execution_params n
                            on n.job_execution_id = e.job_execution_id and n.parameter_name = 'run'
                        left join crowdlab.run r on r.run_id = n.parameter_value::bigint
                        order by e.job_execution_id"""))
                .containsExactly(
                        "1 PUBLISHED COMPLETED",
                        "2 PUBLISHED ABANDONED",
                        "3 never recorded FAILED",
                        "4 PUBLISHED COMPLETED");
        assertThat(warehouse.value("""
                        select count(*) from (
                            select status, end_time from crowdlab.batch_job_execution
                            union all
                            select status, end_time from crowdlab.batch_step_execution) e
                        where end_time is null or status in ('STARTING', 'STARTED', 'STOPPING')""")).isEqualTo("0");
    }

    private void kill(Warehouse.Gate gate) throws Exception {
        Process process = warehouse.program().start(directory, "run");
        gate.awaitArrival();
        kill(process);
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }

    private String sessionsOfRun2() throws SQLException {
        return warehouse.value("select count(*) from pg_stat_activity where application_name = 'crowdlab-etl run 2'"
                + " and datname = current_database()");
    }

    /** The gate is still closed: what the killed process left on the server waits there until the next run ends it. */
    private void assertNextRunTakesOver() throws SQLException {
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "RUNNING");
        Program.Result next = warehouse.program().call("run");
        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        LostRun.assertReplaced(warehouse);
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.column("select message from crowdlab.run_check where run_id = 2"))
                .containsExactly("The process of this run ended before the run did.");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(sessionsOfRun2()).isEqualTo("0");
    }

    @Test
    @Tag("slow")
    void aSignalEndsARunThatWaitsForItsQuery() throws Exception {
        try (Warehouse.Gate gate = warehouse.gateAtReading()) {
            Process process = warehouse.readingThroughTheGate().start(directory, "run");
            gate.awaitArrival();
            assertStops(process);
        }
    }

    @Test
    @Tag("slow")
    void aSignalEndsARunThatWaitsInACopy() throws Exception {
        try (Warehouse.Gate gate = warehouse.gateAt("annotator_stats")) {
            Process process = warehouse.program().start(directory, "run");
            gate.awaitArrival();
            assertStops(process);
        }
    }

    @Test
    @Tag("slow")
    void aSignalEndsARunThatIsAboutToPublish() throws Exception {
        try (Warehouse.Gate gate = warehouse.gateBeforeClosing()) {
            Process process = warehouse.program().start(directory, "run");
            gate.awaitArrival();
            assertStops(process);
        }
    }

    private void assertStops(Process process) throws Exception {
        long start = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        String out = Files.readString(directory.resolve("out.txt"));
        assertThat(process.exitValue()).as(out).isEqualTo(128 + 15);
        assertThat(out).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED");
        assertThat(warehouse.column("select message from crowdlab.run_check where run_id = 2"))
                .containsExactly("The run was stopped by a signal");
        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.plainTablesWithRowsOf(2)).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        assertThat(warehouse.published("colors")).isEqualTo("3");
    }

    @Test
    @Tag("slow")
    void theSecondOfTwoProcessesIsToldWhoHasTheDataset() throws Exception {
        Process process;
        try (Warehouse.Gate gate = warehouse.gateBefore("analyze")) {
            process = warehouse.program().start(directory, "run");
            gate.awaitArrival();
            Program.Result second = warehouse.program().call("run");
            assertThat(second.exitCode()).isEqualTo(4);
            assertThat(second.out())
                    .containsPattern("colors: Dataset 'colors' is in use by crowdlab-etl run 2, backend \\d+");
            assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "RUNNING");
            warehouse.fill("other");
            Program.Result other = warehouse.program().call("run", "--dataset", "other");
            assertThat(other.exitCode()).as(other.out() + other.err()).isZero();
        }
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(warehouse.published("colors")).isEqualTo("2");
        assertThat(warehouse.published("other")).isEqualTo("4");
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"analyze", "publishRun"})
    void aPausedProcessWhoseRunWasTakenOverDoesNotPublishWhenItWakes(String step) throws Exception {
        Process process;
        try (Warehouse.Gate gate = warehouse.gateBefore(step)) {
            process = warehouse.program().start(directory, "run");
            gate.awaitArrival();
            signal(process, "STOP");
            assertThat(warehouse.column("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                            + " where application_name = 'crowdlab-etl run 2' and datname = current_database()"))
                    .isNotEmpty()
                    .containsOnly("t");
            assertThat(warehouse.program().call("run").exitCode()).isZero();
            assertThat(warehouse.published("colors")).isEqualTo("3");
        }
        Map<String, String> after = warehouse.visible();
        signal(process, "CONT");
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        String out = Files.readString(directory.resolve("out.txt"));
        assertThat(process.exitValue()).as(out).isIn(1, 5);
        assertThat(out).contains("colors: failed. ").doesNotContain("Exception");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED", "PUBLISHED");
        assertThat(warehouse.visible()).isEqualTo(after);
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.plainTablesWithRowsOf(2)).isEmpty();
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }
}
