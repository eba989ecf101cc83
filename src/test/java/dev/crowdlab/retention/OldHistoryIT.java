package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long label_change and annotator_stats of old runs are kept, and that nothing but retention takes them away. */
class OldHistoryIT {

    private static final String RUNS_WITH_STATS = "select distinct run_id from crowdlab.annotator_stats order by 1";
    private static final String RUNS_WITH_CHANGES = "select distinct run_id from crowdlab.label_change order by 1";
    private static final String REMOVALS =
            "select run_ids::text from crowdlab.purge_log where what = 'history of old runs' order by purge_id";

    /** Lets large tables be removed, and no history. */
    private static final String FULL =
            "alter table crowdlab.purge_log add constraint full_up check (what not like 'history%')";

    private Warehouse warehouse;

    /** Runs 1 and 2 are old, 3 was published after them and is current; the large tables of the first two are gone. */
    @BeforeEach
    void makeHistory() throws SQLException {
        warehouse = Warehouse.with("colors");
        call(0, "run");
        warehouse.relabel("colors", "e3", "red");
        call(0, "run");
        warehouse.letPass("500 d");
        warehouse.relabel("colors", "e6", "red");
        call(0, "run");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3");
        assertThat(warehouse.column(RUNS_WITH_CHANGES)).containsExactly("2", "3");
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.close();
    }

    @Test
    void thatOfPublishedRunsGoesWhenItIsOldAndStaysForEverByDefault() throws SQLException {
        call(0, "purge");
        call(0, "purge", "--crowdlab.retention.history=P600D");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3");
        String rows = warehouse.value("select sum(row_count) from crowdlab.run_table where run_id in (1, 2)"
                + " and table_name in ('label_change', 'annotator_stats')");
        assertThat(call(0, "purge", "--crowdlab.retention.history=400d"))
                .contains("colors: removed " + rows + " rows of 2 runs from label_change and annotator_stats, too.");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("3");
        assertThat(warehouse.column(RUNS_WITH_CHANGES)).containsExactly("3");
        assertThat(warehouse.column("select run_ids::text || ' ' || rows || ' ' || purged_by from crowdlab.purge_log"
                        + " where what = 'history of old runs'"))
                .containsExactly("{1,2} " + rows + " " + warehouse.database().user());
        assertThat(warehouse.column("select distinct run_id from crowdlab_bi.annotator_quality_history"))
                .containsExactly("3");
        assertThat(warehouse.column("select example_id from crowdlab_bi.label_changes"))
                .containsExactly("e6");
        assertThat(warehouse.plainTablesWithRowsOf(2))
                .contains("run_model", "run_consensus", "rejected_count", "dataset_stats", "run_table")
                .doesNotContain(Retention.removableTables())
                .doesNotContain(OldHistory.tables());
        assertThat(call(0, "purge", "--crowdlab.retention.history=400d")).doesNotContain("label_change");
        assertThat(call(0, "verify")).contains("found no difference");
        assertThat(call(0, "show", "1"))
                .contains("PUBLISHED")
                .as("the complete counts, which no retention removes")
                .containsPattern("rejected rows\\R +annotation [A-Z_]+ +1");
        call(0, "forget", "--annotator", "a2");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @Test
    @Tag("slow")
    void aRunRemovesItToo() throws SQLException {
        assertThat(call(0, "run", "--crowdlab.retention.history=400d")).contains("nothing new");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("3");
    }

    @Test
    @Tag("slow")
    void thatOfTheCurrentRunAndOfOneThatHasItsLargeTablesStaysHoweverOldItIs() throws SQLException {
        warehouse.relabel("colors", "e9", "red");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        warehouse.letPass("900 d");
        call(0, "purge", "--keep-runs", "2", "--crowdlab.retention.history=1d");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("3", "4");
        call(0, "purge", "--crowdlab.retention.history=1d");
        assertThat(warehouse.column(RUNS_WITH_STATS)).as("run 3 lost both").containsExactly("4");
        assertThat(warehouse.column(REMOVALS)).containsExactly("{1,2}", "{3}");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @Test
    @Tag("slow")
    void thatOfRefusedRunsGoesWithTheirOtherTablesWithoutAnyAge() throws SQLException {
        for (int refused = 4; refused <= 6; refused++) {
            warehouse.relabel("colors", "e" + 3 * refused, "red");
            call(3, "run", "--crowdlab.datasets.colors.checks.min-examples=1000");
            assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3", String.valueOf(refused));
        }
        assertThat(warehouse.column(RUNS_WITH_CHANGES)).containsExactly("2", "3", "6");
        assertThat(warehouse.column(REMOVALS)).containsExactly("{4}", "{5}");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @Test
    @Tag("slow")
    void thatOfRefusedRunsWhichAnEarlierRemovalHadToLeaveGoesToo() throws SQLException {
        warehouse.execute(FULL);
        for (int refused = 4; refused <= 5; refused++) {
            call(3, "run", "--force", "--crowdlab.datasets.colors.checks.min-examples=1000");
        }
        warehouse.execute("alter table crowdlab.purge_log drop constraint full_up");
        assertThat(warehouse.partitions()).noneMatch(table -> table.endsWith("_r4"));
        assertThat(call(0, "verify")).as("a removal that ended in between").contains("found no difference");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3", "4", "5");
        assertThat(call(0, "purge")).contains("colors: removed 5 rows of 1 run from label_change");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3", "5");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @CsvSource(delimiter = '|', textBlock = """
            delete from crowdlab.annotator_stats where run_id = 1 | Run 1 of dataset colors is closed (PUBLISHED), so that delete
            delete from crowdlab.label_change | Run 2 of dataset colors is closed
            update crowdlab.run_table set removed_at = now() where run_id = 1 and table_name = 'label_change'; \
            delete from crowdlab.annotator_stats where run_id = 1 | Run 1 of dataset colors is closed
            update crowdlab.run_table set removed_at = now() where run_id = 1 and table_name = 'annotator_stats'; \
            delete from crowdlab.annotator_stats where run_id in (1, 2) | Run 2 of dataset colors is closed
            update crowdlab.run_table set removed_at = now() where run_id = 3; \
            delete from crowdlab.annotator_stats where run_id = 3 | Run 3 of dataset colors is closed
            update crowdlab.run_table set removed_at = now() where run_id = 1 and table_name = 'annotator_stats'; \
            update crowdlab.annotator_stats set annotator_quality = 1 where run_id = 1 | Run 1 of dataset colors is closed
            update crowdlab.run_table set removed_at = now() where run_id = 1 and table_name = 'annotator_stats'; \
            truncate crowdlab.annotator_stats | Table crowdlab.annotator_stats cannot be truncated
            """)
    void nothingGoesThatIsNotMarkedAsRemoved(String statements, String reason) throws SQLException {
        assertThatThrownBy(() -> warehouse.execute(statements)).hasMessageContaining(reason);
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @Test
    @Tag("slow")
    void aRemovalWithoutItsRecordIsFoundAndSoIsOneInPart() throws SQLException {
        call(0, "purge", "--crowdlab.retention.history=400d");
        warehouse.execute("delete from crowdlab.purge_log where what = 'history of old runs'");
        assertThat(call(3, "verify"))
                .contains("run 1: table annotator_stats is marked as removed", "run 2: table label_change is marked")
                .contains("of which purge_log has no record", "found 3 differences");
        lifted("update crowdlab.run_table set removed_at = null where run_id = 2 and table_name = 'annotator_stats'");
        assertThat(call(3, "verify"))
                .contains(
                        "run 2: table annotator_stats is not marked as removed, though other tables of the run are",
                        "run 2: table annotator_stats holds 0 rows of the run, which wrote 5");
        warehouse.execute("update crowdlab.run_table set removed_at = now() where run_id = 3"
                + " and table_name = 'annotator_stats'");
        assertThat(call(3, "verify"))
                .contains("run 3: table label_quality is not marked as removed, though")
                .contains("run 3: table annotator_stats still has rows of the run, which are marked as removed");
    }

    @Test
    @Tag("slow")
    void rowsMarkAndRecordGoTogetherOrNotAtAll() throws SQLException {
        warehouse.execute(FULL);
        call(1, "purge", "--crowdlab.retention.history=400d");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @Test
    @Tag("slow")
    void runsWithManyRowsGoOneAfterTheOther() throws SQLException {
        lifted("update crowdlab.run_table set row_count = row_count + 1000000 where table_name = 'annotator_stats'");
        call(0, "purge", "--crowdlab.retention.history=400d");
        assertThat(warehouse.column(REMOVALS)).containsExactly("{1}", "{2}");
        lifted("update crowdlab.run_table set row_count = row_count - 1000000 where table_name = 'annotator_stats'");
        assertThat(call(0, "verify")).contains("found no difference");
    }

    @Test
    @Tag("slow")
    void aLockInTheWayIsNamedAndTheNextPurgeRemoves() throws SQLException {
        try (Connection other = warehouse.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table crowdlab.label_change in share mode");
            Program.Result result = program().call("purge", "--crowdlab.retention.history=400d");
            assertThat(result.exitCode()).as(result.out()).isEqualTo(1);
            assertThat(result.out())
                    .contains(
                            "colors: 2 runs keep their tables for now: another session has locked one of"
                                    + " annotator_stats, class_share, machine_stats, label_change; the next run or purge tries again.");
        }
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("1", "2", "3");
        call(0, "purge", "--crowdlab.retention.history=400d");
        assertThat(warehouse.column(RUNS_WITH_STATS)).containsExactly("3");
    }

    private void lifted(String statement) throws SQLException {
        warehouse.execute("set session_replication_role = replica; " + statement);
    }

    private Program program() {
        return warehouse.program().with("crowdlab.retention.runs", "1").with("crowdlab.retention.grace", "0s");
    }

    private String call(int exitCode, String... words) {
        return program().call(exitCode, words);
    }
}
