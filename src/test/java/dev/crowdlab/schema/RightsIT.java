package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Attempts;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the members of each role of db/README.md can do and what not, in a database that the superuser has migrated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsIT {

    private static final String PASSWORD = "secret";

    private static final List<String> USERS = List.of(
            "rights_it_deploy in role crowdlab_owner",
            "rights_it_night_a in role crowdlab_writer",
            "rights_it_night_b in role crowdlab_writer",
            "rights_it_board in role crowdlab_reader",
            "rights_it_audit in role crowdlab_auditor");

    private static final List<String> WRITER = """
            may: insert into crowdlab.run (run_id, dataset, as_of, status, started_at, software_version, results_version, settings) values (99, 'd', now(), 'RUNNING', now(), '1', 1, '{}')
            may: create table crowdlab.label_quality_r99 (like crowdlab.label_quality including defaults including constraints)
            may: alter table crowdlab.label_quality detach partition crowdlab.label_quality_r1
            may: insert into crowdlab.purge_log (what, run_ids) values ('a test', '{}')
            may: delete from crowdlab.annotation
            may: select from crowdlab.flyway_schema_history
            may: select from crowdlab_bi.review_queue
            may: select from lab.vote
            refused: update crowdlab.run set dataset = 'other' where run_id = 1
            refused: delete from crowdlab.run where run_id = 1
            refused: update crowdlab.run_table set digest = repeat('0', 64) where run_id = 1
            refused: delete from crowdlab.run_table where run_id = 1
            refused: delete from crowdlab.run_check where run_id = 1
            refused: update crowdlab.annotator_stats set annotator_quality = 1 where run_id = 1
            refused: insert into crowdlab.run_model (run_id, model) values (1, 'm')
            may not: truncate crowdlab.run cascade
            may not: truncate crowdlab.annotator_stats
            may not: truncate crowdlab.published_run
            may not: alter table crowdlab.run disable trigger guard_run
            may not: drop trigger guard_run on crowdlab.run
            may not: create trigger other before update on crowdlab.run for each row execute function crowdlab.guard_run()
            may not: create or replace function crowdlab.guard_run() returns trigger language plpgsql as 'begin return new; end'
            may not: drop function crowdlab.run_hash(crowdlab.run)
            may not: set session_replication_role = replica
            may not: create or replace view crowdlab_bi.label_next as select 1
            may not: alter view crowdlab_bi.label_next rename to other
            may not: drop view crowdlab_bi.label_next
            may not: create view crowdlab_bi.other as select 1
            may not: drop schema crowdlab_bi cascade
            may not: drop table crowdlab.run cascade
            may not: update crowdlab.purge_log set rows = 0
            may not: delete from crowdlab.purge_log
            may: delete from crowdlab.published_run
            may not: insert into crowdlab.publication_log (dataset, changed_at, changed_by, hash) values ('d', now(), 'x', 'x')
            may not: update crowdlab.publication_log set changed_by = 'x'
            may not: delete from crowdlab.publication_log
            may not: alter table crowdlab.published_run disable trigger log_publication
            may not: create trigger other after insert on crowdlab.label_quality_r1 for each row execute function crowdlab.log_publication()
            may not: update crowdlab.annotation set label = 'x'
            may not: delete from crowdlab.flyway_schema_history
            may not: select from lab.secret
            may not: update lab.vote set label = 'x'
            may not: create schema other
            may not: set role crowdlab_owner
            may not: alter role crowdlab_writer createrole
            """.lines().toList();

    private static final List<String> READER = """
            may not: select from crowdlab.run
            may not: select from crowdlab.label_quality
            may not: select from crowdlab.label_quality_r1
            may not: select crowdlab.run_hash(null)
            may not: create or replace view crowdlab_bi.label_next as select 1
            may not: create table crowdlab_bi.other ()
            may not: create table crowdlab.other ()
            may not: select from lab.vote
            """.lines().toList();

    private static final List<String> AUDITOR = """
            may: select run_id, crowdlab.run_hash(r) = hash from crowdlab.run r
            may not: insert into crowdlab.run_check (run_id, code, severity, message) values (1, 'X', 'INFO', 'x')
            may not: update crowdlab.run set dataset = 'other'
            may not: delete from crowdlab.label_quality_r1
            may not: truncate crowdlab.purge_log
            may not: select nextval('crowdlab.run_id_seq')
            may not: select from crowdlab.run for update
            may not: create table crowdlab.other ()
            may not: create view crowdlab_bi.other as select 1
            may not: select from lab.vote
            """.lines().toList();

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeAll
    void migrateAndRunOnce() throws SQLException {
        warehouse = Warehouse.with("votes");
        for (String user : USERS) {
            warehouse.execute("create user " + user + " password '" + PASSWORD + "'");
        }
        warehouse.execute(
                "create schema lab",
                "create table lab.secret ()",
                "create table lab.vote as select example_id, annotator_id, label from crowdlab.annotation",
                "grant usage on schema lab to rights_it_night_a, rights_it_night_b",
                "grant select on lab.vote to rights_it_night_a, rights_it_night_b");
        assertThat(as("rights_it_night_a").call(0, "run")).contains("published");
    }

    @AfterAll
    void drop() throws SQLException {
        String users = String.join(
                ", ", USERS.stream().map(user -> user.replaceAll(" .*", "")).toList());
        warehouse.execute("drop owned by " + users + " cascade", "drop user " + users);
        warehouse.close();
    }

    @Test
    void theWriterRecordsRunsButChangesNoneThatIsClosed() throws SQLException {
        assertThat(attempts("rights_it_night_a", WRITER)).isEqualTo(WRITER);
    }

    @Test
    void theReaderSeesTheViewsAndNothingElse() throws SQLException {
        assertThat(attempts("rights_it_board", READER)).isEqualTo(READER);
        List<String> views = selects("crowdlab_bi");
        assertThat(views).hasSizeGreaterThanOrEqualTo(8);
        assertThat(attempts("rights_it_board", views)).isEqualTo(views);
    }

    @Test
    void theAuditorSeesEverythingAndChangesNothing() throws SQLException {
        as("rights_it_night_b").call(0, "run", "--force");
        assertThat(attempts("rights_it_audit", AUDITOR)).isEqualTo(AUDITOR);
        List<String> all = selects("crowdlab", "crowdlab_bi");
        assertThat(all).hasSizeGreaterThan(30).anyMatch(line -> line.matches(".*label_quality_r\\d+"));
        assertThat(attempts("rights_it_audit", all)).isEqualTo(all);
        assertThat(as("rights_it_audit").call(0, "runs")).contains("PUBLISHED (current)");
        assertThat(as("rights_it_audit").call(0, "show", "1")).contains("PUBLISHED");
        assertThat(as("rights_it_audit").call(0, "verify")).contains("found no difference");
    }

    @Test
    void everyTableOfTheProgramIsInTheListOfTheWritersRights() throws SQLException {
        assertThat(warehouse.column("select c.oid::regclass from pg_class c where c.relkind in ('r', 'p')"
                        + " and c.relnamespace = 'crowdlab'::regnamespace"
                        + " and not has_table_privilege('crowdlab_writer', c.oid, 'select')"))
                .as("add them to afterMigrate__rights.sql")
                .isEmpty();
    }

    @Test
    void tablesThatAMemberMigratesBelongToTheRoles() throws SQLException {
        try (Warehouse halfway = Warehouse.empty()) {
            halfway.migrateTo(
                    "006", halfway.database().user(), halfway.database().password());
            Program night = Program.on(halfway.database(), "rights_it_night_a", PASSWORD);
            Program deploy = Program.on(halfway.database(), "rights_it_deploy", PASSWORD);
            assertThat(night.call(2, "run")).contains("user rights_it_night_a may not apply");
            assertThat(deploy.call(0, "migrate")).startsWith("Applied ");
            assertThat(deploy.call(0, "migrate")).contains("up to date");
            assertThat(ownersBesideTheRoles(halfway)).isEmpty();
        }
    }

    @Test
    void whoDidSomethingAndWhenIsNotForTheWriterToSay() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(warehouse.database().url(), "rights_it_night_a", PASSWORD);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                    insert into crowdlab.run (run_id, dataset, as_of, status, started_at, software_version, results_version,
                        settings, started_by)
                    values (99, 'd', now(), 'RUNNING', now(), '1', 1, '{}', 'jane')""");
            statement.execute("update crowdlab.run set started_by = 'jane' where run_id = 99");
            statement.execute("""
                    update crowdlab.run set status = 'SKIPPED', finished_at = now(), started_by = null where run_id = 99""");
            statement.execute("""
                    insert into crowdlab.purge_log (what, run_ids, purged_by, purged_at) values ('a test', '{99}', 'jane', '2001-01-01')""");
            try (ResultSet row = statement.executeQuery("""
                    select r.started_by, p.purged_by, p.purged_at = now(), r.hash = crowdlab.run_hash(r)
                    from crowdlab.run r, crowdlab.purge_log p where r.run_id = 99 and p.run_ids = '{99}'""")) {
                row.next();
                assertThat(row.getString(1)).matches("rights_it_night_a(@[0-9.:]+)?, system user jane");
                assertThat(row.getString(2)).isEqualTo("rights_it_night_a");
                assertThat(row.getBoolean(3)).isTrue();
                assertThat(row.getBoolean(4)).isTrue();
            }
            connection.rollback();
        }
    }

    @Test
    @Tag("slow")
    void membersOfTheWriterTakeTurns() throws Exception {
        Program a = as("rights_it_night_a");
        Program b = as("rights_it_night_b").with("crowdlab.retention.runs", "1").with("crowdlab.retention.grace", "0s");
        for (Program program : List.of(a, b)) {
            program.with("crowdlab.datasets.turns.annotations-query", "select * from lab.vote");
        }
        String[] run = {"run", "--dataset", "turns"};
        a.call(0, run);
        assertThat(b.call(0, run)).contains("nothing new");
        warehouse.execute("update lab.vote set label = 'red' where example_id = 'e3' and label is not null");
        b.call(0, run);
        assertThat(warehouse.column("select purged_by from crowdlab.purge_log where run_ids <@ array("
                        + "select run_id from crowdlab.run where dataset = 'turns')"))
                .containsExactly("rights_it_night_b");
        assertThat(warehouse.column(
                        "select distinct example_id from crowdlab_bi.label_changes where dataset = 'turns'"))
                .containsExactly("e3");
        a.call(3, "run", "--dataset", "turns", "--force", "--crowdlab.datasets.turns.checks.min-examples=1000");
        b.call(0, "run", "--dataset", "turns", "--dry-run");
        assertThat(b.call(0, "purge", "--keep-runs", "1", "--crowdlab.retention.batch-metadata=0s"))
                .containsPattern("turns +none +0 +0")
                .contains("removed")
                .doesNotContain("not removed");
        assertBTakesOverFromA(a, b);
        assertThat(warehouse.column("select status from crowdlab.run where dataset = 'turns' order by run_id"))
                .containsExactly("PUBLISHED", "SKIPPED", "PUBLISHED", "REFUSED", "FAILED", "PUBLISHED");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(ownersBesideTheRoles(warehouse)).isEmpty();
    }

    /** The session that A's killed process leaves is not for B to end: it waits until PostgreSQL has noticed. */
    private void assertBTakesOverFromA(Program a, Program b) throws Exception {
        try (Warehouse.Gate gate = warehouse.gateAt("annotator_stats")) {
            Process process = a.start(directory, "run", "--dataset", "turns", "--force");
            gate.awaitArrival();
            process.destroyForcibly().waitFor();
            assertThat(warehouse.column("select distinct usename from pg_stat_activity"
                            + " where application_name ~ '^crowdlab-etl run \\d+$' and datname = current_database()"))
                    .containsExactly("rights_it_night_a");
            b.call(0, "run", "--dataset", "turns", "--force");
        }
    }

    private static List<String> ownersBesideTheRoles(Warehouse migrated) throws SQLException {
        return migrated.column("""
                select distinct pg_get_userbyid(relowner) from pg_class where relnamespace::regnamespace::text ~ '^crowdlab'
                union select pg_get_userbyid(proowner) from pg_proc where pronamespace::regnamespace::text ~ '^crowdlab'
                union select pg_get_userbyid(nspowner) from pg_namespace where nspname ~ '^crowdlab'
                except values ('crowdlab_owner'), ('crowdlab_writer')""");
    }

    private List<String> selects(String... schemas) throws SQLException {
        return warehouse.column("select 'may: select from ' || oid::regclass from pg_class"
                + " where relkind in ('r', 'p', 'v', 'S') and relnamespace::regnamespace::text in ("
                + String.join(
                        ", ",
                        Stream.of(schemas).map(schema -> "'" + schema + "'").toList()) + ") order by 1");
    }

    private List<String> attempts(String user, List<String> lines) throws SQLException {
        return Attempts.again(warehouse.database(), user, PASSWORD, lines);
    }

    private Program as(String user) {
        return Program.on(warehouse.database(), user, PASSWORD);
    }
}
