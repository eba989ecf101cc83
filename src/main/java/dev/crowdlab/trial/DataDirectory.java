package dev.crowdlab.trial;

import dev.crowdlab.postgres.Polling;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;

/**
 * The data directory of the embedded PostgreSQL: its version, whether its creation was completed, and the server that
 * runs on it.
 *
 * <p>All methods except {@link #exists} and {@link #port} require that the caller holds the {@link DirectoryLock}.
 */
final class DataDirectory {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** Lines of postmaster.pid. */
    private static final int PID_LINE = 0;

    private static final int PORT_LINE = 3;

    private final Path data;

    /**
     * A marker file that exists from before initdb until the first start is complete; until then no row can be lost.
     */
    private final Path unfinished;

    DataDirectory(Path directory) {
        this.data = directory.resolve("data");
        this.unfinished = directory.resolve("data-unfinished");
    }

    Path path() {
        return data;
    }

    boolean exists() {
        return Files.exists(data.resolve("PG_VERSION")) && !Files.exists(unfinished);
    }

    /** Returns the major version of PostgreSQL that created the data; empty if there is none. */
    Optional<String> version() throws IOException {
        try {
            return Optional.of(Files.readString(data.resolve("PG_VERSION")).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns the port of the server that runs on the data, or that was running when it was killed. */
    Optional<String> port() {
        return postmasterLine(PORT_LINE);
    }

    /**
     * Deletes the remains of a first start that was killed, and marks a first start as begun. Files of unknown origin
     * are left for initdb, which refuses a directory that is not empty.
     */
    void prepare() throws IOException {
        if (Files.exists(unfinished)) {
            awaitEnd("initdb");
            FileUtils.deleteDirectory(data.toFile());
        }
        if (!Files.exists(data) || PathUtils.isEmptyDirectory(data)) {
            Files.writeString(unfinished, "");
        }
    }

    /** Marks the first start as complete. */
    void finish() throws IOException {
        Files.deleteIfExists(unfinished);
    }

    /**
     * Stops the server that a killed process left running on the data, or starting, and waits for its end, so that open
     * transactions are rolled back and committed data is written to the tables' files.
     */
    void stopOrphan() throws IOException {
        // A server that was just started has not recorded its process yet.
        awaitEnd("pg_ctl", "unshare");
        Optional<ProcessHandle> recorded = recordedProcess();
        if (recorded.isEmpty()) {
            return;
        }
        if (!isServer(recorded.get())) {
            // Another program or server, or a dead process that was not reaped, has this id: PostgreSQL would not
            // start.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            return;
        }
        // SIGINT is PostgreSQL's fast shutdown; ProcessHandle.destroy() would wait for every client to disconnect.
        Process kill = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -INT " + recorded.get().pid())
                .redirectErrorStream(true)
                .start();
        kill.getInputStream().transferTo(OutputStream.nullOutputStream());
        awaitStop(recorded.get());
    }

    /** Finds the server that runs on the data. */
    Optional<ProcessHandle> server() {
        return recordedProcess().filter(this::isServer);
    }

    /** Waits until this server has ended. */
    void awaitStop(ProcessHandle server) {
        await("PostgreSQL (process " + server.pid() + ") on " + data, () -> !isServer(server));
    }

    /** While a password is set PostgreSQL runs in single-user mode and records its process id as a negative number. */
    private Optional<ProcessHandle> recordedProcess() {
        return postmasterLine(PID_LINE).map(Long::parseLong).map(Math::abs).flatMap(ProcessHandle::of);
    }

    private Optional<String> postmasterLine(int line) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
            return lines.size() > line && lines.get(line).strip().matches("-?\\d{1,9}")
                    ? Optional.of(lines.get(line).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the process with the server's id is the server of this data: a copied directory, or one whose server was
     * killed, may name a process that is another server by now. A dead process that was not reaped has no command.
     */
    private boolean isServer(ProcessHandle process) {
        return program(process)
                .map(name -> name.equals("postgres") && isWorkingHere(process))
                .orElseGet(() -> process.isAlive()
                        && (process.info().arguments().isEmpty() || isOnData(process))
                        && port().map(Integer::valueOf)
                                .filter(EmbeddedAddress::isListening)
                                .isPresent());
    }

    /** A server's working directory is its data, even if that was moved since; not every system tells it. */
    private boolean isWorkingHere(ProcessHandle process) {
        try {
            return Files.isSameFile(Path.of("/proc", String.valueOf(process.pid()), "cwd"), data);
        } catch (IOException e) {
            return isOnData(process);
        }
    }

    /** Waits until none of these programs works on the data. */
    private void awaitEnd(String... programs) {
        Set<String> names = Set.of(programs);
        await(programs[0] + " on " + data, () -> ProcessHandle.allProcesses()
                .noneMatch(process -> program(process).filter(names::contains).isPresent() && isOnData(process)));
    }

    private boolean isOnData(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(data.toString()))
                .orElse(false);
    }

    private static Optional<String> program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()));
    }

    /** A signal interrupts the start of the program; what was started must be stopped all the same. */
    private static void await(String what, BooleanSupplier gone) {
        if (!Polling.uninterruptedly(gone, MAX_WAIT)) {
            throw new EmbeddedDatabaseException(
                    what + " did not end within " + MAX_WAIT.toSeconds() + " s; end it, then start again.");
        }
    }
}
