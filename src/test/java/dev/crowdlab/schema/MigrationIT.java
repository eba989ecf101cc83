package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.postgres.ConnectRetry;
import dev.crowdlab.postgres.DatabaseInUseException;
import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationIT {

    private static final String ROLE = "migration_it_job";

    private TestDatabase database;

    @BeforeEach
    void createDatabaseAndRole() throws SQLException {
        database = TestDatabase.create();
        database.execute("drop role if exists " + ROLE, "create role " + ROLE + " login password 'secret'");
    }

    @AfterEach
    void drop() throws SQLException {
        database.execute("drop owned by " + ROLE + " cascade", "drop role " + ROLE);
        database.close();
    }

    @Test
    void theSecondMigrationChangesNothing() throws SQLException {
        Migration migration = migration(flyway());
        assertThat(migration.isPending()).isTrue();
        assertThat(migration.migrate()).isPositive();
        List<String> history = history();
        assertThat(migration.isPending()).isFalse();
        assertThat(migration.migrate()).isZero();
        migration.requireCurrentOrMigrate();
        assertThat(history()).isEqualTo(history);
    }

    @Test
    void whatIsPendingIsAppliedByAUserWhoMayCreateInTheDatabase() throws SQLException {
        database.execute("do $$ begin execute format('grant create on database %I to " + ROLE
                + "', current_database()); end $$");
        Migration migration = asRole();
        assertThatThrownBy(migration::requireCurrent)
                .isInstanceOf(PendingMigrationsException.class)
                .hasMessageEndingWith(
                        "; run the command migrate, or the command run without --dry-run, which migrates first.");
        migration.requireCurrentOrMigrate();
        assertThat(migration.isPending()).isFalse();
    }

    @Test
    void laterMigrationsAreAppliedByTheOwnerOfTheSchema() throws SQLException {
        database.execute("do $$ begin execute format('grant create on database %I to " + ROLE
                + "', current_database()); end $$");
        migration(flyway().dataSource(database.url(), ROLE, "secret").target("6"))
                .migrate();
        database.execute("do $$ begin execute format('revoke create on database %I from " + ROLE
                + "', current_database()); end $$");
        Migration migration = asRole();
        assertThat(migration.isPending()).isTrue();
        migration.requireCurrentOrMigrate();
        assertThat(migration.isPending()).isFalse();
    }

    @Test
    void aUserWithoutRightsIsToldWhatIsPendingAndWhatToDo() {
        List<ThrowingCallable> calls = List.of(asRole()::requireCurrentOrMigrate, asRole()::requireCurrent);
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOf(PendingMigrationsException.class)
                    .hasMessageContaining("has none of the program's tables yet: it lacks the migrations 001 to 0")
                    .hasMessageContaining(
                            "which user " + ROLE + " may not apply; run the command migrate as the user who")
                    .hasMessageNotContaining("or run without");
        }
    }

    @Test
    void onlyWhatIsPendingIsNamed() throws SQLException {
        migration(flyway().target("4")).migrate();
        database.execute(
                "grant usage, create on schema crowdlab to " + ROLE,
                "grant select on crowdlab.flyway_schema_history to " + ROLE);
        assertThatThrownBy(() -> asRole().requireCurrentOrMigrate())
                .isInstanceOf(PendingMigrationsException.class)
                .hasMessageContaining("lacks the migrations 005, 006,");
    }

    @Test
    @Tag("slow")
    void aRightThatOnlyTheMigrationItselfFindsMissingIsToldTheSameWay() throws SQLException {
        // Enough for schema crowdlab, too little for the views' schema.
        database.execute("create schema crowdlab authorization " + ROLE);
        Migration migration = asRole();
        assertThatThrownBy(migration::requireCurrentOrMigrate)
                .isInstanceOf(PendingMigrationsException.class)
                .hasMessageContaining("006")
                .hasMessageContaining("user " + ROLE);
    }

    @Test
    void whatBelongsToAnotherThanTheSchemaIsNamedWithTheCommandThatHandsItOver() throws SQLException {
        database.execute(
                "create schema crowdlab authorization " + ROLE, "create schema crowdlab_bi authorization " + ROLE);
        migration(flyway().dataSource(database.url(), ROLE, "secret").target("8"))
                .migrate();
        database.execute("alter table crowdlab.run owner to current_user");
        Migration migration = asRole();
        String superuser = database.column("select current_user::text").get(0);
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(migration::migrate, migration::requireCurrentOrMigrate)) {
            assertThatThrownBy(call)
                    .isInstanceOf(ForeignOwnerException.class)
                    .hasMessageStartingWith(
                            "1 table, view, sequence or function of the schemas crowdlab and crowdlab_bi")
                    .hasMessageContaining(" belongs to " + superuser + " and not to " + ROLE + ", who owns schema")
                    .hasMessageContaining(
                            ": alter table crowdlab.run owner to " + ROLE + "; then call migrate again (");
        }
        database.execute("alter table crowdlab.run owner to " + ROLE);
        assertThat(migration.migrate()).isPositive();
    }

    @Test
    @Tag("slow")
    void schemasMadeForTheUserNeedNoRightToCreateInTheDatabase() throws SQLException {
        database.execute(
                "create schema crowdlab authorization " + ROLE, "create schema crowdlab_bi authorization " + ROLE);
        asRole().requireCurrentOrMigrate();
        assertThat(asRole().isPending()).isFalse();
        assertThat(asRole().migrate()).isZero();
        assertThat(database.column("select has_database_privilege('" + ROLE + "', current_database(), 'create')::text"))
                .containsExactly("false");
    }

    @Test
    void everyCommandRefusesASchemaOfALaterVersion() throws SQLException {
        try (Warehouse warehouse = Warehouse.with("colors")) {
            warehouse.execute("update crowdlab.flyway_schema_history set version = '9"
                    + MigrationHistory.NEWEST.substring(1) + "' where version = '" + MigrationHistory.NEWEST + "'");
            for (String words : new String[] {
                "run",
                "validate",
                "datasets",
                "runs",
                "show 1",
                "load --dataset d --annotations no.csv",
                "verify",
                "report --dataset colors --out no.html",
                "export --dataset colors --table training --out no.csv",
                "publish --run 1",
                "unpublish --dataset colors",
                "purge",
                "forget --annotator a5",
                "migrate"
            }) {
                assertThat(warehouse.call(2, words.split(" ")))
                        .as(words)
                        .contains("Schema crowdlab was migrated to version 9");
            }
        }
    }

    @Test
    void aSchemaOfALaterVersionIsRefused() throws SQLException {
        Migration migration = migration(flyway());
        migration.migrate();
        database.execute("update crowdlab.flyway_schema_history set version = '9" + MigrationHistory.NEWEST.substring(1)
                + "' where version = '" + MigrationHistory.NEWEST + "'");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                migration::requireCurrent, migration::requireCurrentOrMigrate, migration::migrate)) {
            assertThatThrownBy(call)
                    .isInstanceOf(NewerSchemaException.class)
                    .hasMessageStartingWith("Schema crowdlab was migrated to version 9")
                    .hasMessageContaining("up to " + MigrationHistory.NEWEST + " only");
        }
    }

    @Test
    @Tag("slow")
    void aMigrationThatMustWaitLetsOthersGoOnAndIsTriedAgain() throws Exception {
        migration(flyway()).migrate();
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("lock table crowdlab.run_table in access share mode");
            CompletableFuture<Integer> migrated = CompletableFuture.supplyAsync(() -> applied(migration(withLater())));
            awaitLockWait(migrated);
            // queues behind the migration, and is served when that gives up
            assertThat(database.column("select count(*) from crowdlab.run_table"))
                    .containsExactly("0");
            assertThat(migrated).isNotDone();
            reader.rollback();
            assertThat(migrated.get(120, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    @Tag("slow")
    void aMigrationThatIsKeptWaitingSaysSo() throws SQLException {
        migration(flyway()).migrate();
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("lock table crowdlab.run_table in access share mode");
            assertThatThrownBy(() -> migration(withLater()).migrate())
                    .isInstanceOf(DatabaseInUseException.class)
                    .hasMessageContaining("waited 5 times 3s for a lock that another session holds");
            reader.rollback();
        }
    }

    private static int applied(Migration migration) {
        try {
            return migration.migrate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitLockWait(CompletableFuture<Integer> migrated) throws SQLException, InterruptedException {
        while (database.column(
                        "select pid from pg_locks where not granted and relation = 'crowdlab.run_table'::regclass")
                .isEmpty()) {
            assertThat(migrated).isNotDone();
            Thread.sleep(10);
        }
    }

    @Test
    void aCurrentDatabaseNeedsNoRightToMigrate() throws SQLException {
        migration(flyway()).migrate();
        database.execute(
                "grant usage on schema crowdlab to " + ROLE,
                "grant select on crowdlab.flyway_schema_history to " + ROLE);
        Migration migration = asRole();
        assertThat(migration.isPending()).isFalse();
        assertThatCode(migration::requireCurrentOrMigrate).doesNotThrowAnyException();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .defaultSchema("crowdlab")
                .locations("classpath:db/migration");
    }

    /** As a later version would bring it: with a migration that needs an exclusive lock on run_table. */
    private FluentConfiguration withLater() {
        return flyway().locations("classpath:db/migration", "classpath:dev/crowdlab/schema/later");
    }

    private static Migration migration(FluentConfiguration configuration) {
        return new Migration(configuration, new ConnectRetry(() -> Duration.ZERO));
    }

    private Migration asRole() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.url());
        dataSource.setUser(ROLE);
        dataSource.setPassword("secret");
        return migration(flyway().dataSource(dataSource));
    }

    private List<String> history() throws SQLException {
        return database.column("select row.*::text from crowdlab.flyway_schema_history row order by installed_rank");
    }
}
