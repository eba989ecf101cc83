package dev.crowdlab.trial;

import static dev.crowdlab.trial.EmbeddedSession.execute;
import static dev.crowdlab.trial.EmbeddedSession.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.crowdlab.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into the embedded database, and into its directory. */
@Tag("slow")
class EmbeddedAccessIT {

    private static final String OTHER_USER = "nobody";

    /** Others may enter it: what keeps them out of the databases below is the program's doing. */
    @TempDir
    private static Path parent;

    /** Unpacked once, for most of the tests. */
    private static Path binaries;

    @BeforeAll
    static void letOthersIn() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path first = parent.resolve("first");
        EmbeddedDatabase.start(first, FreePort.find()).close();
        binaries = first.resolve("binaries");
    }

    private static Path directory(String name) throws IOException {
        Path directory = Files.createDirectory(
                parent.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(directory.resolve("binaries"), binaries);
        return directory;
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        int port = FreePort.find();
        Path directory = directory("closed");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(query(database, "select current_user")).isEqualTo("postgres");
            assertThat(query(database, "select string_agg(auth_method, ' ') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            for (String user : List.of("postgres", "root")) {
                for (String guess : List.of("", "postgres", "wrong")) {
                    assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), user, guess))
                            .isInstanceOf(SQLException.class);
                }
            }
            Path file = directory.resolve("data/pgpass");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(file).content().contains(database.password());
            assertThat(Files.readString(directory.resolve("postgresql.log"))).doesNotContain(database.password());
        }
    }

    @Test
    void anotherUserOfTheMachineGetsNeitherInNorAtThePassword() throws Exception {
        assumeTrue(isRoot() && hasProgram("psql"), "needs root and psql");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory("other user"), FreePort.find())) {
            String statement = " -w -Atc \"copy (select 1) to program 'id -u'\"";
            assertThat(call("sh", "-c", database.psqlCommand() + " -Atc 'select 42'"))
                    .isEqualTo("0 42");
            String withoutFile = database.psqlCommand().replaceFirst("^PGPASSFILE='[^']*' ", "");
            for (String psql : List.of(database.psqlCommand(), withoutFile)) {
                assertThat(call("runuser", "-u", OTHER_USER, "--", "sh", "-c", psql + statement))
                        .startsWith("2 ")
                        .contains("no password supplied");
            }
            assertThat(call(
                            "runuser",
                            "-u",
                            OTHER_USER,
                            "--",
                            "cat",
                            parent.resolve("other user/data/pgpass").toString()))
                    .contains("Permission denied");
        }
    }

    @Test
    void dataOfAVersionThatAskedForNoPasswordGetOne() throws Exception {
        Path directory = directory("former");
        int port = FreePort.find();
        try (EmbeddedPostgres former = EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "")
                        .start();
                Connection connection = former.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database crowdlab");
            statement.execute("create role kept");
        }
        for (int start = 0; start < 2; start++) {
            try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
                assertThat(query(database, "select count(*) from pg_roles where rolname = 'kept'"))
                        .isEqualTo("1");
                assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", ""))
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void aDeletedPasswordIsReplacedByANewOne() throws Exception {
        Path directory = directory("forgotten");
        int port = FreePort.find();
        String former;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            former = database.password();
        }
        Files.delete(directory.resolve("data/pgpass"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(database.password()).isNotEqualTo(former).hasSizeGreaterThan(30);
            execute(database, "alter role postgres password 'changed by hand'");
        }
        assertThatThrownBy(() -> new EmbeddedDatabaseStarter(directory, port, Duration.ofSeconds(1)).start())
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("; delete " + directory.resolve("data/pgpass"));
    }

    @Test
    void aDirectoryThatOthersMayEnterIsClosedAndItsProgramsAreUnpackedAnew() throws Exception {
        Path directory = Files.createDirectory(parent.resolve("open"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path planted = directory.resolve("binaries/PG-planted/bin/postgres");
        Files.createDirectories(planted.getParent());
        Files.createFile(planted);
        Files.createFile(directory.resolve("binaries/PG-planted/.exists"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, FreePort.find())) {
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(planted).doesNotExist();
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        assumeTrue(isRoot(), "needs root");
        Path directory = Files.createDirectory(parent.resolve("foreign"));
        UserPrincipal other =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OTHER_USER);
        Files.setOwner(directory, other);
        assertThatThrownBy(() -> EmbeddedDatabase.start(directory, FreePort.find()))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessage(
                        "The directory " + directory + " of the embedded database belongs to nobody, who could replace"
                                + " the programs in it; set crowdlab.embedded.directory to a directory of your own.");
        assertThat(directory).isEmptyDirectory();
    }

    private static boolean isRoot() throws Exception {
        return call("id", "-u").equals("0 0");
    }

    private static boolean hasProgram(String program) throws Exception {
        return call("sh", "-c", "command -v " + program).startsWith("0 ");
    }

    /** Exit code and output of a command. */
    private static String call(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return (process.exitValue() + " " + output).strip();
    }
}
