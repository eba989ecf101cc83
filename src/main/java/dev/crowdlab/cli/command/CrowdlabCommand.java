package dev.crowdlab.cli.command;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.call.Shutdown;
import dev.crowdlab.cli.call.Trial;
import dev.crowdlab.cli.call.Trial.LoadedSample;
import dev.crowdlab.cli.call.Trial.OwnDatabase;
import dev.crowdlab.cli.call.Version;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.job.RunRequest;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.Settings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;

/** The program. Without a command it starts the tour for new users. */
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
            SampleCommand.class,
            VerifyCommand.class,
            LoadCommand.class,
            PublishCommand.class,
            UnpublishCommand.class,
            ForgetCommand.class,
            DropCommand.class,
            PurgeCommand.class,
            MigrateCommand.class,
            InitCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        })
public final class CrowdlabCommand extends ProgramCall implements Callable<Integer> {

    private final Optional<Trial> trial;

    public CrowdlabCommand(List<String> settings, Shutdown shutdown, Optional<Trial> trial) {
        super(settings, shutdown, trial);
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
        new ReportFiles(application).writeAll(own.directory(), err()::println).forEach(out()::println);
        own.hints().forEach(out()::println);
    }
}
