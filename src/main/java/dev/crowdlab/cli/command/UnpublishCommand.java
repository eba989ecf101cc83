package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.job.PublicationChange;
import dev.crowdlab.schema.Migration;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code unpublish}: withdraws a dataset from the dashboards. */
@Command(
        name = "unpublish",
        mixinStandardHelpOptions = true,
        description = {
            "Withdraws a dataset from the dashboards, which then show no result for it. Its runs and their history stay; publish"
                    + " makes one of them current again, and so does the next run of the dataset.",
            ""
        })
final class UnpublishCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", required = true, description = "The dataset.")
    private String dataset = "";

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            long before = application.bean(PublicationChange.class).unpublish(dataset);
            command.out()
                    .println("Dataset '" + dataset + "' is no longer published; the dashboards showed its run " + before
                            + ", and publish --run " + before + " brings it back.");
            command.out()
                    .println("The next run of the dataset publishes it again: remove it from crowdlab.datasets, or its"
                            + " rows from crowdlab.annotation and crowdlab.prediction, to keep it out.");
            return ExitCode.OK;
        }
    }
}
