package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is removed after publishing, what is kept, and what a reader in the way changes about it. */
class RetentionIT {

    private static final String RUNS_OF_LABEL_QUALITY = """
            select substring(relname from '\\d+$')::int as run
            from pg_class
            where relname ~ '^label_quality_r\\d+$' and relkind = 'r'
            order by run""";

    private static final String PENDING = "select count(*) from pg_inherits where inhdetachpending";

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        warehouse.close();
    }

    @Test
    void theLargeTablesOfAnOldRunGo() throws SQLException {
        runKeepingOne();
        warehouse.relabel("colors", "e3", "red");
        runKeepingOne();
        assertThat(warehouse.partitions())
                .containsExactly(
                        "crowdlab.active_learning_score_r2",
                        "crowdlab.alternative_consensus_r2",
                        "crowdlab.detailed_label_quality_r2",
                        "crowdlab.label_quality_r2");
        assertThat(warehouse.column(
                        "select table_name from crowdlab.run_table where run_id = 1" + " and removed_at is not null"))
                .hasSizeGreaterThan(9)
                .containsExactlyInAnyOrderElementsOf(
                        warehouse.column("select table_name from crowdlab.run_table where run_id = 1"
                                + " and table_name in ('"
                                + ResultTableDefinitions.kept(Kept.AS_PARTITION, Kept.WITH_PARTITIONS).stream()
                                        .map(ResultTableDefinition::name)
                                        .collect(Collectors.joining("', '"))
                                + "')"));
        assertThat(warehouse.value(
                        "select count(*) from crowdlab.run_table where run_id = 2 and removed_at is not null"))
                .isEqualTo("0");
        assertThat(warehouse.value("select run_ids::text || ' ' || purged_by || ' ' || (rows = (select sum(row_count)"
                        + " from crowdlab.run_table where removed_at is not null)) from crowdlab.purge_log"))
                .isEqualTo("{1} " + warehouse.database().user() + " true");
    }

    @Test
    void theHistoryOfAnOldRunStays() throws SQLException {
        runKeepingOne();
        warehouse.relabel("colors", "e3", "red");
        runKeepingOne();
        assertThat(warehouse.plainTablesWithRowsOf(1))
                .contains(
                        "annotator_stats", "run_model", "run_consensus", "rejected_count", "dataset_stats", "run_table")
                .doesNotContain(Retention.removableTables());
        assertThat(warehouse.value("select count(*) from crowdlab.run_check where run_id = 1"))
                .isNotEqualTo("0");
        assertThat(warehouse.column("select distinct run_id from crowdlab_bi.annotator_quality_history order by 1"))
                .containsExactly("1", "2");
        assertThat(warehouse.column("select run_id || ' ' || example_id from crowdlab_bi.label_changes"))
                .containsExactly("2 e3");
        runKeepingOne("--force");
        assertThat(warehouse.column("select run_id || ' ' || example_id from crowdlab_bi.label_changes"))
                .containsExactly("2 e3");
        assertThat(warehouse.column("select run_ids::text from crowdlab.purge_log order by purge_id"))
                .containsExactly("{1}", "{2}");
    }

    @Test
    void asLongAsTheGraceLastsNothingIsRemoved() throws SQLException {
        for (int run = 1; run <= 4; run++) {
            run("--force");
        }
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("1", "2", "3", "4");
        assertThat(warehouse.value("select count(*) from crowdlab.purge_log")).isEqualTo("0");
        warehouse.letPass("2 h");
        run("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY))
                .as("the last two, and no other was current in the last hour")
                .containsExactly("4", "5");
    }

    @Test
    @Tag("slow")
    void aRunThatWasCurrentJustNowIsKeptThoughARunOfAnOlderMomentCameBetween() throws SQLException {
        run();
        run("--as-of", "2020-01-01");
        run("--as-of", "2020-01-02");
        warehouse.letPass("2 h");
        assertThat(warehouse.published("colors")).isEqualTo("1");
        run("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).contains("1", "4");
        warehouse.letPass("2 h");
        run("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("4", "5");
    }

    @Test
    @Tag("slow")
    void thePublishedRunIsKeptHoweverManyRunsOfOlderMomentsFollow() throws SQLException {
        runKeepingOne();
        Map<String, String> visible = warehouse.visible();
        for (String moment : new String[] {"2020-01-01", "2020-01-02", "2020-01-03"}) {
            runKeepingOne("--as-of", moment);
        }
        warehouse.letPass("2 h");
        runKeepingOne("--as-of", "2020-01-04");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("1", "5");
        assertThat(warehouse.visible().get("label_quality")).isEqualTo(visible.get("label_quality"));
    }

    @Test
    void ofRefusedRunsOnlyTheNewestIsKept() throws SQLException {
        run();
        for (int refused = 2; refused <= 4; refused++) {
            assertThat(warehouse
                            .program()
                            .with("crowdlab.datasets.colors.checks.min-examples", "1000")
                            .call("run", "--force")
                            .exitCode())
                    .isEqualTo(3);
            assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("1", String.valueOf(refused));
        }
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "REFUSED", "REFUSED", "REFUSED");
        run("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("1", "4", "5");
    }

    @Test
    @Tag("slow")
    void datasetsAreCountedEachForItself() throws SQLException {
        warehouse.fill("other");
        for (int night = 1; night <= 3; night++) {
            runKeepingOne("--force", "--dataset", "colors");
        }
        runKeepingOne("--dataset", "other");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("3", "4");
    }

    @Test
    @Tag("slow")
    void aReaderInTheWayKeepsWhatItReadsAndTheNextRunRemovesIt() throws Exception {
        runKeepingOne();
        try (Connection reader = warehouse.connect();
                Statement statement = reader.createStatement()) {
            assertThat(rowsSeenBy(reader, statement, "annotator_stats")).isEqualTo(Warehouse.ANNOTATORS);
            long start = System.nanoTime();
            try (NewReaders newReaders = new NewReaders(warehouse)) {
                runKeepingOne("--force");
                newReaders.assertNobodyWaited();
            }
            assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
            assertThat(warehouse.published("colors")).isEqualTo("2");
            assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY))
                    .as("the reader was met")
                    .containsExactly("1", "2");
            assertThat(warehouse.value(PENDING)).as("nothing was begun").isEqualTo("0");
            assertThat(rowsSeenBy(reader, statement, "label_quality"))
                    .as("a view that the reader had not looked at, of the run that it sees as published")
                    .isEqualTo(40);
        }
        runKeepingOne("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("3");
        assertThat(warehouse.partitions()).hasSize(4);
        assertThat(warehouse.column("select run_ids::text from crowdlab.purge_log order by purge_id"))
                .containsExactly("{1}", "{2}");
    }

    @Test
    @Tag("slow")
    void aDetachThatWasInterruptedIsFinishedWhenItsReadersHaveGone() throws Exception {
        runKeepingOne();
        run("--force");
        try (Connection reader = warehouse.connect();
                Statement statement = reader.createStatement()) {
            interruptDetach(reader, statement);
            try (NewReaders newReaders = new NewReaders(warehouse)) {
                runKeepingOne("--force");
                newReaders.assertNobodyWaited();
            }
            assertThat(warehouse.published("colors")).isEqualTo("3");
            assertThat(warehouse.value(PENDING)).isEqualTo("1");
            assertThat(rowsSeenBy(reader, statement, "label_quality"))
                    .as("the reader's snapshot")
                    .isEqualTo(40);
        }
        try (NewReaders newReaders = new NewReaders(warehouse)) {
            runKeepingOne("--force");
            newReaders.assertNobodyWaited();
        }
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("4");
        assertThat(warehouse.value(PENDING)).isEqualTo("0");
    }

    @Test
    @Tag("slow")
    void aRunThatFindsNothingNewFinishesAnInterruptedDetachToo() throws Exception {
        runKeepingOne();
        run("--force");
        try (Connection reader = warehouse.connect();
                Statement statement = reader.createStatement()) {
            interruptDetach(reader, statement);
        }
        runKeepingOne();
        assertThat(warehouse.statuses()).last().isEqualTo("SKIPPED");
        assertThat(warehouse.value(PENDING)).isEqualTo("0");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("2");
    }

    /** Leaves the detaching of run 1 undone, because the reader has looked at it. */
    private void interruptDetach(Connection reader, Statement statement) throws SQLException {
        assertThat(rowsSeenBy(reader, statement, "label_quality")).isEqualTo(40);
        assertThatThrownBy(() -> warehouse.execute(
                        "set lock_timeout = '1s'",
                        "alter table crowdlab.label_quality detach partition crowdlab.label_quality_r1 concurrently"))
                .hasMessageContaining("lock timeout");
        assertThat(warehouse.value(PENDING)).isEqualTo("1");
    }

    private static int rowsSeenBy(Connection reader, Statement statement, String view) throws SQLException {
        if (reader.getAutoCommit()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        try (ResultSet rows =
                statement.executeQuery("select count(*) from crowdlab_bi." + view + " where dataset = 'colors'")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    /** Dashboards that come one after the other, each of which gives up if it waits a second for a lock. */
    private static final class NewReaders implements AutoCloseable {

        private final Connection connection;
        private final CompletableFuture<Integer> done;
        private final CountDownLatch first = new CountDownLatch(1);
        private volatile boolean ending;

        NewReaders(Warehouse warehouse) throws SQLException, InterruptedException {
            connection = warehouse.connect();
            done = CompletableFuture.supplyAsync(this::read);
            assertThat(first.await(120, TimeUnit.SECONDS)).isTrue();
        }

        private int read() {
            int reads = 0;
            try (Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout = '1s'");
                while (!ending) {
                    try (ResultSet rows =
                            statement.executeQuery("select count(distinct run_id) from crowdlab_bi.label_quality")) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getInt(1))
                                .as("runs seen by one statement")
                                .isLessThanOrEqualTo(1);
                        reads++;
                    }
                    first.countDown();
                }
                return reads;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                first.countDown();
            }
        }

        void assertNobodyWaited() throws Exception {
            ending = true;
            assertThat(done.get(120, TimeUnit.SECONDS)).isGreaterThan(1);
        }

        @Override
        public void close() throws SQLException {
            ending = true;
            connection.close();
        }
    }

    @Test
    @Tag("slow")
    void whatIsTooOldGoesThoughNothingNewIsPublished() throws SQLException {
        for (int run = 1; run <= 3; run++) {
            run("--force");
        }
        warehouse.letPass("2 d");
        run("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("3", "4");
        warehouse.letPass("2 h");
        call(warehouse.program().with("crowdlab.retention.max-age", "1d"));
        assertThat(warehouse.statuses()).endsWith("SKIPPED");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("4");
        warehouse.letPass("2 d");
        call(warehouse.program().with("crowdlab.retention.max-age", "1d"));
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY))
                .as("what dashboards show stays however old it is")
                .containsExactly("4");
    }

    @Test
    @Tag("slow")
    void aDatasetMayBeCalledRetention() throws SQLException {
        warehouse.fill("retention");
        runKeepingOne("--dataset", "retention");
        runKeepingOne("--dataset", "retention", "--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("2");
    }

    @Test
    @Tag("slow")
    void aFailureToRemoveNeverFailsTheRun() throws SQLException {
        runKeepingOne();
        warehouse.execute(
                """
                create function public.fail() returns trigger language plpgsql as $$
                begin
                    raise exception 'the purge log is full';
                end $$""",
                "create trigger fail before insert on crowdlab.purge_log for each row execute function public.fail()");
        runKeepingOne("--force");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.standAloneTables())
                .as("detached, but not yet dropped")
                .hasSize(4)
                .allMatch(table -> table.endsWith("_r1"));
        assertThat(warehouse.value("select count(*) from crowdlab.run_table where removed_at is not null"))
                .isEqualTo("0");
        warehouse.execute("drop trigger fail on crowdlab.purge_log");
        runKeepingOne("--force");
        assertThat(warehouse.column(RUNS_OF_LABEL_QUALITY)).containsExactly("3");
    }

    private void runKeepingOne(String... options) {
        call(warehouse.program().with("crowdlab.retention.runs", "1").with("crowdlab.retention.grace", "0s"), options);
    }

    private void run(String... options) {
        call(warehouse.program(), options);
    }

    private static void call(Program program, String... options) {
        String[] words = new String[options.length + 1];
        words[0] = "run";
        System.arraycopy(options, 0, words, 1, options.length);
        program.call(0, words);
    }
}
