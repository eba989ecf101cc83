package dev.crowdlab.cli;

import dev.crowdlab.cli.call.ErrorWriter;
import dev.crowdlab.cli.call.Shutdown;
import dev.crowdlab.cli.call.Trial;
import dev.crowdlab.cli.call.UsageErrors;
import dev.crowdlab.cli.command.CrowdlabCommand;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.VisibleWriter;
import dev.crowdlab.cli.terminal.WatchedOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** One call of the program, from its arguments to its exit code. */
public final class CrowdlabProgram {

    /** Flags that are settings, which are passed on to Spring Boot. */
    private static final Pattern SETTING = Pattern.compile("--(spring|crowdlab|logging|debug)\\..*=.*", Pattern.DOTALL);

    private CrowdlabProgram() {}

    /**
     * Runs a command on the standard output and error streams.
     *
     * @param trial the trial's parts; empty: this is the program for nightly use
     * @return the exit code
     */
    public static int call(Optional<Trial> trial, String... arguments) {
        return call(
                trial,
                new FileOutputStream(FileDescriptor.out),
                writer(new FileOutputStream(FileDescriptor.err)),
                arguments);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /** Runs a command on another output, which is not to lose anything without a word. */
    static int call(Optional<Trial> trial, OutputStream out, PrintWriter err, String... arguments) {
        WatchedOutput watched = new WatchedOutput(out);
        PrintWriter writer = writer(watched);
        int exitCode = call(trial, writer, err, arguments);
        writer.flush();
        if (exitCode != ExitCode.OK || watched.loss().isEmpty()) {
            return exitCode;
        }
        new ErrorWriter(err)
                .println("Standard output cannot be written: " + watched.loss().get());
        return ExitCode.FAILED;
    }

    /** Runs a command on other writers. */
    public static int call(Optional<Trial> trial, PrintWriter out, PrintWriter err, String... arguments) {
        List<String> settings = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String argument : arguments) {
            (SETTING.matcher(argument).matches() ? settings : words).add(argument);
        }
        Shutdown shutdown = new Shutdown();
        CrowdlabCommand command = new CrowdlabCommand(settings, shutdown, trial);
        CommandLine line = new CommandLine(command);
        trial.ifPresent(own -> {
            own.commands().forEach(line::addSubcommand);
            line.getCommandSpec().usageMessage().description(own.description().toArray(String[]::new));
        });
        line.setOut(new VisibleWriter(out)) // applies to the subcommands, too, since it is called after they were added
                .setErr(new ErrorWriter(err))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(command::explain);
        int exitCode;
        try {
            exitCode = line.execute(words.toArray(String[]::new));
        } finally {
            shutdown.finished();
        }
        return shutdown.hasBegun() ? ExitCode.SIGNALED : exitCode;
    }
}
