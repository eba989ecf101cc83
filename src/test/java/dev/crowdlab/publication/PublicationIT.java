package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands publish and unpublish, and the log of what dashboards showed. */
class PublicationIT {

    private static final String LOG = """
            select concat_ws(' ', dataset, coalesce(run_id::text, '-'), 'after', coalesce(previous_run_id::text, '-'))
            from crowdlab.publication_log
            order by publication_id""";

    private static final String WRITER = "publication_it_night";

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void aTableThatStaysLockedIsNamedWithWhatToDo() throws SQLException {
        warehouse.call(0, "run");
        try (Connection keeper = warehouse.connect();
                Statement statement = keeper.createStatement()) {
            keeper.setAutoCommit(false);
            statement.execute("lock table crowdlab.published_run in access exclusive mode");
            assertThat(warehouse.call(4, "publish", "--run", "1"))
                    .startsWith("PostgreSQL: canceling statement due to lock timeout")
                    .endsWith("; another session has kept a table locked that this needs: find it in pg_locks and"
                            + " pg_stat_activity, let it end, or end it, and try again\n");
        }
    }

    @Test
    void aKeptRunBecomesCurrentAgainAndTheDashboardsShowWhatTheyShowedThen() throws SQLException {
        warehouse.call(0, "run");
        Map<String, String> first = warehouse.visible();
        warehouse.relabel("colors", "e3", "red");
        warehouse.call(0, "run");
        assertThat(warehouse.visible().get("label_quality")).isNotEqualTo(first.get("label_quality"));
        assertThat(warehouse.call(0, "publish", "--run", "1"))
                .startsWith("Run 1 is now the current run of dataset 'colors'; before it was run 2.\n")
                .contains("The next run of dataset 'colors' replaces this result with a new one");
        for (String view : new String[] {"label_quality", "detailed_label_quality", "annotator_stats", "label_next"}) {
            assertThat(warehouse.visible().get(view)).as(view).isEqualTo(first.get(view));
        }
        assertThat(warehouse.call(0, "publish", "--run", "1"))
                .isEqualTo("Run 1 is the current run of dataset 'colors'; nothing was changed.\n");
        assertThat(warehouse.column(LOG)).containsExactly("colors 1 after -", "colors 2 after 1", "colors 1 after 2");
        assertThat(warehouse.call(0, "runs")).containsPattern("1 +colors .*PUBLISHED \\(current\\)");
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.call(0, "run"))
                .as("the input is not that of run 1")
                .contains("published");
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    void whatCannotBePublishedIsRefusedWithOneSentence() throws SQLException {
        warehouse.call(0, "run");
        warehouse.call(3, "run", "--force", "--crowdlab.datasets.colors.checks.min-examples=1000");
        warehouse.call(0, "run", "--force", "--crowdlab.retention.runs=1", "--crowdlab.retention.grace=0s");
        assertThat(warehouse.call(2, "publish", "--run", "9"))
                .isEqualTo("There is no run 9; the command runs lists all runs\n");
        assertThat(warehouse.call(2, "publish", "--run", "2"))
                .isEqualTo(
                        "Run 2 of dataset 'colors' is REFUSED; only a run that is PUBLISHED can be made current again\n");
        assertThat(warehouse.call(2, "publish", "--run", "1"))
                .startsWith("Run 1 of dataset 'colors' no longer has its rows in active_learning_score, ")
                .endsWith(
                        ", which retention removed; choose a run that has kept its tables, or run the dataset with --force\n");
        assertThat(warehouse.call(2, "unpublish", "--dataset", "shades"))
                .startsWith("Dataset 'shades' is not published, so");
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.column(LOG)).hasSize(2);
    }

    @Test
    @Tag("slow")
    void aRunWithAPartitionThatIsNoLongerAttachedIsNotPublished() throws SQLException {
        warehouse.call(0, "run");
        warehouse.call(0, "run", "--force");
        warehouse.execute("alter table crowdlab.label_quality detach partition crowdlab.label_quality_r1");
        assertThat(warehouse.call(2, "publish", "--run", "1"))
                .contains("no longer has its rows in label_quality, which");
        assertThat(warehouse.published("colors")).isEqualTo("2");
    }

    @Test
    void anUnpublishedDatasetLeavesTheDashboardsUntilItIsPublishedOrRunAgain() throws SQLException {
        warehouse.fill("zebras");
        warehouse.call(0, "run");
        String colors = warehouse.published("colors");
        assertThat(warehouse.call(0, "unpublish", "--dataset", "colors"))
                .startsWith("Dataset 'colors' is no longer published; the dashboards showed its run " + colors + ",")
                .contains("The next run of the dataset publishes it again");
        assertThat(warehouse.column("select distinct dataset from crowdlab_bi.label_quality"))
                .containsExactly("zebras");
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.call(2, "unpublish", "--dataset", "colors"))
                .startsWith("Dataset 'colors' is not published");
        assertThat(warehouse.call(0, "publish", "--run", colors)).contains("; before there was none.");
        warehouse.call(0, "unpublish", "--dataset", "colors");
        assertThat(warehouse.call(0, "run", "--dataset", "colors"))
                .as("nothing is published to compare with")
                .contains("published");
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    void aDatasetThatIsBeingRunIsInUse() throws SQLException {
        warehouse.call(0, "run");
        try (Connection other = warehouse.connect();
                Statement statement = other.createStatement()) {
            statement.execute("set application_name = 'crowdlab-etl run 7'");
            statement.execute("select pg_advisory_lock(hashtextextended('crowdlab-etl colors', 0))");
            assertThat(warehouse.call(4, "publish", "--run", "1"))
                    .startsWith("Dataset 'colors' is in use by crowdlab-etl run 7");
            assertThat(warehouse.call(4, "unpublish", "--dataset", "colors"))
                    .startsWith("Dataset 'colors' is in use by");
        }
        assertThat(warehouse.published("colors")).isEqualTo("1");
    }

    @Test
    void readersSeeOneRunOrTheOtherAndNeverNone() throws Exception {
        warehouse.call(0, "run");
        warehouse.call(0, "run", "--force");
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> reads(isOver));
        for (int change = 0; change < 6; change++) {
            warehouse.call(0, "publish", "--run", String.valueOf(1 + change % 2));
        }
        isOver.set(true);
        assertThat(reader.get(120, TimeUnit.SECONDS)).isGreaterThan(10);
    }

    private int reads(AtomicBoolean isOver) {
        int reads = 0;
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            while (!isOver.get()) {
                try (ResultSet row = statement.executeQuery("select count(*) || ' examples of '"
                        + " || count(distinct run_id) || ' run' from crowdlab_bi.label_quality")) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo(Warehouse.EXAMPLES + " examples of 1 run");
                    reads++;
                }
            }
            return reads;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("slow")
    void aRunThatWasMadeCurrentAgainIsKeptForTheGraceAfterwards() throws SQLException {
        for (int run = 1; run <= 3; run++) {
            warehouse.call(0, "run", "--force", "--crowdlab.retention.runs=3");
        }
        warehouse.call(0, "publish", "--run", "1");
        warehouse.letPass("2 h");
        warehouse.call(0, "run", "--force", "--crowdlab.retention.runs=1");
        String kept = "select run_id from crowdlab.run_table where table_name = 'label_quality' and removed_at is null"
                + " order by 1";
        assertThat(warehouse.column(kept)).as("1 was current until 4 came").containsExactly("1", "4");
        warehouse.call(0, "unpublish", "--dataset", "colors");
        warehouse.letPass("2 h");
        warehouse.call(0, "purge", "--keep-runs", "1");
        assertThat(warehouse.column(kept)).as("unpublished, yet the newest").containsExactly("4");
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    @Tag("slow")
    void aChangeByHandIsLoggedWithItsAuthor() throws SQLException {
        warehouse.call(0, "run");
        warehouse.call(0, "run", "--force");
        warehouse.execute("create user " + WRITER + " password 'secret' in role crowdlab_writer");
        try {
            try (Connection writer = warehouse.database().dataSource().getConnection(WRITER, "secret");
                    Statement statement = writer.createStatement()) {
                statement.execute("update crowdlab.published_run set run_id = 1");
                statement.execute("delete from crowdlab.published_run");
            }
            assertThat(warehouse.column(LOG)).endsWith("colors 1 after 2", "colors - after 1");
            assertThat(warehouse.column(
                            "select distinct changed_by from crowdlab.publication_log where publication_id > 2"))
                    .containsExactly(WRITER);
            assertThat(warehouse.chainFaults()).isEmpty();
            Program night = Program.on(warehouse.database(), WRITER, "secret");
            assertThat(night.call("publish", "--run", "2").exitCode()).isZero();
            assertThat(night.call("unpublish", "--dataset", "colors").exitCode())
                    .isZero();
            assertThat(
                            warehouse.value(
                                    "select string_agg(changed_by, ' ') from crowdlab.publication_log where publication_id > 4"))
                    .isEqualTo(WRITER + " " + WRITER);
        } finally {
            warehouse.execute("drop owned by " + WRITER, "drop user " + WRITER);
        }
        warehouse.execute(
                "insert into crowdlab.published_run values ('colors', 1, now())", "truncate crowdlab.published_run");
        assertThat(warehouse.column(LOG)).endsWith("colors 1 after -", "colors - after 1");
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    @Test
    @Tag("slow")
    void whoeverSwitchesTheLogOffIsFound() throws SQLException {
        warehouse.call(0, "run");
        warehouse.call(0, "run", "--force");
        String switchOff = "set session_replication_role = replica; ";
        warehouse.execute("create table public.former as select * from crowdlab.publication_log where run_id = 1");
        warehouse.execute(switchOff + "update crowdlab.published_run set run_id = 1");
        assertThat(warehouse.call(3, "verify"))
                .contains(
                        "Dataset 'colors', run 1: table published_run names this run, though run 2 is the current one, by"
                                + " publication_log since ");
        warehouse.execute(switchOff + "delete from crowdlab.published_run");
        assertThat(warehouse.call(3, "verify"))
                .contains("run 2: table published_run has no row for the dataset, whose current run is this one");
        warehouse.execute(
                switchOff + "insert into crowdlab.published_run values ('colors', 2, now())",
                switchOff + "update crowdlab.publication_log set changed_by = 'somebody' where run_id = 1");
        assertThat(warehouse.call(3, "verify")).contains("run 1: table publication_log row 1 does not match its hash");
        warehouse.execute(switchOff + "delete from crowdlab.publication_log where run_id = 1");
        assertThat(warehouse.call(3, "verify"))
                .contains("run 2: table publication_log row 2 does not follow the change before it");
        warehouse.execute(
                switchOff + "update crowdlab.published_run set run_id = 1",
                switchOff + "delete from crowdlab.publication_log where run_id = 2",
                switchOff + "insert into crowdlab.publication_log overriding system value select * from public.former");
        assertThat(warehouse.call(3, "verify"))
                .as("cut off so that published_run fits")
                .contains("run 2: table publication_log has no row for this run, though it became current");
        warehouse.execute(
                switchOff + "update crowdlab.published_run set run_id = 2",
                switchOff + "delete from crowdlab.publication_log");
        assertThat(warehouse.call(3, "verify"))
                .contains(
                        "run 2: table published_run names this run, though no publication of the dataset is recorded");
    }

    @Test
    void theRowsOfTheLogStandStill() throws SQLException {
        warehouse.call(0, "run");
        for (String statement : new String[] {
            "update crowdlab.publication_log set run_id = null",
            "delete from crowdlab.publication_log",
            "truncate crowdlab.publication_log"
        }) {
            assertThat(refusal(statement)).contains("Rows of crowdlab.publication_log are written once");
        }
        warehouse.execute("insert into crowdlab.publication_log (dataset, changed_at, changed_by, previous_hash, hash)"
                + " values ('x', '2020-01-01', 'nobody', 'x', 'x')");
        assertThat(warehouse.value(
                        "select (changed_at > now() - interval '1 h' and hash = crowdlab.publication_hash(l))::text"
                                + " || ' ' || changed_by || coalesce(previous_hash, ' first')"
                                + " from crowdlab.publication_log l where dataset = 'x'"))
                .as("who and when is the server's to say")
                .isEqualTo("true " + warehouse.database().user() + " first");
    }

    private String refusal(String statement) {
        try {
            warehouse.execute(statement);
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
