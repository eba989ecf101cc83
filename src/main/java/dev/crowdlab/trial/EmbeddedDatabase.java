package dev.crowdlab.trial;

import dev.crowdlab.cli.Trial.OwnDatabase;
import dev.crowdlab.postgres.DatabaseInUseException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL of one's own for the newcomer: real binaries, kept with their data under one directory, reachable from this
 * machine only, by who can read the password beside the data.
 *
 * <p>What was committed there lasts. When this process is killed the server goes on; the next start on the directory stops
 * it in good order and starts it anew. No shutdown hook is registered, so that a job can end before its database does: the
 * owner calls {@link #close}.
 *
 * <p>The directory holds {@code data}, {@code binaries}, {@code lock} and {@code postgresql.log}.
 */
public final class EmbeddedDatabase implements OwnDatabase {

    static final String HOST = "127.0.0.1";
    static final String USER = "postgres";
    static final String DATABASE = "crowdlab";

    private final DirectoryLock lock;
    private final DataDirectory data;
    private final Access access;
    private final boolean created;

    EmbeddedDatabase(DirectoryLock lock, DataDirectory data, Access access, boolean created) {
        this.lock = lock;
        this.data = data;
        this.access = access;
        this.created = created;
    }

    /** Whether the directory holds an embedded database, running or not. */
    public static boolean exists(Path directory) {
        return new DataDirectory(directory).exists();
    }

    /**
     * Starts the server that is kept in the directory; makes both if missing.
     *
     * @param directory made if missing; relative to the working directory
     * @param port to listen on, at 127.0.0.1 only
     * @throws DatabaseInUseException if another process uses the directory, or another program the port
     * @throws DatabaseVersionException if another major version of PostgreSQL made the data
     * @throws EmbeddedDatabaseException if the server cannot be made, started or stopped
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        return new EmbeddedDatabaseStarter(
                        directory.toAbsolutePath().normalize(), port, EmbeddedDatabaseStarter.LONGEST_START)
                .start();
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl(access.port(), DATABASE);
    }

    /** Where it is kept, absolute. */
    public Path directory() {
        return lock.directory();
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return access.password().value();
    }

    @Override
    public String psqlCommand() {
        return "PGPASSFILE=" + ShellWord.quoted(access.password().file().toString()) + " psql -h " + HOST + " -p "
                + access.port() + " -U " + USER + " " + DATABASE;
    }

    @Override
    public List<String> hints() {
        return FirstRunHints.lines(this);
    }

    /** Whether this start made the database. */
    public boolean created() {
        return created;
    }

    /** Stops the server, which rolls back what is still open, and frees the directory. A second call does nothing. */
    @Override
    public void close() {
        try (lock) {
            if (lock.isHeld()) {
                Optional<ProcessHandle> process = data.server();
                access.server().close();
                // The library gives up after five seconds; a checkpoint on a slow disk takes longer.
                process.ifPresent(data::awaitStop);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that runs, and the password that it asks for. */
    record Access(EmbeddedPostgres server, EmbeddedPassword password) {

        String port() {
            return Integer.toString(server.getPort());
        }

        Connection connect(String database) throws SQLException {
            return DriverManager.getConnection(jdbcUrl(port(), database), USER, password.value());
        }
    }

    static String jdbcUrl(String port, String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database + "?user=" + USER;
    }
}
