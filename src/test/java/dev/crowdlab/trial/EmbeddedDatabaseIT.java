package dev.crowdlab.trial;

import static dev.crowdlab.trial.EmbeddedSession.execute;
import static dev.crowdlab.trial.EmbeddedSession.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.postgres.DatabaseInUseException;
import dev.crowdlab.schema.DevelopmentSchema;
import dev.crowdlab.testing.FreePort;
import dev.crowdlab.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("slow")
class EmbeddedDatabaseIT {

    @TempDir
    private static Path parent;

    /** Unpacked once, for most of the tests. */
    private static Path binaries;

    @BeforeAll
    static void unpackBinaries() throws IOException {
        Path directory = parent.resolve("first");
        EmbeddedDatabase.start(directory, FreePort.find()).close();
        binaries = directory.resolve("binaries");
        assertThat(binaries).isDirectory();
    }

    @Test
    void whatWasCommittedLasts() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        assertThat(EmbeddedDatabase.exists(directory)).isFalse();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            execute(database, "create table kept as select 42 as number");
        }
        assertThat(EmbeddedDatabase.exists(directory)).isTrue();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(query(database, "select number from kept")).isEqualTo("42");
        }
    }

    @Test
    void oneThatADevelopmentBuildMadeIsRefusedWithAWayOut() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            PGSimpleDataSource sessions = new PGSimpleDataSource();
            sessions.setUrl(database.jdbcUrl());
            sessions.setUser(database.user());
            sessions.setPassword(database.password());
            DevelopmentSchema.make(sessions, DevelopmentSchema.size());
        }
        Program program = Program.withoutDatabase()
                .with("crowdlab.embedded.directory", directory.toString())
                .with("crowdlab.embedded.port", String.valueOf(port));
        for (String[] words : new String[][] {{}, {"database"}, {"run"}}) {
            Program.Result result = program.call(words);
            assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(2);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Schema crowdlab of database crowdlab was created by a development build")
                    .contains("move its directory .crowdlab away");
        }
    }

    @Test
    void isDurableAndReachableFromThisMachineOnly() throws Exception {
        int port = FreePort.find();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory(), port)) {
            assertThat(query(database, "show fsync")).isEqualTo("on");
            assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(database, "show full_page_writes")).isEqualTo("on");
            assertThat(query(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(database, "show unix_socket_directories")).isEmpty();
            assertThat(query(database, "show server_encoding")).isEqualTo("UTF8");
            assertThat(query(database, "show server_version")).startsWith(EmbeddedDatabaseStarter.MAJOR_VERSION + ".");
            assertThat(query(database, "select current_user")).isEqualTo(database.user());
            assertThat(database.psqlCommand())
                    .matches("PGPASSFILE='.*/crowd lab .*/data/pgpass' psql -h 127\\.0\\.0\\.1 -p " + port
                            + " -U postgres crowdlab");
        }
    }

    @Test
    void closingTwiceDoesNoHarm() throws Exception {
        Path directory = directory();
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, FreePort.find());
        database.close();
        try (EmbeddedDatabase successor = EmbeddedDatabase.start(directory, FreePort.find())) {
            database.close();
            assertThat(query(successor, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondStartInTheSameOrAnotherProcessIsRefused() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> EmbeddedDatabase.start(directory, port))
                        .isInstanceOf(DatabaseInUseException.class)
                        .hasMessageContaining(directory.toString());
            }
            assertThat(query(database, "select 1")).isEqualTo("1");
            Process second = EmbeddedDatabaseHolder.start(directory, port);
            assertThat(second.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(second.inputReader(StandardCharsets.US_ASCII).readLine())
                    .contains(directory + " is in use by process "
                            + ProcessHandle.current().pid());
        }
    }

    @Test
    void aDirectoryHeldByAnotherProcessIsNamedWithThatProcess() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        Process holder = EmbeddedDatabaseHolder.start(directory, port);
        try {
            awaitCommits(holder, 1);
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, FreePort.find()))
                    .isInstanceOf(DatabaseInUseException.class)
                    .hasMessage("The embedded database in " + directory + " is in use by process " + holder.pid()
                            + "; wait until that process has ended, or share its database by setting"
                            + " spring.datasource.url to jdbc:postgresql://127.0.0.1:" + port
                            + "/crowdlab?user=postgres and the environment variable PGPASSFILE to "
                            + directory + "/data/pgpass.");
        } finally {
            kill(holder, 0);
        }
        EmbeddedDatabase.start(directory, port).close();
    }

    @Test
    void noCommittedRowIsLostWhenTheProcessIsKilled() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        int committed = 0;
        for (int round = 0; round < 2; round++) {
            Process holder = EmbeddedDatabaseHolder.start(directory, port);
            awaitCommits(holder, committed + 100);
            committed = kill(holder, committed + 100);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            int kept = Integer.parseInt(query(database, "select count(*) from kept"));
            assertThat(kept).isGreaterThanOrEqualTo(committed);
        }
    }

    @Test
    void noCommittedRowIsLostWhenTheServerItselfIsKilled() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        EmbeddedDatabase killed = EmbeddedDatabase.start(directory, port);
        execute(killed, "create table kept as select number from generate_series(1, 1000) number");
        DataDirectory data = new DataDirectory(directory);
        ProcessHandle server = data.server().orElseThrow();
        server.destroyForcibly();
        data.awaitStop(server);
        killed.close();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(query(database, "select count(*) from kept")).isEqualTo("1000");
        }
    }

    @Test
    void theDirectoryIsItsOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("first"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theOrphanOfAKilledProcessGivesWayToAStartOnAnotherPort() throws Exception {
        Path directory = directory();
        int formerPort = FreePort.find();
        Process holder = EmbeddedDatabaseHolder.start(directory, formerPort);
        awaitCommits(holder, 1);
        int committed = kill(holder, 1);
        try (Connection open = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + formerPort + "/crowdlab",
                        "postgres",
                        EmbeddedPassword.of(new DataDirectory(directory)).value());
                Statement statement = open.createStatement()) {
            statement.execute("begin; delete from kept");
            try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, FreePort.find())) {
                assertThat(Integer.parseInt(query(database, "select count(*) from kept")))
                        .isGreaterThanOrEqualTo(committed);
            }
        }
        try (ServerSocket freed = new ServerSocket(formerPort, 1, loopback())) {
            assertThat(freed.isBound()).isTrue();
        }
    }

    @Test
    void aServerOnOtherDataIsNotStoppedThoughTheDirectoryNamesIt() throws Exception {
        Path original = directory();
        Path copy = directory();
        EmbeddedDatabase.start(copy, FreePort.find()).close();
        try (EmbeddedDatabase other = EmbeddedDatabase.start(original, FreePort.find())) {
            Files.copy(original.resolve("data/postmaster.pid"), copy.resolve("data/postmaster.pid"));
            assertThat(new DataDirectory(copy).server()).isEmpty();
            try (EmbeddedDatabase database = EmbeddedDatabase.start(copy, FreePort.find())) {
                assertThat(query(database, "select 1")).isEqualTo("1");
                assertThat(query(other, "select 2")).isEqualTo("2");
            }
            assertThat(new DataDirectory(original).server()).isPresent();
        }
    }

    @Test
    void aServerWhoseDirectoryWasMovedIsStillItsServer() throws Exception {
        Path directory = directory();
        Process holder = EmbeddedDatabaseHolder.start(directory, FreePort.find());
        awaitCommits(holder, 1);
        int committed = kill(holder, 1);
        Path moved = Files.move(directory, parent.resolve("moved"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(moved, FreePort.find())) {
            assertThat(Integer.parseInt(query(database, "select count(*) from kept")))
                    .isGreaterThanOrEqualTo(committed);
        }
    }

    /** As a signal does, by which the program stops to connect. */
    @Test
    void anInterruptWhileTheServerStartsLeavesNoServer() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        EmbeddedDatabase.start(directory, port).close();
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread starting = new Thread(() -> {
            try {
                EmbeddedDatabase.start(directory, port).close();
            } catch (EmbeddedDatabaseException e) {
                failure.set(e);
            }
        });
        starting.start();
        while (starting.isAlive()
                && ProcessHandle.current()
                        .children()
                        .noneMatch(
                                child -> child.info().commandLine().orElse("").contains(directory + "/data"))) {
            Thread.sleep(1);
        }
        starting.interrupt();
        starting.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(starting.isAlive()).isFalse();
        assertThat(failure.get()).hasMessageContaining("could not be started on " + directory);
        assertThat(new DataDirectory(directory).server()).isEmpty();
        assertThat(EmbeddedAddress.isListening(port)).isFalse();
        EmbeddedDatabase.start(directory, port).close();
    }

    /** The shell stands for pg_ctl, which takes a while on a busy machine. */
    @Test
    void aServerThatAKilledProcessHadJustBegunToStartIsStoppedToo() throws Exception {
        Path directory = directory();
        EmbeddedDatabase.start(directory, FreePort.find()).close();
        int latePort = FreePort.find();
        Path shell = Files.copy(Path.of("/bin/sh").toRealPath(), directory.resolve("pg_ctl"));
        Path postgres = new EmbeddedBinaries(binaries).postgres();
        Process late = new ProcessBuilder(
                        shell.toString(),
                        "-c",
                        "sleep 2; [ $(id -u) = 0 ] && as='unshare -U';"
                                + " $as \"$1\" -D \"$2\" -l \"$3\" -w -o '-k \"\" -h 127.0.0.1 -p " + latePort
                                + "' start",
                        "pg_ctl",
                        postgres.resolveSibling("pg_ctl").toString(),
                        directory.resolve("data").toString(),
                        directory.resolve("late.log").toString())
                .start();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, FreePort.find())) {
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
        assertThat(late.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("late.log"))).contains("fast shutdown request");
        assertThat(EmbeddedAddress.isListening(latePort)).isFalse();
    }

    @Test
    void aFirstStartKilledWhileItUnpacksIsMadeGoodByTheNext() throws Exception {
        for (int millis = 400; millis <= 1600; millis += 1200) {
            killedThenStarted(parent.resolve("unpacking killed after " + millis), millis);
        }
    }

    @Test
    void aFirstStartKilledWhileItMakesTheDatabaseIsMadeGoodByTheNext() throws Exception {
        for (int millis = 500; millis <= 1300; millis += 400) {
            killedThenStarted(directory(), millis);
        }
    }

    private static void killedThenStarted(Path directory, int millis) throws Exception {
        int port = FreePort.find();
        Process holder = EmbeddedDatabaseHolder.start(directory, port);
        holder.waitFor(millis, TimeUnit.MILLISECONDS);
        kill(holder, 0);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(query(database, "select current_database()")).isEqualTo("crowdlab");
        }
    }

    @Test
    void aPortTakenByAnotherProgramIsNamedAtOnce() throws Exception {
        Path directory = directory();
        for (String address : List.of("127.0.0.1", "0.0.0.0", "::")) {
            try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getByName(address))) {
                int port = foreign.getLocalPort();
                long start = System.nanoTime();
                assertThatThrownBy(() -> EmbeddedDatabase.start(directory, port))
                        .isInstanceOf(DatabaseInUseException.class)
                        .hasMessageContaining("Port " + port + " at 127.0.0.1")
                        .hasMessageContaining("crowdlab.embedded.port")
                        .hasMessageContaining("CROWDLAB_EMBEDDED_PORT");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            }
        }
        assertThat(EmbeddedDatabase.exists(directory)).isFalse();
        EmbeddedDatabase.start(directory, FreePort.find()).close();
    }

    @Test
    void dataOfAnotherMajorVersionAreLeftAlone() throws Exception {
        Path directory = directory();
        Path version = directory.resolve("data/PG_VERSION");
        Files.createDirectories(version.getParent());
        Files.writeString(version, "17\n");
        assertThatThrownBy(() -> EmbeddedDatabase.start(directory, FreePort.find()))
                .isInstanceOf(DatabaseVersionException.class)
                .hasMessageContaining(directory.resolve("data") + " was created by PostgreSQL 17")
                .hasMessageContaining("18");
        assertThat(version).hasContent("17\n");
    }

    @Test
    void filesThatAreNoDatabaseAreNeverDeleted() throws Exception {
        Path directory = directory();
        Path stranger = directory.resolve("data/thesis.txt");
        Files.createDirectories(stranger.getParent());
        Files.writeString(stranger, "two years of work");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, FreePort.find()))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("exists but is not empty");
        }
        assertThat(stranger).hasContent("two years of work");
    }

    @Test
    void aProcessIdThatNowBelongsToAnotherProgramDoesNotStopTheStart() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        EmbeddedDatabase.start(directory, port).close();
        Path data = directory.resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                String.join(
                        "\n",
                        Long.toString(ProcessHandle.current().pid()),
                        data.toString(),
                        "1",
                        "" + port,
                        "",
                        "",
                        ""));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, port)) {
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aServerThatCannotStartSaysWhyAndWhereItsLogIs() throws Exception {
        Path directory = directory();
        int port = FreePort.find();
        EmbeddedDatabase.start(directory, port).close();
        Path settings = directory.resolve("data/postgresql.auto.conf");
        Files.writeString(settings, "shared_buffers = 'plenty'\n");
        assertThatThrownBy(() -> new EmbeddedDatabaseStarter(directory, port, Duration.ofSeconds(1)).start())
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining(directory.resolve("data").toString())
                .hasMessageContaining("postgresql.auto.conf\" contains errors")
                .hasMessageContaining(directory.resolve("postgresql.log").toString());
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedDatabase.start(file, FreePort.find()))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining(file.toString());
    }

    /** A directory with a space in its name, where the binaries are unpacked already. */
    private static Path directory() throws IOException {
        Path directory = Files.createTempDirectory(parent, "crowd lab ").toRealPath();
        Files.createSymbolicLink(directory.resolve("binaries"), binaries);
        return directory;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    /** Reads the holder's lines until it has committed that row. */
    private static void awaitCommits(Process holder, int row) throws IOException {
        BufferedReader lines = holder.inputReader(StandardCharsets.US_ASCII);
        String line = lines.readLine();
        assertThat(line).isEqualTo("started");
        while (Integer.parseInt(lines.readLine()) < row) {
            // the next line
        }
    }

    /** Kills the holder as kill -9 does and gives the last row that it reported as committed. */
    private static int kill(Process holder, int known) throws IOException, InterruptedException {
        holder.toHandle().destroyForcibly(); // Process.destroyForcibly would close the output
        assertThat(holder.waitFor(120, TimeUnit.SECONDS)).isTrue();
        int last = known;
        for (String line : holder.inputReader(StandardCharsets.US_ASCII).lines().toList()) {
            last = line.equals("started") ? last : Integer.parseInt(line);
        }
        return last;
    }
}
