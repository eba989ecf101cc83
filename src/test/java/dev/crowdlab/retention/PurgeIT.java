package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.settings.RetentionSettings;
import dev.crowdlab.testing.OpenProgram;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command purge: what it removes, what it says, and what it does in company. */
class PurgeIT {

    private static final String KEPT_RUNS = """
            select run_id
            from crowdlab.run_table
            where table_name = 'label_quality' and removed_at is null
            order by run_id""";

    private static final String EXECUTIONS = """
            select parameter_value
            from crowdlab.batch_job_execution_params
            where parameter_name = 'run'
            order by job_execution_id""";

    private static final String PURGE_LOG =
            "select what || ' ' || run_ids::text from crowdlab.purge_log order by purge_id";

    private static final RetentionSettings KEEP_ONE = keep(1, Optional.empty());

    private Warehouse warehouse;
    private OpenProgram program;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
        program = OpenProgram.on(warehouse.database());
    }

    @AfterEach
    void drop() throws SQLException {
        program.close();
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.value("select count(*) from pg_inherits where inhdetachpending"))
                .isEqualTo("0");
        warehouse.close();
    }

    @Test
    void whatIsBeyondTheNumberGoesOnceTheGraceIsOver() throws Exception {
        assertThat(program.purge(KEEP_ONE)).isEqualTo("There is no run yet, so there is nothing to remove.\n");
        run(3);
        String rest = warehouse.value("""
                select to_char(date_trunc('minute', max(changed_at) + interval '1 hour 59.999999 seconds') at time zone 'UTC',
                    'YYYY-MM-DD HH24:MI')
                from crowdlab.publication_log where previous_run_id is not null""");
        assertThat(program.purge(KEEP_ONE))
                .containsPattern("colors +none +0 +2\n")
                .contains("colors: 2 runs keep their tables for now: they were current less than 1 hour ago"
                        + " (crowdlab.retention.grace); all can go from " + rest + " UTC on.\n");
        assertThat(program.purge(keep(2, Optional.empty())))
                .contains("colors: run 1 keeps its tables for now: it was current less than 1 hour ago"
                        + " (crowdlab.retention.grace); it can go from ");
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("1", "2", "3");
        warehouse.letPass("2 h");
        String rows = warehouse.value("select sum(row_count) from crowdlab.run_table where run_id in (1, 2)"
                + " and table_name = any('{" + String.join(",", Retention.removableTables()) + "}')");
        Program.Result result = warehouse.program().call("purge", "--keep-runs", "1");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "dataset  removed runs  rows  still there",
                        "colors   1, 2          " + String.format("%4s", rows) + "            0",
                        "Spring Batch's metadata: removed 0 rows of 0 executions.");
        assertThat(result.err()).isEmpty();
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("3");
        assertThat(warehouse.partitions()).isNotEmpty().allMatch(table -> table.endsWith("_r3"));
        assertThat(warehouse.column(PURGE_LOG)).containsExactly("tables of an old run {1}", "tables of an old run {2}");
        assertThat(program.purge(KEEP_ONE)).containsPattern("colors +none +0 +0\n");
    }

    @Test
    void whatIsOlderThanAskedGoesThoughItIsWithinTheNumber() throws Exception {
        run(2);
        warehouse.letPass("3 d");
        run(2);
        warehouse.letPass("2 h");
        program.purge(keep(4, Optional.of(Duration.ofDays(1))));
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("3", "4");
        Program.Result result = warehouse.program().call("purge", "--keep-runs", "4", "--older-than", "PT1H");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.column(KEPT_RUNS)).as("the current one stays").containsExactly("4");
    }

    @Test
    @Tag("slow")
    void purgesOnlyTheNamedDatasetsAndKeepsTheNewestRefusedRun() throws Exception {
        warehouse.fill("other");
        run(2); // 1 and 3 of colors, 2 and 4 of other
        refuse("colors", "other");
        refuse("colors", "other"); // 5 and 7 of colors, 6 and 8 of other
        warehouse.execute("delete from crowdlab.annotation where dataset = 'other'");
        warehouse.letPass("40 d");
        assertThat(program.purge(keep(1, Optional.of(Duration.ZERO)), "other"))
                .containsPattern("other +2 +\\d+ +0\n")
                .doesNotContain("colors")
                .contains(" rows of 2 executions.");
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("1", "3", "4", "7", "8");
        assertThat(warehouse.column(EXECUTIONS)).containsExactly("1", "3", "4", "5", "7", "8");
        Program.Result unknown = warehouse.program().call("purge", "--dataset", "shapes", "--dataset", "other");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err().lines())
                .containsExactly("There is no dataset 'shapes'; known names are colors, other");
    }

    @Test
    @Tag("slow")
    void batchMetadataOfRunsWithoutTablesGoesWhenItIsOld() throws Exception {
        run(2);
        program.run();
        warehouse.execute("""
                alter table crowdlab.run_check add constraint refuse check (code <> 'MIN_EXAMPLES') not valid""");
        assertThat(program.runForced()).singleElement().isInstanceOf(RunOutcome.Failed.class);
        warehouse.execute("alter table crowdlab.run_check drop constraint refuse");
        refuse("colors");
        warehouse.execute("update crowdlab.batch_job_execution set status = 'STARTED', end_time = null"
                + " where job_execution_id = (select job_execution_id from crowdlab.run where run_id = 3)");
        warehouse.letPass("31 d");
        run(1); // which removes what is old, too
        assertThat(warehouse.statuses())
                .containsExactly("PUBLISHED", "PUBLISHED", "SKIPPED", "FAILED", "REFUSED", "PUBLISHED");
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("2", "5", "6");
        assertThat(warehouse.column(EXECUTIONS))
                .as("run 3 had not ended, the others have their tables")
                .containsExactly("2", "3", "5", "6");
        warehouse.letPass("2 h");
        assertThat(program.purge(KEEP_ONE)).contains(" rows of 1 execution.");
        assertThat(warehouse.column(EXECUTIONS)).containsExactly("3", "5", "6");
        for (String table : List.of("batch_job_instance", "batch_job_execution", "batch_job_execution_context")) {
            assertThat(warehouse.value("select count(*) from crowdlab." + table))
                    .isEqualTo("3");
        }
        assertThat(warehouse.value("select count(*) from crowdlab.batch_step_execution"))
                .isEqualTo(warehouse.value("select count(*) from crowdlab.batch_step_execution_context"))
                .isNotEqualTo("0");
        assertThat(warehouse.column(PURGE_LOG))
                .containsExactly(
                        "tables of an old run {1}",
                        "Spring Batch metadata {1,4}", "tables of an old run {2}", "Spring Batch metadata {2}");
    }

    @Test
    @Tag("slow")
    void aReaderInTheWayIsNamed() throws Exception {
        run(2);
        warehouse.letPass("2 h");
        try (Connection reader = warehouse.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("set application_name = 'the dashboard'");
            statement.execute("select from crowdlab_bi.label_quality");
            assertThat(program.purge(KEEP_ONE))
                    .containsPattern("colors +none +0 +1\n")
                    .containsPattern(
                            "colors: run 1 keeps its tables for now: the published result is in use by"
                                    + " backend \\d+ \\(the dashboard, user "
                                    + warehouse.database().user()
                                    + "\\), in a transaction that began \\d+ seconds? ago; the next run or purge tries again.\n");
            Program.Result result = warehouse.program().call("purge", "--keep-runs", "1");
            assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        }
        program.purge(KEEP_ONE);
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("2");
    }

    @Test
    @Tag("slow")
    void whatWasNeverCurrentHasNoGrace() throws Exception {
        run(1);
        for (String moment : List.of("2020-01-01", "2020-01-02", "2020-01-03")) {
            assertThat(warehouse.program().call("run", "--as-of", moment).out()).contains("history only");
        }
        Program.Result result = warehouse.program().call("purge", "--keep-runs", "1");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).doesNotContain("it was current less than");
        assertThat(warehouse.column(KEPT_RUNS)).containsExactly("1", "4");
    }

    @Test
    @Tag("slow")
    void twoPurgesAndARunOfTheSameDatasetDoNotHinderEachOther() throws Exception {
        run(4);
        warehouse.letPass("2 h");
        CompletableFuture<String> named = CompletableFuture.supplyAsync(() -> purge("colors"));
        CompletableFuture<String> all = CompletableFuture.supplyAsync(this::purge);
        run(1);
        assertThat(named.get(120, TimeUnit.SECONDS) + all.get(60, TimeUnit.SECONDS))
                .doesNotContain("in use")
                .doesNotContain("not removed");
        assertThat(warehouse.published("colors")).isEqualTo("5");
        assertThat(warehouse.column(KEPT_RUNS)).as("run 4 was current just now").containsExactly("4", "5");
        assertThat(warehouse.column(PURGE_LOG))
                .containsExactly("tables of an old run {1}", "tables of an old run {2}", "tables of an old run {3}");
    }

    @Test
    @Tag("slow")
    void aDatasetAskedForByNameThatSomebodyElsePurgesIsInUse() throws Exception {
        run(1);
        try (Connection other = warehouse.connect();
                Statement statement = other.createStatement()) {
            statement.execute("set application_name = 'crowdlab-etl purge'");
            statement.execute("select pg_advisory_lock(hashtextextended('crowdlab-etl: retention', 0))");
            Program.Result result = warehouse.program().call("purge", "--dataset", "colors");
            assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(4);
            assertThat(result.out())
                    .containsPattern("colors: nothing removed. Old results are being removed by crowdlab-etl purge,"
                            + " backend \\d+.*; try again when it has ended\n");
        }
    }

    private static RetentionSettings keep(int runs, Optional<Duration> maxAge) {
        return new RetentionSettings(runs, maxAge, Duration.ofHours(1), Duration.ofDays(30), 10_000, Optional.empty());
    }

    private String purge(String... datasets) {
        try {
            return program.purge(KEEP_ONE, datasets);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(int times) throws Exception {
        for (int run = 1; run <= times; run++) {
            assertThat(program.runForced()).isNotEmpty().allMatch(end -> end.toString()
                    .contains("PUBLISHED"));
        }
    }

    private void refuse(String... datasets) throws Exception {
        String[] settings = Stream.of(datasets)
                .map(dataset -> "crowdlab.datasets." + dataset + ".checks.min-examples=1000")
                .toArray(String[]::new);
        try (OpenProgram strict = OpenProgram.on(warehouse.database(), settings)) {
            strict.runForced();
        }
    }
}
