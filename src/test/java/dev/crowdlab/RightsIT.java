package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What roles that are no superusers can do: one that only may create in the database, and the pair of db/README.md. */
class RightsIT {

    private static final List<String> ROLES = List.of("rights_it_plain", "crowdlab_owner", "crowdlab_writer");
    private static final String PASSWORD = "secret";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void createRoles() throws SQLException {
        warehouse = Warehouse.empty();
        for (String role : ROLES) {
            warehouse.execute(
                    "drop role if exists " + role, "create role " + role + " login password '" + PASSWORD + "'");
        }
    }

    @AfterEach
    void dropRoles() throws SQLException {
        for (String role : ROLES) {
            warehouse.execute("drop owned by " + role + " cascade");
        }
        for (String role : ROLES) {
            warehouse.execute("drop role " + role);
        }
        warehouse.close();
    }

    @Test
    void createOnTheDatabaseIsAllThatOneRoleNeeds() throws Exception {
        grantOnDatabase("create", "rights_it_plain");
        assertWorks("rights_it_plain", "rights_it_plain");
    }

    @Test
    void theOwnerMigratesAndTheWriterRuns() throws Exception {
        warehouse.execute("grant crowdlab_writer to crowdlab_owner");
        grantOnDatabase("connect, create", "crowdlab_owner");
        grantOnDatabase("connect", "crowdlab_writer");
        assertWorks("crowdlab_owner", "crowdlab_writer");
        assertThat(warehouse.column("select distinct tableowner from pg_tables where tablename like '%quality%'"))
                .containsExactly("crowdlab_writer");
        assertThat(warehouse.value("select tableowner from pg_tables where tablename = 'run'"))
                .isEqualTo("crowdlab_owner");
    }

    @Test
    void aWriterThatMeetsPendingMigrationsSaysWhoMayApplyThem() throws Exception {
        warehouse.execute("grant crowdlab_writer to crowdlab_owner");
        grantOnDatabase("connect, create", "crowdlab_owner");
        grantOnDatabase("connect", "crowdlab_writer");
        for (String[] words : new String[][] {{"run"}, {"runs"}, {"datasets"}, {"show", "1"}}) {
            Program.Result result = as("crowdlab_writer").call(words);
            assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("lacks the migrations 001").contains("migrate");
        }
        assertThat(warehouse.value("select count(*) from pg_namespace where nspname like 'crowdlab%'"))
                .isEqualTo("0");
        Program.Result run = as("crowdlab_writer").call("run");
        assertThat(run.err()).contains("user crowdlab_writer may not apply");
        assertOk(as("crowdlab_owner"), "migrate");
        assertOk(as("crowdlab_writer"), "run");
    }

    private void assertWorks(String owner, String writer) throws Exception {
        assertOk(as(owner), "migrate");
        warehouse.fill("colours");
        assertOk(as(writer), "run");
        assertThat(assertOk(as(writer), "run")).contains("nothing new");
        warehouse.relabel("colours", "e3", "red");
        assertOk(as(writer).with("crowdlab.retention.runs", "1").with("crowdlab.retention.grace", "0s"), "run");
        assertThat(warehouse.value("select purged_by || ' ' || run_ids::text from crowdlab.purge_log"))
                .isEqualTo(writer + " {1}");
        assertThat(warehouse.partitions()).hasSize(3).allMatch(table -> table.endsWith("_r3"));
        assertThat(warehouse.column("select example_id from crowdlab_bi.label_changes"))
                .containsExactly("e3");
        Program.Result refused = as(writer)
                .with("crowdlab.datasets.colours.checks.min-examples", "1000")
                .call("run", "--force");
        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(3);
        assertOk(as(writer), "run", "--dry-run");
        assertThat(assertOk(as(writer), "runs")).contains("REFUSED").contains("PUBLISHED (current)");
        assertThat(assertOk(as(writer), "show", "3")).contains("PUBLISHED").contains("label_change");
        assertThat(assertOk(as(writer), "datasets")).contains("colours");
        assertTakesOverFromAKilledProcess(writer);
        assertThat(assertOk(as(owner), "migrate")).contains("up to date");
    }

    private void assertTakesOverFromAKilledProcess(String writer) throws Exception {
        try (Warehouse.Gate gate = warehouse.gateAt("annotator_stats")) {
            Process process = as(writer).start(directory, "run", "--force");
            gate.awaitArrival();
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(warehouse.value("select count(*) > 0 from pg_stat_activity"
                            + " where application_name = 'crowdlab-etl run 5' and datname = current_database()"))
                    .isEqualTo("t");
            assertOk(as(writer), "run", "--force");
        }
        assertThat(warehouse.statuses())
                .containsExactly("PUBLISHED", "SKIPPED", "PUBLISHED", "REFUSED", "FAILED", "PUBLISHED");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.published("colours")).isEqualTo("6");
    }

    private void grantOnDatabase(String rights, String role) throws SQLException {
        warehouse.execute("do $$ begin execute format('grant " + rights + " on database %I to " + role
                + "', current_database()); end $$");
    }

    private Program as(String role) {
        return Program.on(warehouse.database(), role, PASSWORD);
    }

    private static String assertOk(Program program, String... words) {
        Program.Result result = program.call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }
}
