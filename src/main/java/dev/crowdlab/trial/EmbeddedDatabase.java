package dev.crowdlab.trial;

import dev.crowdlab.cli.call.Trial.OwnDatabase;
import dev.crowdlab.postgres.DatabaseInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server for newcomers: real binaries, stored with their data in one directory, reachable only from this
 * machine, with a password that is stored next to the data.
 *
 * <p>Committed data persists. If this process is killed the server keeps running; the next start on the directory stops
 * it cleanly and starts it again. No shutdown hook is registered, so that a job can end before its database does: the
 * owner must call {@link #close}.
 *
 * <p>The directory contains {@code data}, {@code binaries}, {@code lock} and {@code postgresql.log}.
 */
public final class EmbeddedDatabase implements OwnDatabase {

    private final DirectoryLock lock;
    private final DataDirectory data;
    private final EmbeddedAccess access;

    EmbeddedDatabase(DirectoryLock lock, DataDirectory data, EmbeddedAccess access) {
        this.lock = lock;
        this.data = data;
        this.access = access;
    }

    /** Whether the directory contains an embedded database, running or not. */
    public static boolean exists(Path directory) {
        return new DataDirectory(directory).exists();
    }

    /**
     * Starts the server in the directory; both are created if necessary.
     *
     * @param directory relative to the working directory
     * @param port to listen on, at 127.0.0.1 only
     * @throws DatabaseInUseException if another process uses the directory, or another program the port
     * @throws DatabaseVersionException if another major version of PostgreSQL created the data
     * @throws EmbeddedDatabaseException if the server cannot be created, started or stopped
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        return new EmbeddedDatabaseStarter(
                        directory.toAbsolutePath().normalize(), port, EmbeddedDatabaseStarter.MAX_START)
                .start();
    }

    @Override
    public String jdbcUrl() {
        return EmbeddedAddress.jdbcUrl(access.port(), EmbeddedAddress.DATABASE);
    }

    @Override
    public Path directory() {
        return lock.directory();
    }

    @Override
    public String user() {
        return EmbeddedAddress.USER;
    }

    @Override
    public String password() {
        return access.password().value();
    }

    @Override
    public String psqlCommand() {
        return "PGPASSFILE=" + ShellWord.quoted(access.password().file().toString()) + " psql -h "
                + EmbeddedAddress.HOST + " -p " + access.port() + " -U " + EmbeddedAddress.USER + " "
                + EmbeddedAddress.DATABASE;
    }

    @Override
    public List<String> hints() {
        return FirstRunHints.lines(this);
    }

    /**
     * Stops the server, which rolls back open transactions, and releases the directory. Further calls have no effect.
     */
    @Override
    public void close() {
        boolean wasInterrupted = Thread.interrupted(); // an interrupted thread would not wait for the server's end
        try (lock) {
            if (lock.isHeld()) {
                stopServer();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stopServer() throws IOException {
        Optional<ProcessHandle> process = data.server();
        if (process.isEmpty()) {
            data.stopOrphan(); // still starting, which the library does not wait for
        }
        access.server().close();
        // The library waits for five seconds only, and does not tell if it failed; a checkpoint on a slow disk takes
        // longer.
        data.stopOrphan();
        process.ifPresent(data::awaitStop);
    }
}
