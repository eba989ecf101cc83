package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that are started at the same time, as by two schedulers that do not know of each other. */
@Tag("slow")
class ConcurrentProcessesIT {

    private static final long MAX_SECONDS = 120;

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void makeWarehouse() throws SQLException {
        warehouse = Warehouse.with();
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.column("select distinct status from crowdlab.batch_job_execution"))
                .containsExactly("COMPLETED");
        warehouse.close();
    }

    @Test
    void ofTwoProcessesOnOneDatasetOnePublishesAndOneEndsAtOnce() throws Exception {
        warehouse.fill("colors");
        List<Process> both;
        try (Warehouse.Gate gate = warehouse.gateBefore("analyze")) {
            both = List.of(start("first"), start("second"));
            gate.awaitArrival();
            CompletableFuture.anyOf(both.get(0).onExit(), both.get(1).onExit()).get(MAX_SECONDS, TimeUnit.SECONDS);
            assertThat(both.stream().filter(Process::isAlive))
                    .as("who has the dataset")
                    .hasSize(1);
        }
        for (Process process : both) {
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(both.stream().map(Process::exitValue)).containsExactlyInAnyOrder(0, 4);
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED");
    }

    @Test
    void twoProcessesShareTwentyDatasetsFourAtATimeWithoutConflict() throws Exception {
        for (int dataset = 1; dataset <= 20; dataset++) {
            warehouse.fill("d" + dataset);
        }
        List<Process> both = List.of(start("first", "--parallel", "4"), start("second", "--parallel", "4"));
        for (Process process : both) {
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        for (String name : List.of("first", "second")) {
            String output = Files.readString(directory.resolve(name).resolve("out.txt"));
            assertThat(output)
                    .doesNotContain("failed")
                    .doesNotContain("could not")
                    .doesNotContain("deadlock");
        }
        assertThat(both.stream().map(Process::exitValue)).isSubsetOf(0, 4);
        assertThat(warehouse.column("select dataset from crowdlab.run where status = 'PUBLISHED' order by run_id"))
                .as("each once")
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20)
                        .mapToObj(number -> "d" + number)
                        .toList());
        assertThat(warehouse.column("select distinct status from crowdlab.run order by 1"))
                .isSubsetOf("PUBLISHED", "SKIPPED");
    }

    private Process start(String name, String... options) throws Exception {
        String[] words = new String[options.length + 1];
        words[0] = "run";
        System.arraycopy(options, 0, words, 1, options.length);
        return warehouse.program().start(Files.createDirectories(directory.resolve(name)), words);
    }
}
