package dev.crowdlab.trial;

import dev.crowdlab.postgres.DatabaseInUseException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * One start of the embedded database. Checks directory, version and port before it calls the library, whose own errors are
 * vague and come late.
 *
 * @param home the absolute directory
 * @param port to listen on
 * @param longestStart how long to wait for a server that does not answer
 */
public record EmbeddedDatabaseStarter(Path home, int port, Duration longestStart) {

    /** Long enough for recovery after a power failure. */
    static final Duration MAX_START = Duration.ofSeconds(60);

    /** The major version of the bundled binaries. */
    public static final String MAJOR_VERSION = "18";

    private static final long MAX_LOG = 10_000_000;

    EmbeddedDatabase start() {
        DirectoryLock lock = lock();
        try {
            return start(lock);
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedDatabaseException(
                    "The embedded database in " + home + " could not be started (" + e + "); see " + log() + ".", e);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private DirectoryLock lock() {
        try {
            return DirectoryLock.acquire(home);
        } catch (DirectoryLock.LockedException e) {
            DataDirectory data = new DataDirectory(home);
            String url = data.port()
                    .map(usedPort -> EmbeddedAddress.jdbcUrl(usedPort, EmbeddedAddress.DATABASE))
                    .orElse("its URL");
            throw new DatabaseInUseException("The embedded database in " + home + " is in use by process " + e.pid()
                    + "; wait until that process has ended, or share its database by setting spring.datasource.url to "
                    + url + " and the environment variable PGPASSFILE to " + EmbeddedPassword.file(data) + ".");
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The directory " + home + " of the embedded database cannot be written (" + e
                            + "); make it writable or start in another directory.",
                    e);
        }
    }

    private EmbeddedDatabase start(DirectoryLock lock) throws IOException {
        DataDirectory data = new DataDirectory(home);
        requireVersion(data);
        data.stopOrphan();
        requireFreePort();
        data.prepare();
        EmbeddedBinaries binaries = new EmbeddedBinaries(home.resolve("binaries"));
        binaries.dropIncomplete();
        if (logSize() > MAX_LOG) {
            Files.delete(log());
        }
        EmbeddedDatabase database = launch(lock, data, binaries);
        try {
            data.finish();
        } catch (IOException | RuntimeException e) {
            try (database) {
                throw e;
            }
        }
        return database;
    }

    private void requireVersion(DataDirectory data) throws IOException {
        Optional<String> version = data.version();
        if (version.isPresent() && !version.get().equals(MAJOR_VERSION)) {
            throw new DatabaseVersionException(
                    "The embedded database in " + data.path() + " was created by PostgreSQL "
                            + version.get() + " and cannot be read by " + MAJOR_VERSION
                            + "; move that directory away to begin a new one, or dump it with the former version and restore it.");
        }
    }

    /** Tries to connect, because some systems let a program bind to 127.0.0.1 even if another one listens on all addresses. */
    private void requireFreePort() throws IOException {
        if (EmbeddedAddress.isListening(port)) {
            throw portInUse("another program listens there");
        }
        try (ServerSocket trial = new ServerSocket(port, 1, EmbeddedAddress.loopback())) {
            trial.getLocalPort();
        } catch (IOException e) {
            throw portInUse(String.valueOf(e.getMessage()));
        }
    }

    private DatabaseInUseException portInUse(String reason) {
        return new DatabaseInUseException("Port " + port + " at " + EmbeddedAddress.HOST
                + " is not free for the embedded database (" + reason
                + "); stop the program that uses it, or set crowdlab.embedded.port to a free port, in the"
                + " environment as CROWDLAB_EMBEDDED_PORT.");
    }

    private EmbeddedDatabase launch(DirectoryLock lock, DataDirectory data, EmbeddedBinaries binaries)
            throws IOException {
        long logged = logSize();
        try {
            EmbeddedPassword password = EmbeddedPassword.of(data);
            EmbeddedPostgres server = builder(data, binaries, password).start();
            return open(lock, data, new EmbeddedAccess(server, password));
        } catch (IOException | RuntimeException | SQLException e) {
            data.stopOrphan();
            String reason = lastError(logged).orElse(String.valueOf(e.getMessage()));
            String remedy = reason.contains("password authentication failed")
                    ? "; delete " + EmbeddedPassword.file(data) + ", then the next start makes a new password"
                    : "";
            throw new EmbeddedDatabaseException(
                    "The embedded PostgreSQL could not be started on " + data.path() + ": " + reason + remedy
                            + "; its log is " + log() + ".",
                    e);
        }
    }

    /** An interrupted thread gets here before the server is up. */
    private static EmbeddedDatabase open(DirectoryLock lock, DataDirectory data, EmbeddedAccess access)
            throws SQLException {
        try {
            createDatabase(access);
            return new EmbeddedDatabase(lock, data, access);
        } catch (SQLException | RuntimeException | Error e) {
            EmbeddedDatabase begun = new EmbeddedDatabase(lock, data, access);
            try (begun) {
                throw e;
            }
        }
    }

    private EmbeddedPostgres.Builder builder(DataDirectory data, EmbeddedBinaries binaries, EmbeddedPassword password) {
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver(binaries)
                .setOverrideWorkingDirectory(binaries.directory().toFile())
                .setDataDirectory(data.path())
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(made -> require(password, made.toPath(), binaries))
                .setConnectConfig("password", password.value())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(longestStart)
                .setPort(port)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", EmbeddedAddress.HOST)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setErrorRedirector(Redirect.appendTo(log().toFile()))
                .setOutputRedirector(Redirect.appendTo(log().toFile()));
    }

    private static void require(EmbeddedPassword password, Path data, EmbeddedBinaries binaries) {
        try {
            password.require(data, binaries.postgres());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates the database if it is missing. */
    private static void createDatabase(EmbeddedAccess access) throws SQLException {
        String missing =
                "select not exists (select from pg_database where datname = '" + EmbeddedAddress.DATABASE + "')";
        try (Connection connection = access.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(missing)) {
            if (rows.next() && rows.getBoolean(1)) {
                statement.execute("create database " + EmbeddedAddress.DATABASE);
            }
        }
    }

    private Path log() {
        return home.resolve("postgresql.log");
    }

    private long logSize() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    /** Returns the last error in the part of the log after this position. */
    private Optional<String> lastError(long from) throws IOException {
        if (!Files.exists(log())) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(log());
        int start = (int) Math.min(from, bytes.length);
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("FATAL:") || line.contains("error:"))
                .reduce((earlier, later) -> later)
                .map(String::strip);
    }
}
