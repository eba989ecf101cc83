package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes started together on the same datasets. */
class TwoProcessesIT {

    private static final int DATASETS = 20;
    private static final long LONGEST_SECONDS = 120;

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    private Warehouse warehouse;

    @AfterEach
    void nothingIsLeft() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.column("select distinct status from crowdlab.run")).containsExactly("PUBLISHED");
        warehouse.close();
    }

    @Test
    void oneRunsTheDatasetAndTheOtherEndsWithFourWithinSeconds() throws Exception {
        warehouse = Warehouse.with("colours");
        Process winner;
        try (Warehouse.Gate gate = warehouse.gateAt("annotator_stats")) {
            winner = warehouse.program().start(first, "run");
            gate.awaitArrival();
            long start = System.nanoTime();
            Program.Result loser = warehouse.program().callInNewProcess(second, "run");
            assertThat(loser.exitCode()).as(loser.out()).isEqualTo(4);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(winner.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(winner.exitValue()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED");
    }

    @Test
    void manyDatasetsFourAtATimeInEachNeverFail() throws Exception {
        warehouse = Warehouse.with(IntStream.rangeClosed(1, DATASETS)
                .mapToObj(number -> "d" + number)
                .toArray(String[]::new));
        List<Process> processes = List.of(
                warehouse.program().start(first, "run", "--parallel", "4", "--force"),
                warehouse.program().start(second, "run", "--parallel", "4", "--force"));
        for (Process process : processes) {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        String output = Files.readString(first.resolve("out.txt")) + Files.readString(second.resolve("out.txt"));
        assertThat(processes).as(output).allMatch(process -> process.exitValue() == 0 || process.exitValue() == 4);
        assertThat(output).doesNotContain("failed").doesNotContain("serialize").doesNotContain("deadlock");
        assertThat(warehouse.value("select count(*) from crowdlab.published_run"))
                .isEqualTo("" + DATASETS);
        assertThat(warehouse.column("select distinct status from crowdlab.batch_job_execution"))
                .containsExactly("COMPLETED");
    }
}
