package dev.crowdlab.forget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command drop: nothing is left of the dataset but the record that it was, and other datasets do not notice. */
class DropIT {

    private static final String LIFTED = "set session_replication_role = replica; ";

    private static Warehouse history;

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    /** Published, refused and failed runs of dataset colors, one of which lost its tables, and something forgotten. */
    @BeforeAll
    static void makeSomeHistory() throws SQLException {
        history = Warehouse.with("colors", "zebras");
        history.call(0, "run");
        for (String label : List.of("green", "red")) {
            history.relabel("colors", "e5", label);
            history.call(0, "run", "--dataset", "colors", "--crowdlab.retention.grace=0s");
        }
        history.call(3, "run", "--dataset", "colors", "--force", "--crowdlab.datasets.colors.checks.min-examples=1000");
        history.call(0, "forget", "--annotator", "a4", "--dataset", "colors");
        history.execute("delete from crowdlab.prediction where dataset = 'colors' and example_id = 'e5'");
        history.call(1, "run", "--dataset", "colors", "--crowdlab.datasets.colors.on-missing-prediction=fail");
        history.execute("insert into crowdlab.gold values ('colors', 'e1', 'green')");
    }

    @BeforeEach
    void copy() {
        warehouse = history.copy();
    }

    @AfterAll
    static void dropHistory() {
        history.close();
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void nothingOfTheDatasetIsLeftAndAnotherIsUntouched() throws Exception {
        List<String> zebras = ofZebras();
        List<String> runs = warehouse.column("select hash from crowdlab.run where dataset = 'colors' order by run_id");
        assertThat(warehouse.call(0, "drop", "--dataset", "colors", "--input"))
                .containsPattern("annotator_stats +\\d+")
                .containsPattern("run +5\n")
                .contains(
                        "Dataset 'colors' is gone, with its partitions; crowdlab.forget_log has the hashes of its runs.")
                .doesNotContain("Warning");
        assertThat(rowsOfColors()).isEmpty();
        assertThat(warehouse.partitions()).isNotEmpty().allMatch(name -> name.endsWith("_r2"));
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.column("select distinct dataset from crowdlab_bi.freshness"))
                .containsExactly("zebras");
        assertThat(ofZebras()).isEqualTo(zebras);
        assertThat(warehouse.column("""
                        select d ->> 'old' from crowdlab.forget_log, jsonb_array_elements(digests) d
                        where what = 'dataset' and dataset = 'colors' and d ->> 'table_name' = 'run'""")).as("the hashes of its runs").isEqualTo(runs);
        assertThat(warehouse.call(0, "verify"))
                .containsPattern(
                        "Dataset 'colors' was dropped at \\S+Z by \\S+, with 5 closed runs; forget_log has their")
                .contains("Verified 1 dataset with 1 closed run")
                .contains("found no difference");
        assertThat(warehouse.call(0, "verify", "--dataset", "colors", "--output", "json"))
                .containsPattern("\"dropped\": *\\[\\s*\\{\\s*\"dataset\": \"colors\"")
                .contains("\"num_runs\": 5");
        Path metrics = directory.resolve("metrics.prom");
        assertThat(warehouse.call(0, "run", "--crowdlab.metrics.file=" + metrics))
                .contains("zebras")
                .doesNotContain("colors");
        assertThat(Files.readString(metrics)).contains("zebras").doesNotContain("colors");
        assertThat(warehouse.call(2, "drop", "--dataset", "colors", "--input"))
                .isEqualTo("There is no run of a dataset 'colors'; datasets with runs are zebras\n");
    }

    @Test
    void hashesKeptElsewhereAreFoundInTheRecordEvenIfTheDatasetComesBack() throws Exception {
        Path heads = directory.resolve("heads");
        warehouse.call(0, "verify", "--heads", heads.toString());
        assertThat(Files.readString(heads)).contains("colors\trun\t").contains("colors\tpublication_log\t");
        assertThat(warehouse.call(0, "drop", "--dataset", "colors"))
                .contains("Warning. The next run brings it back, because its rows in the built-in tables remain"
                        + " (annotation: 121, gold: 1, prediction: 117); call drop again with --input to remove them.");
        assertThat(warehouse.call(0, "verify", "--against", heads.toString())).contains("'colors' was dropped");
        warehouse.call(0, "run");
        assertThat(warehouse.call(0, "verify", "--against", heads.toString()))
                .contains("Verified 2 datasets")
                .contains("found no difference");
        warehouse.execute(LIFTED + "update crowdlab.forget_log set digests = '[]' where what = 'dataset'");
        assertThat(warehouse.call(3, "verify", "--against", heads.toString()))
                .contains("does not match its hash")
                .contains("no longer has the row with hash");
    }

    @Test
    void rowsThatComeBackAfterwardsAreADifference() throws SQLException {
        warehouse.execute("create table public.kept as select * from crowdlab.run where dataset = 'colors'");
        warehouse.call(0, "drop", "--dataset", "colors");
        warehouse.execute(LIFTED + "insert into crowdlab.run select * from public.kept where status = 'REFUSED'");
        assertThat(warehouse.call(3, "verify"))
                .contains("table run is still there, though the dataset was dropped later, by forget_log at ");
    }

    @Test
    void aDatasetThatIsConfiguredComesBack() {
        assertThat(warehouse.call(
                        0,
                        "drop",
                        "--dataset",
                        "zebras",
                        "--input",
                        "--crowdlab.datasets.zebras.annotations-query=select 1"))
                .contains("Warning. The next run brings it back, because crowdlab.datasets.zebras configures it; remove"
                        + " that section.");
    }

    @Test
    void halfADatasetGoesAsWell() throws SQLException {
        warehouse.fill("failed");
        warehouse.execute("delete from crowdlab.prediction where dataset = 'failed' and example_id = 'e5'");
        warehouse.call(1, "run", "--dataset", "failed", "--crowdlab.datasets.failed.on-missing-prediction=fail");
        warehouse.call(0, "drop", "--dataset", "failed", "--input");
        warehouse.call(0, "unpublish", "--dataset", "zebras");
        warehouse.call(0, "drop", "--dataset", "zebras");
        assertThat(warehouse.call(2, "drop", "--dataset", "zebras"))
                .isEqualTo("Dataset 'zebras' has no run, only rows in the built-in input tables; add --input to remove"
                        + " those\n");
        assertThat(warehouse.call(0, "drop", "--dataset", "zebras", "--input")).contains("annotation", "prediction");
        assertThat(warehouse.column("select dataset from crowdlab.run union select dataset from crowdlab.annotation"))
                .containsExactly("colors");
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
        assertThat(warehouse.call(2, "drop", "--dataset", "nothing"))
                .contains("There is no run of a dataset 'nothing'");
        assertThat(warehouse.call(2, "drop")).contains("--dataset");
    }

    @Test
    void aDatasetThatIsBeingRunOrReadIsInUse() throws SQLException {
        try (Connection other = warehouse.connect();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('crowdlab-etl colors', 0))");
            assertThat(warehouse.call(4, "drop", "--dataset", "colors")).startsWith("Dataset 'colors' is in use by");
            statement.execute("select pg_advisory_unlock_all()");
            assertThat(warehouse.published("colors")).isEqualTo("4");
            other.setAutoCommit(false);
            statement.execute("select count(*) from crowdlab_bi.label_quality");
            assertThat(warehouse.call(4, "drop", "--dataset", "colors"))
                    .startsWith("Dataset 'colors' is no longer published, but could not be dropped yet: ")
                    .contains("; call drop again when that has ended");
            assertThat(warehouse.chainFaults()).isEmpty();
        }
        warehouse.call(0, "drop", "--dataset", "colors", "--input");
        assertThat(rowsOfColors()).isEmpty();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "delete on crowdlab.rejected_row",
                "insert on crowdlab.purge_log",
                "insert on crowdlab.forget_log"
            })
    void aDropThatWasKilledCanBeRepeated(String event) throws Exception {
        try (Warehouse.Gate gate = warehouse.gateOn(event)) {
            Process process = warehouse.program().start(directory, "drop", "--dataset", "colors", "--input");
            gate.awaitArrival();
            process.destroyForcibly();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        warehouse.await("select count(*) = 0 from pg_stat_activity where application_name = 'crowdlab-etl drop'"
                + " and datname = current_database()");
        warehouse.execute("drop function public.pass_gate cascade", "drop sequence public.arrival");
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.call(0, "drop", "--dataset", "colors", "--input");
        assertThat(rowsOfColors()).isEmpty();
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    void aRunThatWasKilledGoesAsWell() throws Exception {
        warehouse.relabel("colors", "e7", "green");
        try (Warehouse.Gate gate = warehouse.gateBefore("checkRun")) {
            Process process = warehouse.program().start(directory, "run", "--dataset", "colors");
            gate.awaitArrival();
            assertThat(warehouse.call(4, "drop", "--dataset", "colors")).startsWith("Dataset 'colors' is in use by");
            process.destroyForcibly();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        warehouse.call(0, "drop", "--dataset", "colors", "--input");
        assertThat(rowsOfColors()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    @Tag("slow")
    void onlyTheOwnerDropsAndTheNightlyRoleCannotDeleteTheSameWay() throws SQLException {
        String night = "drop_it_night";
        warehouse.execute("create user " + night + " password 'secret' in role crowdlab_writer");
        try {
            Program.Result refused =
                    Program.on(warehouse.database(), night, "secret").call("drop", "--dataset", "colors");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .startsWith("Only crowdlab_owner may drop a dataset, since it changes closed runs;");
            List<String> denied = new ArrayList<>();
            try (Connection writer = warehouse.database().dataSource().getConnection(night, "secret");
                    Statement statement = writer.createStatement()) {
                statement.execute("set crowdlab.forgetting = 'on'");
                for (String table : List.of("run_check", "annotator_stats", "label_change", "run_table", "run")) {
                    try {
                        statement.execute("delete from crowdlab." + table + " where run_id > 0");
                    } catch (SQLException e) {
                        denied.add(table);
                    }
                }
            }
            assertThat(denied).containsExactly("run_check", "annotator_stats", "label_change", "run_table", "run");
        } finally {
            warehouse.execute("drop owned by " + night, "drop user " + night);
        }
    }

    private List<String> ofZebras() throws SQLException {
        return warehouse.column("select l::text from crowdlab_bi.label_quality l where dataset = 'zebras'"
                + " union all select s::text from crowdlab_bi.annotator_stats s where dataset = 'zebras'"
                + " union all select r::text from crowdlab.run r where dataset = 'zebras'"
                + " union all select a::text from crowdlab.annotation a where dataset = 'zebras' order by 1");
    }

    /** The tables with rows of the dataset or its runs, all of which but 2 are its own; the logs, which stay, aside. */
    private List<String> rowsOfColors() throws SQLException {
        List<String> found = new ArrayList<>();
        for (String relation : warehouse.relations()) {
            String table = relation.substring(2);
            if ((relation.startsWith("r ") || relation.startsWith("p "))
                    && !List.of("crowdlab.forget_log", "crowdlab.purge_log").contains(table)
                    && !warehouse
                            .value("select count(*) from " + table + " t where t::text ~ '\\mcolors\\M'"
                                    + " or to_jsonb(t) ->> 'dataset' = 'colors' or to_jsonb(t) ->> 'run_id' <> '2'")
                            .equals("0")) {
                found.add(table);
            }
        }
        return found;
    }
}
