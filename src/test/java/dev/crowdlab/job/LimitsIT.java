package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing waits without a limit, and a dataset that has to wait does not hinder the others. */
class LimitsIT {

    private static final long MAX_SECONDS = 120;

    private static final String LOCK_SENTENCE = "did not get a lock on a table that it reads in the time that"
            + " crowdlab.lock-timeout allows; find in pg_locks which session holds the table";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void makeWarehouse() throws SQLException {
        warehouse = Warehouse.with("colors");
        warehouse.execute("""
                create function public.look() returns boolean language plpgsql as $$
                begin
                    perform from public.votes_b;
                    return true;
                end $$""", """
                create function public.hold() returns boolean language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(4711);
                    return true;
                end $$""");
        for (String dataset : new String[] {"a", "b", "c"}) {
            warehouse.execute(
                    "create table public.votes_" + dataset
                            + " as select example_id, annotator_id, label from crowdlab.annotation",
                    "analyze public.votes_" + dataset);
        }
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        warehouse.close();
    }

    /** The program with a dataset of each table; that of b reads as asked for. */
    private Program threeDatasets(String conditionOfB) {
        Program program = warehouse.program();
        for (String dataset : new String[] {"a", "b", "c"}) {
            program.with(
                    "crowdlab.datasets." + dataset + ".annotations-query",
                    "select example_id, annotator_id, label from public.votes_" + dataset
                            + (dataset.equals("b") ? " where " + conditionOfB : ""));
        }
        return program;
    }

    private void assertOnlyBFailed(Program.Result result, String sentence) throws SQLException {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out()).contains("b: failed. " + sentence);
        assertThat(warehouse.column("select dataset || ' ' || status from crowdlab.run order by dataset"))
                .containsExactly("a PUBLISHED", "b FAILED", "c PUBLISHED", "colors PUBLISHED");
        assertThat(warehouse.value("select message from crowdlab.run_check where code = 'FAILED'"))
                .startsWith(sentence);
    }

    @Test
    void aLockOnATableOfADatasetFailsThisDatasetAloneInItsOwnRun() throws SQLException {
        Program.Result result;
        try (Connection keeper = warehouse.connect()) {
            lock(keeper, "public.votes_b");
            result = threeDatasets("true").with("crowdlab.lock-timeout", "1s").call("run");
        }
        assertOnlyBFailed(result, "crowdlab.datasets.b.annotations-query: " + LOCK_SENTENCE);
    }

    @Test
    @Tag("slow")
    void soDoesALockThatIsInTheWayWhenRowsAreRead() throws SQLException {
        Program program = threeDatasets("public.look()").with("crowdlab.lock-timeout", "1s");
        program.with(
                "crowdlab.datasets.b.annotations-query",
                "select example_id, annotator_id, label from public.votes_c where public.look()");
        Program.Result result;
        try (Connection keeper = warehouse.connect()) {
            lock(keeper, "public.votes_b");
            result = program.call("run");
        }
        assertOnlyBFailed(result, "crowdlab.datasets.b.annotations-query: " + LOCK_SENTENCE);
    }

    @Test
    @Tag("slow")
    void aLockOnTheBuiltInTablesDoesNotHinderDatasetsWithQueries() throws SQLException {
        Program.Result result;
        try (Connection keeper = warehouse.connect()) {
            lock(keeper, "crowdlab.annotation");
            result = threeDatasets("true").with("crowdlab.lock-timeout", "1s").call("run");
        }
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out()).contains("crowdlab.annotation: failed. Its datasets are not known: the program did");
        assertThat(warehouse.column("select dataset || ' ' || status from crowdlab.run order by dataset"))
                .containsExactly("a PUBLISHED", "b PUBLISHED", "c PUBLISHED");
    }

    @Test
    void validateNamesALockAndGoesOn() throws SQLException {
        Program.Result result;
        try (Connection keeper = warehouse.connect()) {
            lock(keeper, "public.votes_b");
            result = threeDatasets("true").with("crowdlab.lock-timeout", "1s").call("validate");
        }
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("crowdlab.datasets.b.annotations-query: " + LOCK_SENTENCE);
        assertThat(result.out()).contains("Dataset 'c' has about");
    }

    private static void lock(Connection keeper, String table) throws SQLException {
        keeper.setAutoCommit(false);
        try (Statement lock = keeper.createStatement()) {
            lock.execute("lock table " + table + " in access exclusive mode");
        }
    }

    @Test
    void aDatasetThatTakesLongerThanItMayIsCanceled() throws SQLException, InterruptedException {
        long start = System.nanoTime();
        Program.Result result = threeDatasets("pg_sleep(100)::text is not null")
                .with("crowdlab.datasets.b.timeout", "3s")
                .call("run");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertOnlyBFailed(
                result,
                "The run was canceled at readAnnotations because it took longer than 3 seconds; see what it waited for, or raise"
                        + " crowdlab.datasets.b.timeout");
        warehouse.await("select count(*) = 0 from pg_stat_activity where query like '%pg_sleep%'"
                + " and state = 'active' and pid <> pg_backend_pid()");
    }

    @Test
    @Tag("slow")
    void aSignalForOneDryRunLeavesAnotherAlone() throws Exception {
        CompletableFuture<Program.Result> other;
        try (Connection keeper = warehouse.connect()) {
            try (Statement lock = keeper.createStatement()) {
                lock.execute("select pg_advisory_lock(4711)");
            }
            Process stopped = threeDatasets("public.hold()").start(directory, "run", "--dry-run", "--dataset", "b");
            other = CompletableFuture.supplyAsync(
                    () -> threeDatasets("public.hold()").call("run", "--dry-run", "--dataset", "b"));
            warehouse.await(
                    "select count(*) = 2 from pg_locks where locktype = 'advisory' and objid = 4711"
                            + " and not granted and database = (select oid from pg_database where datname = current_database())");
            stopped.destroy();
            assertThat(stopped.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(stopped.exitValue()).isEqualTo(128 + 15);
        }
        Program.Result result = other.get(MAX_SECONDS, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("b: a run would be published");
    }

    @Test
    void aPastMomentIsPlannedAsOfThatMoment() throws SQLException {
        warehouse.execute("""
                create table public.grown as
                select 'e' || i as example_id, 'a' || i % 7 as annotator_id, 'x' || i % 2 as label,
                    case when i < 100 then timestamptz '2020-01-01' else timestamptz '2024-01-01' + i * interval '1 min' end
                        as created_at
                from generate_series(1, 50000) i""", "analyze public.grown");
        Program program = warehouse
                .program()
                .with(
                        "crowdlab.datasets.grown.annotations-query",
                        "select example_id, annotator_id, label from public.grown"
                                + " where created_at <= current_setting('crowdlab.as_of')::timestamptz");
        assertThat(program.call("run", "--dry-run", "--dataset", "grown").out())
                .containsPattern("Dataset 'grown' has about (49|50),\\d{3} annotation and 0 prediction rows");
        assertThat(program.call("run", "--dry-run", "--dataset", "grown", "--as-of", "2021-01-01")
                        .out())
                .containsPattern("Dataset 'grown' has about \\d{1,3} annotation and 0 prediction rows");
    }
}
