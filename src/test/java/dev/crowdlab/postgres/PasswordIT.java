package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to give a password, and that it is in nothing that the program prints or stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordIT {

    private static final String USER = "password_it";
    private static final String RIGHT = "right-hidden-word";
    private static final String WRONG = "wrong-hidden-word";

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private String formerRules = "";

    @BeforeAll
    void demandPassword() throws SQLException {
        warehouse = Warehouse.with("colors");
        warehouse.execute(
                "drop role if exists " + USER, "create role " + USER + " superuser login password '" + RIGHT + "'");
        formerRules = warehouse.value("select pg_read_file(current_setting('hba_file'))");
        writeRules("host all " + USER + " all scram-sha-256\n" + formerRules);
    }

    @AfterAll
    void drop() throws SQLException {
        writeRules(formerRules);
        warehouse.execute("drop owned by " + USER, "drop role " + USER);
        warehouse.close();
    }

    @Test
    void theEnvironmentMayHoldIt() throws Exception {
        Program.Result result = withoutPassword()
                .withVariable("SPRING_DATASOURCE_PASSWORD", RIGHT)
                .callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).as(result.out()).isZero();
    }

    @Test
    void aFileInAConfigTreeMayHoldIt() throws Exception {
        Files.writeString(
                Files.createDirectory(directory.resolve("secrets")).resolve("spring.datasource.password"),
                RIGHT + "\n");
        Program.Result result = withoutPassword()
                .with("spring.config.import", "optional:configtree:" + directory.resolve("secrets") + "/")
                .call("runs");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void aPgpassFileMayHoldIt() throws Exception {
        String server = warehouse.database().url().replaceFirst("jdbc:postgresql://(.*)/.*", "$1");
        Path file = Files.writeString(directory.resolve("pgpass"), server + ":*:" + USER + ":" + RIGHT + "\n");
        Program.Result result =
                withoutPassword().withVariable("PGPASSFILE", file.toString()).callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).as(result.out()).isZero();
    }

    /** As psql does; a variable is also what the file refers to. */
    @ParameterizedTest
    @ValueSource(strings = {"ETL_PASSWORD", "PGPASSWORD", "PGPASSFILE"})
    void initTakesItFromWhereItIs(String variable) throws Exception {
        String server = warehouse.database().url().replaceFirst("jdbc:postgresql://(.*)/.*", "$1");
        Path file = Files.writeString(directory.resolve("pgpass"), server + ":*:" + USER + ":" + RIGHT + "\n");
        boolean isFile = variable.equals("PGPASSFILE");
        Program.Result result = withoutPassword()
                .withVariable(variable, isFile ? file.toString() : RIGHT)
                .callInNewProcess(directory, "init", "--out", "-");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
                .contains(
                        "\nspring.datasource:\n  url: \"" + warehouse.database().url() + "\"\n  username: \"" + USER
                                + "\"\n",
                        isFile ? "\n  # password: ${ETL_PASSWORD} #" : "\n  password: ${" + variable + "} #")
                .doesNotContain(RIGHT);
        assertThat(directory.resolve("-")).doesNotExist();
    }

    @Test
    void initSaysWhereToPutOne() {
        Program.Result result = withoutPassword().call("init", "--out", "-");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
        assertThat(result.err()).contains("set spring.datasource.password, for example as SPRING_DATASOURCE_PASSWORD");
        assertThat(result.out()).isEmpty();
    }

    @Test
    @Tag("slow")
    void aMissingOrWrongOneIsSaidWithoutIt() throws Exception {
        long start = System.nanoTime();
        for (String command : List.of("runs", "validate")) {
            Program.Result missing = withoutPassword().call(command);
            assertThat(missing.exitCode()).as(missing.err()).isEqualTo(5);
            assertThat(missing.err())
                    .contains(
                            "spring.datasource.url cannot be reached: the server asks for a password, and there is none;"
                                    + " set spring.datasource.password, for example as SPRING_DATASOURCE_PASSWORD in the environment");
        }
        Program.Result empty = withSource(Program.on(warehouse.database()), "").call("run", "--dataset", "far");
        assertThat(empty.exitCode()).as(empty.err()).isEqualTo(5);
        assertThat(empty.err()).contains("crowdlab.source.url", "the password is an empty string");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("it is not waited for, as a server is")
                .isLessThan(Duration.ofMinutes(1));
        for (String command : List.of("run", "migrate", "validate")) {
            Program.Result wrong = Program.on(warehouse.database(), USER, WRONG).call(command);
            assertThat(wrong.exitCode()).as(wrong.err()).isEqualTo(5);
            assertThat(wrong.err()).contains(USER).doesNotContain("hidden-word");
        }
        Program.Result source =
                withSource(Program.on(warehouse.database()), WRONG).call("run", "--dataset", "far");
        assertThat(source.exitCode()).as(source.err()).isEqualTo(5);
        assertThat(source.err())
                .startsWith("The database cannot be reached; check crowdlab.source.url, username and password")
                .doesNotContain("hidden-word");
    }

    @Test
    @Tag("slow")
    void theMostTalkativeLogLacksIt() throws Exception {
        for (String word : List.of(RIGHT, WRONG)) {
            String url = warehouse.database().url() + "?user=" + USER + "&password=" + word;
            Program.Result result = Program.withoutDatabase()
                    .with("spring.datasource.url", url)
                    .with("logging.level.root", "trace")
                    .callInNewProcess(directory, word.equals(RIGHT) ? "run" : "runs");
            assertThat(result.exitCode()).isEqualTo(word.equals(RIGHT) ? 0 : 5);
            assertThat(result.out().lines().filter(line -> line.contains("hidden-word")))
                    .isEmpty();
            assertThat(result.out()).contains("Connecting with URL: jdbc:postgresql://");
        }
    }

    @Test
    void noTableHoldsIt() throws Exception {
        Program program = withSource(Program.on(warehouse.database(), USER, RIGHT), RIGHT);
        assertThat(program.call("run", "--force").exitCode()).isZero();
        assertThat(tablesThatContain("hidden-word")).isEmpty();
        assertThat(tablesThatContain("colors")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:hidden-word/x",
                "jdbc:postgresql://localhost:99999/x?password=hidden-word",
                "jdbc:postgresql://localhost?password=hidden-word",
                "jdbc:postgresql://localhost/x?password=%hidden-word",
                "jdbc:postgresql://me:hidden-word@localhost/x",
                "postgresql://me:hidden-word@localhost/x"
            })
    void aUrlThatCannotBeReadIsRefusedWithoutIt(String url) {
        for (String setting : List.of("spring.datasource.url", "crowdlab.source.url")) {
            Program.Result result =
                    Program.on(warehouse.database()).with(setting, url).call("runs", "--verbose");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).startsWith(setting).doesNotContain("hidden-word");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@hidden-word",
                "%hidden-word",
                "*hidden-word",
                "!hidden-word",
                "'hidden-word",
                "\"\\qhidden-word\"",
                "hidden-word: x",
                "[hidden-word"
            })
    void aSettingsFileThatCannotBeReadIsNotQuoted(String value) throws Exception {
        Files.writeString(directory.resolve("application.yml"), "spring.datasource:\n  password: " + value + "\n");
        Program.Result result = Program.on(warehouse.database())
                .with("spring.config.additional-location", "file:" + directory + "/")
                .call("runs", "--verbose");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("application.yml cannot be read").doesNotContain("hidden-word");
    }

    @Test
    void whatStandsBehindAnUnknownOptionIsNotRepeated() {
        for (String[] words : new String[][] {
            {"runs", "--password=hidden-word"}, {"run", "--spring.datasource.password", "hidden-word"}
        }) {
            Program.Result result = Program.withoutDatabase().call(words);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).startsWith("Unknown option '--").doesNotContain("hidden-word");
        }
    }

    private Program withoutPassword() {
        return Program.withoutDatabase()
                .with("spring.datasource.url", warehouse.database().url())
                .with("spring.datasource.username", USER);
    }

    private Program withSource(Program program, String password) {
        return program.with("crowdlab.source.url", warehouse.database().url())
                .with("crowdlab.source.username", USER)
                .with("crowdlab.source.password", password)
                .with("crowdlab.datasets.far.annotations-query", "select * from crowdlab.annotation");
    }

    private void writeRules(String rules) throws SQLException {
        warehouse.execute("""
                do $do$
                declare
                    rules text := $rules$%s$rules$;
                begin
                    perform lo_from_bytea(4711, convert_to(rules, 'UTF8'));
                    perform lo_export(4711, current_setting('hba_file'));
                    perform lo_unlink(4711);
                end $do$""".formatted(rules), "select pg_reload_conf()");
    }

    private List<String> tablesThatContain(String word) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : warehouse.rowCounts().keySet()) {
            String name = table.substring(2); // without the kind
            if (!warehouse
                    .value("select count(*) from " + name + " t where t::text like '%" + word + "%'")
                    .equals("0")) {
                found.add(name);
            }
        }
        return found;
    }
}
