package dev.crowdlab.cli;

import dev.crowdlab.cli.Application.DatabaseChoice;
import dev.crowdlab.cli.Trial.LoadedSample;
import dev.crowdlab.cli.Trial.OwnDatabase;
import dev.crowdlab.job.RunRequest;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.Settings;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. Without a command it starts the newcomer's tour. */
@Command(
        name = "crowdlab-etl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Reads who labeled what, and what a classifier predicted, from PostgreSQL; publishes consensus labels,"
                    + " the quality of every annotation and statistics of every annotator as tables.",
            "",
            "Without a command: runs every dataset, as the command run does.",
            ""
        },
        footer = {
            "",
            "Settings come from ./application.yml, ./config/application.yml, the environment, or flags such as",
            "  --spring.datasource.url=jdbc:postgresql://host/database",
            "  --spring.datasource.username=me",
            "",
            "Exit codes: 0 done or nothing new, 1 a dataset failed, 2 usage, settings or pending migrations, 3 a check refused"
                    + " publication or verify found a difference, 4 in use by someone else, 5 database unreachable,"
                    + " 143 stopped by a signal."
        },
        subcommands = {
            RunCommand.class,
            ValidateCommand.class,
            DatasetsCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            LoadCommand.class,
            PublishCommand.class,
            UnpublishCommand.class,
            ForgetCommand.class,
            PurgeCommand.class,
            MigrateCommand.class,
            InitCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        })
public final class CrowdlabCommand implements Callable<Integer> {

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

    CrowdlabCommand(List<String> settings, Shutdown shutdown, Optional<Trial> trial) {
        this.settings = new ArrayList<>(settings);
        this.shutdown = shutdown;
        this.trial = trial;
    }

    @Override
    public Integer call() throws Exception {
        try (Application application = start(DatabaseChoice.OWN)) {
            application.bean(Migration.class).requireCurrentOrMigrate();
            boolean isConfigured = !application.bean(Settings.class).datasets().isEmpty();
            RunInvocation runs = new RunInvocation(this, application);
            int exitCode = ExitCode.OK;
            if (trial.isPresent() && application.own().isPresent() && !isConfigured) {
                exitCode = runSampleNights(trial.get(), runs, application.bean(DataSource.class));
            }
            if (exitCode == ExitCode.OK) {
                exitCode = runs.run(Set.of(), RunRequest.NIGHTLY).exitCode();
            }
            if (application.own().isPresent()) {
                showTrial(application, application.own().get());
            }
            return exitCode;
        }
    }

    /** Loads the sample where there are no annotations, and gives it its history. */
    private int runSampleNights(Trial own, RunInvocation runs, DataSource database)
            throws SQLException, InterruptedException {
        Optional<LoadedSample> sample = own.loadSample(database);
        if (sample.isEmpty()) {
            return ExitCode.OK;
        }
        out().println(sample.get().sentence());
        return runs.runPast(sample.get().past());
    }

    private void showTrial(Application application, OwnDatabase own) {
        new ReportFiles(application.bean(DataSource.class))
                .writeAll(own.directory())
                .forEach(out()::println);
        own.hints().forEach(out()::println);
    }

    /** Starts the application on the configured database, or on the one chosen here. */
    public Application start(DatabaseChoice choice) {
        return start(choice, settings -> {});
    }

    /** The same, and hands on the settings once they are read and found valid, before any database is looked up. */
    Application start(DatabaseChoice choice, Consumer<Settings> whenRead) {
        return Application.start(choice, flags(), shutdown, trial, whenRead);
    }

    /** Starts the application despite invalid settings, which are passed to the consumer. */
    Application startCollectingProblems(DatabaseChoice choice, Consumer<String> problems) {
        return Application.startCollectingProblems(choice, flags(), shutdown, trial, problems);
    }

    /** The settings as they are, right or wrong. */
    ConfigurableEnvironment environment() {
        return Application.environment(flags());
    }

    /** Sets what the command line does not have. */
    void set(String setting, String value) {
        settings.add("--" + setting + "=" + value);
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

    PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("used before the command line was parsed");
        }
        return spec.commandLine();
    }

    /** Prints an exception as one sentence and returns its exit code. */
    int explain(Exception e, CommandLine command, ParseResult result) {
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
