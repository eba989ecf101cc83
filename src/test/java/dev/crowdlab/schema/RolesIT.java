package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who migrates, and whom everything belongs to then. Each test begins on a server that lacks the program's roles. */
class RolesIT {

    private static final String PASSWORD = "secret";
    private static final List<String> ROLES =
            List.of("crowdlab_owner", "crowdlab_writer", "crowdlab_reader", "crowdlab_auditor");

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private final List<String> setAside = new ArrayList<>();
    private final List<String> users = new ArrayList<>();

    @BeforeAll
    static void prepareProcesses() {
        Program.prepareProcesses();
    }

    /** Other databases of the server may use the roles: they are renamed for as long as the test lasts. */
    @BeforeEach
    void setRolesAside() throws SQLException {
        warehouse = Warehouse.empty();
        for (String role : rolesOfTheProgram()) {
            warehouse.execute("alter role " + role + " rename to set_aside_" + role);
            setAside.add(role);
        }
    }

    @AfterEach
    void putRolesBack() throws SQLException {
        users.addAll(rolesOfTheProgram());
        // one by one: PostgreSQL trips over default privileges that two of them share
        for (String user : users) {
            warehouse.execute("drop owned by " + user + " cascade");
        }
        warehouse.execute("drop role " + String.join(", ", users));
        for (String role : setAside) {
            warehouse.execute("alter role set_aside_" + role + " rename to " + role);
        }
        warehouse.close();
    }

    @Test
    @Tag("slow")
    void aUserWhoMayCreateSchemasButNoRolesDoesEverythingAlone() throws Exception {
        user("roles_it_plain", "");
        grantOnDatabase("create", "roles_it_plain");
        Program.Result migrated = as("roles_it_plain").callInNewProcess(directory, "migrate");
        assertThat(migrated.exitCode()).as(migrated.out()).isZero();
        assertThat(migrated.out().lines()).as(migrated.out()).hasSize(2);
        assertThat(migrated.out())
                .contains("Schema crowdlab belongs to user roles_it_plain and not to role crowdlab_owner");
        assertThat(rolesOfTheProgram()).isEmpty();
        assertRuns("roles_it_plain");
        assertThat(owners()).containsExactly("roles_it_plain");
    }

    @Test
    void aUserWhoMayMakeRolesMakesThemAndStaysAMemberOfTheOwner() throws SQLException {
        user("roles_it_creator", "createrole");
        grantOnDatabase("create", "roles_it_creator");
        as("roles_it_creator").call(0, "migrate");
        assertThat(rolesOfTheProgram()).containsExactlyInAnyOrderElementsOf(ROLES);
        assertThat(owners()).containsExactly("crowdlab_owner", "crowdlab_writer");
        user("roles_it_night", "in role crowdlab_writer");
        warehouse.fill("colors");
        as("roles_it_creator").call(0, "run");
        as("roles_it_night").call(0, "run", "--force");
        assertThat(owners()).containsExactly("crowdlab_owner", "crowdlab_writer");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
    }

    @Test
    void rolesThatADatabaseAdministratorMadeBeforeMayLogInThemselves() throws Exception {
        user("crowdlab_owner", "");
        user("crowdlab_writer", "");
        warehouse.execute("grant crowdlab_writer to crowdlab_owner");
        grantOnDatabase("create", "crowdlab_owner");
        assertThat(as("crowdlab_writer").call(2, "run"))
                .contains("lacks the migrations 001 to 0")
                .contains("user crowdlab_writer may not apply");
        assertThat(warehouse.value("select count(*) from pg_namespace where nspname like 'crowdlab%'"))
                .isEqualTo("0");
        as("crowdlab_owner").call(0, "migrate");
        assertThat(owners()).containsExactly("crowdlab_owner", "crowdlab_writer");
        warehouse.fill("colors");
        as("crowdlab_writer").call(0, "run");
        assertThat(owners()).containsExactly("crowdlab_owner", "crowdlab_writer");
    }

    @Test
    @Tag("slow")
    void rolesThatComeLaterAreTakenByTheNextMigration() throws SQLException {
        user("roles_it_plain", "");
        grantOnDatabase("create", "roles_it_plain");
        as("roles_it_plain").call(0, "migrate");
        warehouse.fill("colors");
        as("roles_it_plain").call(0, "run");
        ROLES.forEach(this::role);
        warehouse.execute("grant crowdlab_writer to crowdlab_owner", "grant crowdlab_owner to roles_it_plain");
        as("roles_it_plain").call(0, "migrate");
        assertThat(owners()).containsExactly("crowdlab_owner", "crowdlab_writer");
        assertThat(warehouse.value("select tableowner from pg_tables where tablename = 'label_quality_r1'"))
                .isEqualTo("crowdlab_writer");
        user("roles_it_night", "in role crowdlab_writer");
        as("roles_it_night").call(0, "run", "--force");
        as("roles_it_plain").call(0, "run", "--force");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED");
    }

    /** As after restoring a dump with owners as somebody who may not give everything away. */
    @Test
    void commandsOnThePageHandOverWhatAMemberRestored() throws Exception {
        warehouse.program().call(0, "migrate");
        user("roles_it_deploy", "in role crowdlab_owner");
        warehouse.execute(
                "alter table crowdlab.run_check owner to roles_it_deploy",
                "alter view crowdlab_bi.run_history owner to roles_it_deploy",
                "alter table crowdlab.label_quality owner to roles_it_deploy");
        String said = as("roles_it_deploy").call(2, "migrate");
        assertThat(said)
                .contains(
                        "3 tables, views, sequences and functions of the schemas crowdlab and crowdlab_bi in database ")
                .contains(" belong to roles_it_deploy and not to crowdlab_owner, who owns schema crowdlab, so migrate,"
                        + " which works as crowdlab_owner, may not change them; let roles_it_deploy or a superuser hand"
                        + " over each: alter table crowdlab.label_quality owner to crowdlab_owner; and so on; or all that"
                        + " roles_it_deploy owns in the database: reassign owned by roles_it_deploy to crowdlab_owner;"
                        + " then call migrate again");
        String commands = Files.readString(Path.of("db", "README.md"))
                .replaceAll("(?s).*(    select format\\('alter table %s owner to crowdlab_owner'.*?) \\\\gexec.*", "$1")
                .replace("restorer", "roles_it_deploy");
        for (String command : warehouse.column(commands)) {
            warehouse.execute(command);
        }
        as("roles_it_deploy").call(0, "migrate");
        assertThat(owners()).containsExactly("crowdlab_owner", "crowdlab_writer");
        assertThat(warehouse.value("select tableowner from pg_tables where tablename = 'label_quality'"))
                .isEqualTo("crowdlab_writer");
    }

    @Test
    @Tag("slow")
    void twoDatabasesOfAServerMakeTheRolesAtTheSameTime() throws Exception {
        try (Warehouse other = Warehouse.empty()) {
            CompletableFuture<Program.Result> first = migration(warehouse);
            CompletableFuture<Program.Result> second = migration(other);
            assertThat(first.get(120, TimeUnit.SECONDS).exitCode()).isZero();
            assertThat(second.get(120, TimeUnit.SECONDS).exitCode()).isZero();
            for (Warehouse migrated : List.of(warehouse, other)) {
                assertThat(migrated.column("select distinct tableowner from pg_tables where schemaname = 'crowdlab'"
                                + " order by 1"))
                        .containsExactly("crowdlab_owner", "crowdlab_writer");
            }
        }
    }

    private static CompletableFuture<Program.Result> migration(Warehouse database) {
        return CompletableFuture.supplyAsync(() -> database.program().call("migrate"));
    }

    /** A night's work with all that goes with it, alone. */
    private void assertRuns(String user) throws SQLException {
        warehouse.fill("colors");
        as(user).call(0, "run");
        assertThat(as(user).call(0, "run")).contains("nothing new");
        warehouse.relabel("colors", "e3", "red");
        as(user).with("crowdlab.retention.runs", "1")
                .with("crowdlab.retention.grace", "0s")
                .call(0, "run");
        assertThat(warehouse.value("select purged_by || ' ' || run_ids::text from crowdlab.purge_log"))
                .isEqualTo(user + " {1}");
        assertThat(warehouse.column("select example_id from crowdlab_bi.label_changes"))
                .containsExactly("e3");
        as(user).with("crowdlab.datasets.colors.checks.min-examples", "1000").call(3, "run", "--force");
        as(user).call(0, "run", "--dry-run");
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "SKIPPED", "PUBLISHED", "REFUSED");
        assertThat(warehouse.standAloneTables()).isEmpty();
        assertThat(as(user).call(0, "show", "3")).contains("PUBLISHED").contains("label_change");
        assertThat(warehouse.chainFaults()).isEmpty();
    }

    private void user(String name, String attributes) throws SQLException {
        warehouse.execute("create user " + name + " password '" + PASSWORD + "' " + attributes);
        if (!ROLES.contains(name)) {
            users.add(name);
        }
    }

    private void role(String name) {
        try {
            warehouse.execute("create role " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> rolesOfTheProgram() throws SQLException {
        return warehouse.column("select rolname from pg_roles where rolname in ('" + String.join("', '", ROLES) + "')");
    }

    /** Of everything in the program's schemas. */
    private List<String> owners() throws SQLException {
        return warehouse.column("""
                select pg_get_userbyid(relowner) from pg_class where relnamespace::regnamespace::text ~ '^crowdlab'
                union select pg_get_userbyid(proowner) from pg_proc where pronamespace::regnamespace::text ~ '^crowdlab'
                union select pg_get_userbyid(nspowner) from pg_namespace where nspname ~ '^crowdlab'
                order by 1""");
    }

    private void grantOnDatabase(String right, String user) throws SQLException {
        warehouse.execute("do $$ begin execute format('grant " + right + " on database %I to " + user
                + "', current_database()); end $$");
    }

    private Program as(String user) {
        return Program.on(warehouse.database(), user, PASSWORD);
    }
}
