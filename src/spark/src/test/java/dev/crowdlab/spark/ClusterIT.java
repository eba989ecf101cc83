package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs submitted to a cluster, against those of the local job. */
class ClusterIT {

    private static final int PARTS = 4;

    private static Nights nights;
    private static StandAloneCluster cluster;

    @TempDir
    private static Path results;

    @BeforeAll
    static void start() throws Exception {
        cluster = new StandAloneCluster(600);
        nights = new Nights();
        nights.addDataset("first", 11, 400, List.of("calibrate-predictions: true", "store-posterior: true"));
        nights.addDataset(
                "second", 12, 300, List.of("consensus-methods: [dawid_skene, best_quality]", "store-posterior: true"));
        nights.begin("local", "cluster");
        nights.runLocally("local");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        nights.close();
    }

    private static Process submit(String dataset, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--dataset", dataset, "--parts", "" + PARTS));
        arguments.addAll(List.of("--config", nights.settings("cluster").toString(), "--as-of", Nights.AS_OF));
        arguments.addAll(List.of(more));
        return cluster.submit(arguments.toArray(String[]::new));
    }

    private static int exitCode(Process run) throws Exception {
        assertThat(run.waitFor(6, TimeUnit.MINUTES)).as(cluster.output()).isTrue();
        return run.exitValue();
    }

    @Test
    void aKilledExecutorChangesNothing() throws Exception {
        Process run = submit("first");
        cluster.killExecutor(PARTS);
        assertThat(run.isAlive()).as(cluster.output()).isTrue();
        assertThat(exitCode(run)).as(cluster.output()).isZero();
        nights.assertSame("first", "local", "cluster");
    }

    @Test
    void aSecondSubmissionFindsTheDatasetInUseAndALostDriverIsClearedUp() throws Exception {
        String[] files = {"--to", results.toString()};
        Process lost = submit("second", files);
        List<String> locks = new ArrayList<>();
        while (locks.isEmpty() && lost.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(200);
            nights.query(
                    "cluster",
                    "select 1 from pg_locks where locktype = 'advisory' and database ="
                            + " (select oid from pg_database where datname = current_database())",
                    row -> locks.add(row.getString(1)));
        }
        assertThat(exitCode(submit("second", files))).as(cluster.output()).isEqualTo(4);
        List<String> begun = new ArrayList<>();
        while (begun.isEmpty() && lost.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(100);
            nights.query(
                    "cluster",
                    "select 1 from crowdlab.run where dataset = 'second' and status = 'RUNNING'",
                    row -> begun.add(row.getString(1)));
        }
        lost.destroyForcibly().waitFor();
        assertThat(exitCode(submit("second", files))).as(cluster.output()).isZero();
        nights.assertSame("second", "local", "cluster");
        List<String> runs = new ArrayList<>();
        nights.query(
                "cluster",
                "select status from crowdlab.run where dataset = 'second' order by run_id",
                row -> runs.add(row.getString(1)));
        assertThat(runs).containsExactly("FAILED", "PUBLISHED");
        assertFiles("second");
    }

    @Test
    void aDriverLostBetweenTwoTablesLeavesNothingThatLooksWhole() throws Exception {
        String[] alone = {"--only-files", "--to", results.resolve("alone").toString()};
        Process lost = submit("first", alone);
        List<Path> begun = List.of();
        while (begun.isEmpty() && lost.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(50);
            begun = found("alone", "_first-.*/label_quality");
        }
        lost.destroyForcibly().waitFor();
        assertThat(begun).as(cluster.output()).hasSize(1);
        assertThat(found("alone", "first.*|.*manifest.json")).isEmpty();

        assertThat(exitCode(submit("first", alone))).as(cluster.output()).isZero();
        ParquetTables.assertSameDigests(
                nights,
                "local",
                "first",
                new ObjectMapper()
                        .readTree(results.resolve("alone/first/manifest.json").toFile()));
    }

    /** The files and directories below a directory of results whose path there is as expected. */
    private static List<Path> found(String directory, String expected) throws Exception {
        Path root = results.resolve(directory);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(root, 2, (path, attributes) -> true)) {
            return all.filter(path -> root.relativize(path).toString().matches(expected))
                    .toList();
        }
    }

    /** Only the published run is there, with its manifest. */
    private static void assertFiles(String dataset) throws Exception {
        String published = nights.value(
                "cluster", "select run_id::text from crowdlab.published_run where dataset = '" + dataset + "'");
        try (Stream<Path> entries = Files.list(results.resolve(dataset))) {
            assertThat(entries).containsExactly(results.resolve(dataset).resolve("run-" + published));
        }
        assertThat(results.resolve(dataset).resolve("run-" + published).resolve("manifest.json"))
                .exists();
    }
}
