package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database and a directory that are not as one would wish. */
final class HostileSurroundingsIT {

    @TempDir
    private Path directory;

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aBadNameInTheInputTablesFailsAlone() throws SQLException {
        Program program = Program.on(database);
        program.call("migrate");
        pets("pets");
        pets("my pets");
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern("my pets +- +failed ")
                .contains("my pets: failed. Its name in the built-in tables, 'my pets' is not a name")
                .containsPattern("(?m)^pets +1 +published ");
    }

    @Test
    void functionsThatOthersPutInTheSearchPathAreNotCalled() throws SQLException {
        database.execute("create table public.called (by_user text)");
        database.execute("""
                create function public.hashtextextended(text, integer) returns bigint language plpgsql as $$
                begin
                    insert into public.called values (current_user);
                    return 1;
                end $$""");
        Program program = Program.on(database);
        program.call("migrate");
        pets("pets");
        assertThat(program.call("run").exitCode()).isZero();
        assertThat(count("public.called")).isZero();
    }

    @Test
    @Tag("slow")
    void aQueryFindsTablesInItsUsersSearchPath() throws SQLException {
        database.execute("create schema tasks");
        database.execute("create table tasks.vote as select 'e' || i % 4 as example_id, 'a' || i % 3 as annotator_id,"
                + " case i % 2 when 0 then 'x' else 'y' end as label from generate_series(1, 12) i");
        alterDatabase("search_path = tasks");
        Program.Result result = Program.on(database)
                .with("crowdlab.datasets.d.annotations-query", "select * from vote")
                .with("crowdlab.datasets.d.checks.max-rejected-share", "1")
                .call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("d +1 +published ");
    }

    @Test
    @Tag("slow")
    void timeoutsAndReadOnlyDefaultsOfTheServerDoNotConcernARun() throws SQLException {
        for (String setting : List.of(
                "idle_session_timeout = '1s'", "statement_timeout = '1s'", "default_transaction_read_only = on")) {
            alterDatabase(setting);
        }
        Program program = Program.on(database)
                .with(
                        "crowdlab.datasets.slow.annotations-query",
                        "select 'e' || i as example_id, 'a' || a as annotator_id, 'l' || (i + a) % 2 as label"
                                + " from generate_series(1, 6) i, generate_series(1, 3) a"
                                + " where pg_sleep(0.2) is not null");
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("slow +1 +published ");
    }

    @Test
    @Tag("slow")
    void manyDatasetsAtATimeDoNotWaitForEachOthersConnections() {
        Program program = Program.on(database);
        IntStream.range(0, 10)
                .forEach(number -> program.with(
                        "crowdlab.datasets.d" + number + ".annotations-query",
                        "select 'e' || i as example_id, 'a' || a as annotator_id, 'l' || (i + a) % 2 as label"
                                + " from generate_series(1, 4) i, generate_series(1, 3) a"
                                + " where pg_sleep(1) is not null"));
        Program.Result result = program.call("run", "--parallel", "10");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @Test
    void aDryRunDoesNotEvenMigrate() {
        Program.Result result = Program.on(database).call("run", "--dry-run");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().strip())
                .matches(
                        "Database \\w+ has none of the program's tables yet: it lacks the migrations 001 to 0\\d\\d; run the command"
                                + " migrate, or the command run without --dry-run, which migrates first\\.");
        assertThat(count("pg_namespace where nspname like 'crowdlab%'")).isZero();
    }

    @Test
    void loadedRowsThatNobodyWouldReadAreRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "example_id,annotator_id,label\ne1,a1,x\n");
        Program.Result result = Program.on(database)
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select 1 as example_id, 2 as annotator_id, 'x' as label")
                .call("load", "--dataset", "d", "--annotations", file.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("crowdlab.datasets.d has an annotations-query");
    }

    @Test
    void aLostOrForeignUrlIsAUsageError() {
        assertUsage(Program.withoutDatabase().with("spring.datasource.url", ""), "spring.datasource.url is empty");
        assertUsage(
                Program.withoutDatabase().with("spring.datasource.url", "postgresql://localhost/x"),
                "spring.datasource.url does not start with jdbc:postgresql:");
        assertUsage(
                Program.on(database).with("spring.datasource.password", "${CROWDLAB_NOT_SET}"),
                "spring.datasource.password refers to ${CROWDLAB_NOT_SET}, which is not set");
    }

    @Test
    void aBrokenSettingsFileIsOneSentence() throws Exception {
        Files.writeString(directory.resolve("application.yml"), "crowdlab:\n  datasets:\n   a: x\n\tb: y\n");
        Program.Result result = Program.withoutDatabase().callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out().lines()).as(result.out()).hasSize(1);
        assertThat(result.out()).startsWith("application.yml cannot be read: ").contains("line 4");
    }

    private static void assertUsage(Program program, String sentence) {
        Program.Result result = program.call("runs");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(sentence);
        assertThat(result.err().lines()).hasSize(1);
    }

    private void pets(String dataset) throws SQLException {
        new Rows()
                .add(dataset, "e1", "a1", "cat", null)
                .add(dataset, "e1", "a2", "cat", null)
                .add(dataset, "e2", "a1", "dog", null)
                .copyTo(database, Rows.ANNOTATION);
    }

    private void alterDatabase(String setting) throws SQLException {
        String name = JdbcClient.create(database.dataSource())
                .sql("select quote_ident(current_database())")
                .query(String.class)
                .single();
        database.execute("set default_transaction_read_only = off; alter database " + name + " set " + setting);
    }

    private long count(String from) {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from " + from)
                .query(Long.class)
                .single();
    }
}
