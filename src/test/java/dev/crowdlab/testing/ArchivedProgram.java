package dev.crowdlab.testing;

import dev.crowdlab.trial.TrialMain;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the program is started as a process of its own: from jars alone, so that the JVM can take its classes from an archive, which
 * halves the time of a start. Jar and archive are made by the first JVM that asks after a change of the program, in
 * {@code target/program}; others wait for it.
 *
 * @param classPath without the tests' own classes, whose logging settings must not be seen
 * @param archive of a run's classes
 */
record ArchivedProgram(String classPath, Path archive) {

    private static final Path DIRECTORY = Path.of("target", "program").toAbsolutePath();
    private static final long MAX_SECONDS = 120;

    private static @Nullable ArchivedProgram instance;

    static synchronized ArchivedProgram instance() {
        if (instance == null) {
            try {
                instance = find();
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return instance;
    }

    /** The command that starts the program, as far as its own arguments. */
    List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:SharedArchiveFile=" + archive));
        command.addAll(List.of("-cp", classPath, TrialMain.class.getName()));
        return command;
    }

    private static ArchivedProgram find() throws IOException, InterruptedException, SQLException {
        List<String> entries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .toList();
        Files.createDirectories(DIRECTORY);
        try (FileChannel channel =
                FileChannel.open(DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return find(entries);
        }
    }

    private static ArchivedProgram find(List<String> entries) throws IOException, InterruptedException, SQLException {
        List<Path> directories =
                entries.stream().map(Path::of).filter(Files::isDirectory).toList();
        String version =
                Integer.toHexString(List.of(entries, state(directories)).hashCode());
        Path jar = DIRECTORY.resolve("program-" + version + ".jar");
        String jars = Stream.concat(
                        Stream.of(jar.toString()),
                        entries.stream()
                                .filter(entry -> !Files.isDirectory(Path.of(entry)))
                                .map(entry -> Path.of(entry).toAbsolutePath().toString()))
                .collect(Collectors.joining(File.pathSeparator));
        ArchivedProgram program = new ArchivedProgram(jars, DIRECTORY.resolve("classes-" + version + ".jsa"));
        if (!Files.exists(program.archive)) {
            removeFormer();
            writeJar(jar, directories);
            program.writeArchive();
        }
        return program;
    }

    /** Name, size and time of each file. */
    private static List<String> state(List<Path> directories) throws IOException {
        List<String> state = new ArrayList<>();
        for (Path directory : directories) {
            for (Path file : files(directory)) {
                state.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return state;
    }

    private static List<Path> files(Path directory) throws IOException {
        return paths(directory).stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> paths(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.sorted().toList();
        }
    }

    private static void removeFormer() throws IOException {
        for (Path file : files(DIRECTORY)) {
            if (!file.endsWith("lock")) {
                Files.delete(file);
            }
        }
    }

    private static void writeJar(Path jar, List<Path> directories) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (Path directory : directories) {
                for (Path path : paths(directory)) {
                    addTo(entries, path, directory.relativize(path).toString().replace(File.separatorChar, '/'));
                }
            }
        }
    }

    /** Directories, too: the program looks for its classes in them. */
    private static void addTo(JarOutputStream jar, Path path, String name) throws IOException {
        if (Files.isRegularFile(path)) {
            jar.putNextEntry(new JarEntry(name));
            Files.copy(path, jar);
        } else if (!name.isEmpty()) {
            jar.putNextEntry(new JarEntry(name + "/"));
        }
    }

    /** The classes that a run used are archived when it ends. */
    private void writeArchive() throws IOException, InterruptedException, SQLException {
        Path made = DIRECTORY.resolve("unfinished.jsa");
        Path output = DIRECTORY.resolve("out.txt");
        try (Warehouse warehouse = Warehouse.with("colors")) {
            List<String> command = command("-XX:ArchiveClassesAtExit=" + made);
            command.remove("-XX:SharedArchiveFile=" + archive);
            command.addAll(List.of(warehouse.program().arguments("run")));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(Files.readString(output));
            }
        }
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
