package dev.crowdlab;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.Application.DatabaseChoice;
import dev.crowdlab.audit.RunHistory;
import dev.crowdlab.database.Migration;
import dev.crowdlab.job.RunPlanner;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code datasets}: what is configured or found. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the datasets that are configured or found in the built-in tables, and what is published.",
            ""
        })
final class DatasetsCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CrowdlabCommand parent;

    @Override
    public Integer call() throws SQLException {
        CrowdlabCommand command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.EMBEDDED_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            Map<String, RunHistory.Line> published = new RunHistory(application.bean(DataSource.class))
                    .published().stream().collect(Collectors.toMap(RunHistory.Line::dataset, Function.identity()));
            TextTable table = new TextTable("dataset", "input", ">published run", "as of", ">examples");
            for (DatasetSettings dataset :
                    application.bean(RunPlanner.class).datasets().values()) {
                RunHistory.Line run = published.get(dataset.name());
                table.add(
                        dataset.name(),
                        dataset.isBuiltIn() ? "built-in tables" : "queries",
                        run == null ? "-" : String.valueOf(run.runId()),
                        run == null ? "-" : run.asOf().toString(),
                        run == null ? "-" : RunsCommand.count(run.exampleCount()));
            }
            table.lines().forEach(command.out()::println);
            return ExitCode.OK;
        }
    }
}
