package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where retention is kept from its work, and what of the program's own work keeps it. */
@Tag("slow")
class RetentionBehindIT {

    private static final String FINDINGS =
            "select run_id || ' ' || severity || ' ' || observed from crowdlab.run_check where code = 'RETENTION_BEHIND' order by 1";

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @Test
    void whatTwoRemovalsHadToLeaveIsAFindingThatNamesTheHolder() throws Exception {
        runKeepingOne("--force");
        try (Connection reader = warehouse.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("set application_name = 'the dashboard'");
            statement.execute("select from crowdlab_bi.label_quality");
            for (int night = 2; night <= 4; night++) {
                runKeepingOne("--force");
            }
            assertThat(warehouse.column(FINDINGS))
                    .as("run 1 could go from run 2 on, and is behind when runs 3 and 4 have left it")
                    .isEmpty();
            assertThat(runKeepingOne("--force"))
                    .containsPattern(
                            "colors: warning. 1 run beyond crowdlab.retention \\(1\\) keeps its large tables, which the"
                                    + " last two removals left; they are in use by backend \\d+ \\(the dashboard, user "
                                    + warehouse.database().user()
                                    + "\\), in a transaction that began .*seconds? ago; let it end, then the next run or purge removes"
                                    + " them.\n");
        }
        assertThat(runKeepingOne("--force"))
                .contains(
                        "colors: warning. 2 runs beyond crowdlab.retention (1, 2) keep their large tables, which the last two"
                                + " removals left; nobody uses them now; run purge, which reports what blocks it.");
        assertThat(runKeepingOne("--force")).doesNotContain("crowdlab.retention");
        assertThat(warehouse.column(FINDINGS)).containsExactly("5 WARN 1", "6 WARN 2");
    }

    @Test
    void aPreparedTransactionInTheWayIsNamed(@TempDir Path directory) throws Exception {
        try (OwnServer server = OwnServer.start(directory.resolve("data"), Map.of("max_prepared_transactions", "2"))) {
            Program program = Program.withoutDatabase()
                    .with("spring.datasource.url", server.url("127.0.0.1"))
                    .with("spring.datasource.username", "postgres")
                    .with("crowdlab.retention.grace", "0s");
            program.call(0, "migrate");
            server.execute(
                    "insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                            + " select 'd', 'e' || e, 'a' || a, 'l' || e % 2 from generate_series(1, 9) e, generate_series(1, 2) a");
            program.call(0, "run");
            program.call(0, "run", "--force");
            server.execute(
                    "begin", "select from crowdlab_bi.label_quality where false", "prepare transaction 'forgotten'");
            Program.Result result = program.call("purge", "--keep-runs", "1");
            assertThat(result.out() + result.err())
                    .containsPattern("the published result is in use by the prepared transaction forgotten"
                            + " \\(user postgres\\), in a transaction that began \\d+ seconds? ago; the next run");
            assertThat(result.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aRunThatComparesLabelsKeepsNoOtherDatasetsTables() throws Exception {
        warehouse.fill("other");
        runKeepingOne("--dataset", "other");
        runKeepingOne("--dataset", "colors");
        warehouse.program().call(0, "run", "--dataset", "other", "--force"); // 3, within the grace of 1
        warehouse.letPass("2 h");
        warehouse.relabel("colors", "e3", "red");
        CompletableFuture<String> comparing;
        try (Warehouse.Gate gate = warehouse.gateAt("label_change")) {
            comparing = CompletableFuture.supplyAsync(() -> runKeepingOne("--dataset", "colors"));
            gate.awaitArrival();
            assertThat(warehouse.program().call("purge", "--keep-runs", "1").out())
                    .containsPattern("other +1 +\\d+ +0\n");
        }
        assertThat(comparing.get(120, TimeUnit.SECONDS)).contains("published");
        assertThat(warehouse.column("select example_id from crowdlab_bi.label_changes"))
                .containsExactly("e3");
    }

    @Test
    void whoHasLostTheGuardStillWaitsForWhatItBegan() throws Exception {
        runKeepingOne("--force");
        warehouse.program().call(0, "run", "--force");
        warehouse.letPass("2 h");
        try (Connection old = warehouse.connect();
                Statement snapshot = old.createStatement();
                Connection reader = warehouse.connect();
                Statement holding = reader.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            snapshot.execute("select 1");
            reader.setAutoCommit(false);
            CompletableFuture<Retention.Outcome> removal = CompletableFuture.supplyAsync(this::remove);
            warehouse.await("select count(*) = 4 from pg_inherits where inhdetachpending");
            holding.execute("lock table only crowdlab.label_quality_r1, crowdlab.alternative_consensus_r1,"
                    + " crowdlab.detailed_label_quality_r1, crowdlab.active_learning_score_r1 in access share mode");
            warehouse.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid in"
                            + " (select pid from pg_locks where relation = 'crowdlab.label_quality'::regclass and mode = 'AccessShareLock')");
            assertThatThrownBy(() -> removal.get(120, TimeUnit.SECONDS)).hasMessageContaining("terminat");
            warehouse.await("select count(*) = 0 from pg_stat_activity where query like '% detach partition %'"
                    + " and pid <> pg_backend_pid()");
        }
        runKeepingOne("--force");
        assertThat(warehouse.value("select count(*) from pg_inherits where inhdetachpending"))
                .isEqualTo("0");
    }

    private Retention.Outcome remove() {
        DataSource sessions = warehouse.database().dataSource();
        try {
            return new Retention(sessions)
                    .apply("colors", new Retention.Limits(1, Optional.empty(), Duration.ofHours(1), Optional.empty()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String runKeepingOne(String... options) {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(options));
        return warehouse
                .program()
                .with("crowdlab.retention.runs", "1")
                .with("crowdlab.retention.grace", "0s")
                .call(0, words.toArray(String[]::new));
    }
}
