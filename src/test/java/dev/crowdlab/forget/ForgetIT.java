package dev.crowdlab.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command forget: the id is gone, everything else is as it was, and verify still finds what somebody else changes. */
class ForgetIT {

    private static final String NIGHT = "forget_it_night";
    private static final String DEPLOY = "forget_it_deploy";
    private static final String PSEUDONYM = "forgotten-[0-9a-f]{16}";
    private static final String LIFTED = "set session_replication_role = replica; ";

    private static Warehouse history;

    private Warehouse warehouse;

    /** Of everything that may hold an id there is something: kept, refused and failed runs, and a query that names it. */
    @BeforeAll
    static void makeSomeHistory() throws SQLException {
        history = Warehouse.with("colors", "zebras");
        history.call(0, "run");
        history.relabel("colors", "e5", "green");
        history.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                + " values ('colors', 'e5', 'a5', null)");
        history.call(0, "run", "--dataset", "colors");
        history.call(3, "run", "--dataset", "colors", "--force", "--crowdlab.datasets.colors.checks.min-examples=1000");
        history.call(
                0,
                "run",
                "--dataset",
                "queried",
                "--crowdlab.datasets.queried.annotations-query=select example_id, annotator_id, label"
                        + " from crowdlab.annotation where dataset = 'colors' and example_id <> 'e5' and annotator_id <> 'a5'");
        history.execute("delete from crowdlab.prediction where dataset = 'colors' and example_id = 'e5'");
        history.call(1, "run", "--dataset", "colors", "--crowdlab.datasets.colors.on-missing-prediction=fail");
        assertThat(history.value("select message from crowdlab.run_check where code = 'FAILED'"))
                .contains("'e5'");
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
    void theIdOfAnExampleIsNowhereAndTheRestIsVerified() throws SQLException {
        assertThat(cellsWith("e5"))
                .contains(
                        "crowdlab.label_quality_r1",
                        "crowdlab.label_quality_r2",
                        "crowdlab.active_learning_score_r1",
                        "crowdlab.detailed_label_quality_r1",
                        "crowdlab.label_change",
                        "crowdlab.rejected_row",
                        "crowdlab.work_list",
                        "crowdlab.run_check",
                        "crowdlab.run",
                        "crowdlab.annotation",
                        "crowdlab.batch_step_execution",
                        "crowdlab.prediction");
        String labels = "select dataset || ' ' || count(*) || ' ' || count(distinct example_id)"
                + " from crowdlab_bi.label_quality group by dataset order by 1";
        List<String> before = warehouse.column(labels);
        List<String> hashes = warehouse.column("select hash from crowdlab.run order by run_id");
        assertThat(warehouse.call(0, "forget", "--example", "e5"))
                .containsPattern("The example is now " + PSEUDONYM + ", in 3 datasets: colors, queried, zebras.")
                .containsPattern("detailed_label_quality +\\d+")
                .contains("as long as the sources contain it, the next run brings it back");
        assertThat(cellsWith("e5")).isEmpty();
        assertThat(warehouse.column(labels)).isEqualTo(before);
        assertThat(warehouse.column("select hash from crowdlab.run order by run_id"))
                .isEqualTo(hashes);
        assertThat(warehouse.value(
                        "select settings ->> 'annotations_query' from crowdlab.run where dataset = 'queried'"))
                .containsPattern("example_id <> '" + PSEUDONYM + "' and annotator_id <> 'a5'");
        assertThat(warehouse.call(0, "verify")).contains("found no difference").contains(newestHash());
        assertThat(warehouse.call(2, "forget", "--example", "e5"))
                .isEqualTo("There is no example 'e5' in any dataset; give the id exactly as it is in the tables\n");
    }

    @Test
    void theIdOfAnAnnotatorIsReplacedInOneDatasetAndThenInAll() throws SQLException {
        warehouse.call(0, "forget", "--annotator", "a5", "--dataset", "zebras");
        assertThat(warehouse.column(
                        "select distinct dataset from crowdlab_bi.annotator_stats where annotator_id = 'a5'"))
                .containsExactly("colors");
        assertThat(warehouse.column(
                        "select dataset from crowdlab_bi.annotator_stats where annotator_id ~ '^" + PSEUDONYM + "$'"))
                .containsExactly("zebras");
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
        warehouse.call(0, "forget", "--annotator", "a5");
        assertThat(cellsWith("a5")).isEmpty();
        assertThat(warehouse.column(
                        "select what || ' ' || coalesce(dataset, 'all') from crowdlab.forget_log order by forget_id"))
                .containsExactly("annotator zebras", "annotator all");
        assertThat(warehouse.value(
                        "select count(*) from crowdlab.forget_log where hash <> crowdlab.forget_hash(forget_log)"))
                .isEqualTo("0");
        warehouse.call(0, "forget", "--annotator", "a4");
        assertThat(warehouse.call(0, "verify"))
                .as("tables whose digest was replaced before")
                .contains("found no difference");
        assertThat(warehouse.call(0, "run", "--dataset", "zebras")).contains("published");
        assertThat(warehouse.column("select example_id from crowdlab_bi.label_changes where dataset = 'zebras'"))
                .isEmpty();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(
            strings = {
                "update crowdlab.detailed_label_quality set annotator_id = 'a5' where annotator_id ~ 'forgotten' and run_id = 2",
                "update crowdlab.annotator_stats set annotator_quality = 1 where run_id = 2",
                "update crowdlab.annotator_stats set annotator_id = 'a5' where annotator_id ~ 'forgotten' and run_id = 3",
                "update crowdlab.run set settings = settings || '{\"annotations_query\": \"x\"}' where dataset = 'queried'",
                "update crowdlab.run set num_rejected = 7 where dataset = 'queried'",
                "update crowdlab.forget_log set forgotten_by = 'nobody'",
                "update crowdlab.forget_log set digests = '[]'",
                "delete from crowdlab.forget_log",
                "delete from crowdlab.forget_log where forget_id = 1",
                "update crowdlab.run_table set digest = d ->> 'new' from crowdlab.forget_log, jsonb_array_elements(digests) d"
                        + " where run_table.run_id = (d ->> 'run_id')::bigint and run_table.table_name = d ->> 'table_name'"
            })
    void whatIsChangedAfterwardsIsFound(String tampering) throws SQLException {
        warehouse.call(0, "forget", "--annotator", "a5");
        warehouse.call(0, "forget", "--example", "e5");
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
        warehouse.execute(LIFTED + tampering);
        assertThat(warehouse.call(3, "verify")).contains("table ");
    }

    @Test
    @Tag("slow")
    void whatWasChangedBeforehandIsStillFound() throws SQLException {
        warehouse.execute(LIFTED + "update crowdlab.annotator_stats set annotator_quality = 1 where run_id = 2");
        assertThat(warehouse.call(0, "forget", "--annotator", "a5"))
                .contains("Run 2: table annotator_stats had already been changed, so verify keeps reporting it.");
        assertThat(cellsWith("a5")).isEmpty();
        assertThat(warehouse.call(3, "verify"))
                .contains("run 2: table annotator_stats")
                .contains("found 1 difference.");
    }

    @Test
    void onlyTheOwnerForgetsAndTheNightlyRoleCannotChangeAClosedRunTheSameWay() throws SQLException {
        users();
        try {
            Program night = Program.on(warehouse.database(), NIGHT, "secret");
            Program.Result refused = night.call("forget", "--annotator", "a5");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).startsWith("Only crowdlab_owner may forget, since it changes closed runs;");
            try (Connection writer = warehouse.database().dataSource().getConnection(NIGHT, "secret");
                    Statement statement = writer.createStatement()) {
                statement.execute("set crowdlab.forgetting = 'on'");
                for (String change : List.of(
                        "update crowdlab.annotator_stats set annotator_id = 'x' where annotator_id = 'a5'",
                        "update crowdlab.run set settings = '{}' where run_id = 1",
                        "update crowdlab.run_check set message = 'x' where run_id = 1")) {
                    assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining("closed");
                }
                assertThatThrownBy(
                                () -> statement.execute(
                                        "insert into crowdlab.forget_log (what, pseudonym, rows, digests,"
                                                + " forgotten_at, forgotten_by, hash) values ('annotator', 'x', 1, '[]', now(), 'x', 'x')"))
                        .hasMessageContaining("permission denied");
            }
            Program.Result done =
                    Program.on(warehouse.database(), DEPLOY, "secret").call("forget", "--annotator", "a5");
            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(warehouse.value("select forgotten_by from crowdlab.forget_log"))
                    .isEqualTo(DEPLOY);
            assertThat(warehouse.call(0, "verify")).contains("found no difference");
        } finally {
            dropUsers();
        }
    }

    @Test
    @Tag("slow")
    void aFunctionThatTheNightlyRoleHungOnItsTableIsNotRunByTheOwner() throws SQLException {
        users();
        try {
            warehouse.execute(
                    "set role crowdlab_writer",
                    "create function crowdlab.trap() returns trigger language plpgsql as $$ begin raise 'run by %', current_user; end $$",
                    "create trigger trap before update on crowdlab.detailed_label_quality_r2 for each row execute function crowdlab.trap()");
            Program.Result refused =
                    Program.on(warehouse.database(), DEPLOY, "secret").call("forget", "--annotator", "a5");
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .startsWith("Table crowdlab.detailed_label_quality_r2 has a trigger,")
                    .doesNotContain("run by");
            warehouse.execute("drop function crowdlab.trap() cascade");
            warehouse.execute(
                    "create function crowdlab.trap(text) returns boolean language plpgsql immutable as $$ begin return true; end $$",
                    "alter table crowdlab.detailed_label_quality_r2 add check (crowdlab.trap(label))");
            assertThat(warehouse.call(2, "forget", "--annotator", "a5"))
                    .startsWith("Table crowdlab.detailed_label_quality_r2 has a");
            assertThat(warehouse.column(
                            "select dataset from crowdlab_bi.annotator_stats where annotator_id = 'a5' order by 1"))
                    .as("nothing was changed")
                    .containsExactly("colors", "zebras");
        } finally {
            dropUsers();
        }
    }

    @Test
    void manyDatasetsTakeFewSessions() throws SQLException {
        users();
        try {
            warehouse.execute("alter user " + DEPLOY + " connection limit 5", """
                    insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                    select 'd' || i, 'e1', 'a5', 'green' from generate_series(1, 70) i""");
            Program deploy = Program.on(warehouse.database(), DEPLOY, "secret");
            assertThat(deploy.call(0, "forget", "--annotator", "a5")).contains("in 73 datasets: colors, d1, d10, ");
            assertThat(cellsWith("a5")).isEmpty();
        } finally {
            dropUsers();
        }
    }

    @Test
    void theIdIsNotInTheStatisticsEither() throws SQLException {
        warehouse.execute("analyze");
        String withId = "select tablename from pg_stats where schemaname = 'crowdlab'"
                + " and concat(most_common_vals, ' ', histogram_bounds) ~ '\\me5\\M' order by 1";
        assertThat(warehouse.column(withId)).contains("label_quality", "label_quality_r2", "annotation");
        warehouse.call(0, "forget", "--example", "e5");
        assertThat(warehouse.column(withId)).isEmpty();
    }

    @Test
    void aDatasetThatIsBeingRunIsInUse() throws SQLException {
        try (Connection other = warehouse.connect();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('crowdlab-etl zebras', 0))");
            assertThat(warehouse.call(4, "forget", "--annotator", "a5")).startsWith("Dataset 'zebras' is in use by");
            assertThat(warehouse.call(0, "forget", "--annotator", "a5", "--dataset", "colors"))
                    .contains("in 1 dataset: colors.");
        }
        assertThat(warehouse.call(2, "forget", "--annotator", "a6", "--dataset", "colors"))
                .startsWith("There is no annotator 'a6' in dataset 'colors';");
        assertThat(warehouse.call(2, "forget", "--dataset", "colors")).contains("--annotator");
    }

    private void users() throws SQLException {
        warehouse.execute(
                "create user " + NIGHT + " password 'secret' in role crowdlab_writer",
                "create user " + DEPLOY + " password 'secret' in role crowdlab_owner");
    }

    private void dropUsers() throws SQLException {
        warehouse.execute("drop owned by " + NIGHT + ", " + DEPLOY, "drop user " + NIGHT + ", " + DEPLOY);
    }

    private String newestHash() throws SQLException {
        return warehouse.value("select hash from crowdlab.forget_log order by forget_id desc limit 1");
    }

    /** The tables that hold a word anywhere. */
    private List<String> cellsWith(String word) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String relation : warehouse.relations()) {
            String table = relation.substring(2);
            if (relation.startsWith("r ")
                    && !warehouse
                            .value("select count(*) from " + table + " t where t::text ~ '\\m" + word + "\\M'")
                            .equals("0")) {
                found.add(table);
            }
        }
        return found;
    }
}
