package dev.crowdlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.cli.CrowdlabProgram;
import dev.crowdlab.trial.EmbeddedTrial;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program under test, working on a test database: in this process, or as a second one. */
public final class Program {

    static {
        TestDatabase.hideChoice();
    }

    private static final long MAX_SECONDS = 120;

    private final List<String> settings = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private String heap = "512m";
    private String umask = "";

    private Program() {}

    /** The program with the database configured. */
    public static Program on(TestDatabase database) {
        return on(database, database.user(), database.password());
    }

    /** The program with the database configured, as this user. */
    public static Program on(TestDatabase database, String user, String password) {
        return new Program()
                .with("spring.datasource.url", database.url())
                .with("spring.datasource.username", user)
                .with("spring.datasource.password", password);
    }

    /** The program with no database configured. */
    public static Program withoutDatabase() {
        return new Program();
    }

    /** One more setting, or another value of it. */
    public Program with(String name, String value) {
        settings.removeIf(setting -> setting.startsWith("--" + name + "="));
        settings.add("--" + name + "=" + value);
        return this;
    }

    /** One more variable in the environment of processes that are started. */
    public Program withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Another heap (-Xmx) for processes that are started. */
    public Program withHeap(String most) {
        heap = most;
        return this;
    }

    /** What new files of processes that are started are not to grant, as of the shell's umask: 077, say. */
    public Program withUmask(String mask) {
        umask = mask;
        return this;
    }

    /** What a call gave. */
    public record Result(int exitCode, String out, String err) {}

    /** Calls the program in this process. */
    public Result call(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CrowdlabProgram.call(
                Optional.of(new EmbeddedTrial()),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments(words));
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Calls the program in this process, which is to end with this code, and gives all that it printed. */
    public String call(int exitCode, String... words) {
        Result result = call(words);
        assertThat(result.exitCode())
                .as(String.join(" ", words) + ": " + result.out() + result.err())
                .isEqualTo(exitCode);
        return result.out() + result.err();
    }

    /** Makes what processes are started from, by a run on a database of the test's server: that makes the program's roles there. */
    public static void prepareProcesses() {
        ArchivedProgram.instance();
    }

    /** Starts the program as a process of its own, in the given working directory; its output goes to out.txt there. */
    public Process start(Path directory, String... words) throws IOException {
        return builder(directory, words).start();
    }

    /** The same, with a file as its standard input. */
    public Process start(Path directory, Path input, String... words) throws IOException {
        return builder(directory, words).redirectInput(input.toFile()).start();
    }

    private ProcessBuilder builder(Path directory, String... words) {
        List<String> command = new ArrayList<>();
        if (!umask.isEmpty()) {
            command.addAll(List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh"));
        }
        command.addAll(ArchivedProgram.instance().command("-Xmx" + heap));
        command.addAll(List.of(arguments(words)));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.txt").toFile());
        process.environment().putAll(environment);
        return process;
    }

    /** Calls the program as a process of its own and waits for it. */
    public Result callInNewProcess(Path directory, String... words) throws IOException, InterruptedException {
        Process process = start(directory, words);
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the program did not end within " + MAX_SECONDS + " s");
        }
        return new Result(process.exitValue(), Files.readString(directory.resolve("out.txt")), "");
    }

    /**
     * Calls the program as a process of its own on a terminal of 80 columns, which the tool {@code script} of util-linux makes.
     * Its standard error goes to a file.
     */
    public Result callOnTerminal(Path directory, String... words) throws IOException, InterruptedException {
        ProcessBuilder process = builder(directory, words);
        String command = process.command().stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "stty cols 80; exec ", " 2>err.txt"));
        Process terminal =
                process.command("script", "-qec", command, "/dev/null").start();
        terminal.getOutputStream().close();
        if (!terminal.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            terminal.destroyForcibly();
            throw new IllegalStateException("the program did not end within " + MAX_SECONDS + " s");
        }
        return new Result(
                terminal.exitValue(),
                Files.readString(directory.resolve("out.txt")),
                Files.readString(directory.resolve("err.txt")));
    }

    /** The words of a call, with the settings. */
    String[] arguments(String... words) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }
}
