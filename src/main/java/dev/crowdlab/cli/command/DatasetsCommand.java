package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.command.DatasetListDocument.Entry;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.run.RunHistory;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code datasets}: lists the datasets that are configured, found or published. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the datasets that are configured, found in the built-in tables or still published, and what is published"
                    + " of each.",
            ""
        })
final class DatasetsCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            RunPlanner planner = application.bean(RunPlanner.class);
            Map<String, RunHistory.Line> published = new TreeMap<>();
            new RunHistory(application.bean(DataSource.class))
                    .published()
                    .forEach(run -> published.put(run.dataset(), run));
            Map<String, String> inputs = new TreeMap<>();
            planner.abandoned().forEach(run -> inputs.put(run.dataset(), "no longer found"));
            planner.datasets().forEach((name, dataset) -> inputs.put(name, source(dataset)));
            if (output.isJson()) {
                new JsonDocument(new DatasetListDocument(inputs.entrySet().stream()
                                .map(input -> Entry.of(input.getKey(), input.getValue(), published.get(input.getKey())))
                                .toList()))
                        .print(command.out());
            } else {
                table(inputs, published).lines().forEach(command.out()::println);
            }
            return ExitCode.OK;
        }
    }

    private static String source(DatasetSettings dataset) {
        if (dataset.tables() != null) {
            return "tables, by Spark";
        }
        return dataset.isBuiltIn() ? "built-in tables" : "queries";
    }

    private static TextTable table(Map<String, String> inputs, Map<String, RunHistory.Line> published) {
        TextTable table = new TextTable("dataset", "input", ">published run", "as of", ">examples");
        inputs.forEach((name, input) -> {
            RunHistory.Line run = published.get(name);
            table.add(
                    name,
                    input,
                    run == null ? "-" : String.valueOf(run.runId()),
                    run == null ? "-" : run.asOf().toString(),
                    run == null ? "-" : RunsCommand.count(run.exampleCount()));
        });
        return table;
    }
}
