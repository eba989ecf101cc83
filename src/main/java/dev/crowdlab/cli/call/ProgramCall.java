package dev.crowdlab.cli.call;

import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.terminal.ErrorReport;
import dev.crowdlab.cli.terminal.LogEvents;
import dev.crowdlab.cli.terminal.LogOutput;
import dev.crowdlab.cli.terminal.StackTrace;
import dev.crowdlab.settings.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * What every command takes from the call that it is part of: the settings on the command line, the writers, the end by
 * a signal.
 */
public abstract class ProgramCall {

    private final List<String> settings;
    private final Shutdown shutdown;
    private final Optional<Trial> trial;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the log of the libraries, and the stack trace of an error.")
    private boolean verbose;

    public ProgramCall(List<String> settings, Shutdown shutdown, Optional<Trial> trial) {
        this.settings = new ArrayList<>(settings);
        this.shutdown = shutdown;
        this.trial = trial;
    }

    /** Starts the application on the configured database, or on the one chosen here. */
    public Application start(DatabaseChoice choice) {
        return start(choice, settings -> {});
    }

    /** The same, and hands on the settings once they are read and found valid, before any database is looked up. */
    public Application start(DatabaseChoice choice, Consumer<Settings> whenRead) {
        return Application.start(choice, flags(), shutdown, trial, whenRead);
    }

    /** Starts the application despite invalid settings, which are passed to the consumer. */
    public Application startCollectingProblems(DatabaseChoice choice, Consumer<String> problems) {
        return Application.startCollectingProblems(choice, flags(), shutdown, trial, problems);
    }

    /** The settings as they are, right or wrong. */
    public ConfigurableEnvironment environment() {
        return Application.environment(flags());
    }

    /** Sets what the command line does not have, to exactly this value. */
    public void set(String setting, String value) {
        settings.add("--" + setting + "=" + value.replace("${", "\\${"));
    }

    private List<String> flags() {
        List<String> flags = new ArrayList<>(settings);
        if (verbose) {
            flags.add(0, "--logging.level.root=info");
        }
        return flags;
    }

    /** The handling of signals. */
    public Shutdown shutdown() {
        return shutdown;
    }

    public PrintWriter out() {
        return commandLine().getOut();
    }

    public PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("used before the command line was parsed");
        }
        return spec.commandLine();
    }

    /** Prints an exception as one sentence and returns its exit code. */
    public int explain(Exception e, CommandLine command, ParseResult result) {
        ErrorReport explanation = ErrorReport.of(e);
        if (LogOutput.isStructured()) {
            explanation.sentences().forEach(sentence -> LogEvents.failure(sentence, verbose ? e : null));
            return explanation.exitCode();
        }
        explanation.sentences().forEach(err()::println);
        if (verbose) {
            err().print(StackTrace.of(e));
        }
        err().flush();
        return explanation.exitCode();
    }
}
