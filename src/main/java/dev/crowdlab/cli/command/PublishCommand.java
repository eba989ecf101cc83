package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.job.PublicationChange;
import dev.crowdlab.job.PublicationChange.Change;
import dev.crowdlab.schema.Migration;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code publish}: makes an earlier run current again. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an earlier published run that still has its tables the current one of its dataset: the dashboards then show"
                    + " it instead of the present run. The command runs lists the runs.",
            "",
            "The next run of the dataset replaces it with a new result. Stop scheduling the dataset, or correct its input"
                    + " or settings, for as long as the older result is to stay.",
            ""
        })
final class PublishCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--run", paramLabel = "N", required = true, description = "The number of the run.")
    private long runId;

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            Change change = application.bean(PublicationChange.class).publish(runId);
            String dataset = "dataset '" + change.dataset() + "'";
            if (change.before().equals(Optional.of(runId))) {
                command.out().println("Run " + runId + " is the current run of " + dataset + "; nothing was changed.");
                return ExitCode.OK;
            }
            command.out()
                    .println("Run " + runId + " is now the current run of " + dataset
                            + change.before()
                                    .map(before -> "; before it was run " + before + ".")
                                    .orElse("; before there was none."));
            command.out()
                    .println("The next run of " + dataset
                            + " replaces this result with a new one: until its input is as it"
                            + " should be, leave the dataset out of the schedule.");
            return ExitCode.OK;
        }
    }
}
