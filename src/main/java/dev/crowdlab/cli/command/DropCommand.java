package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.TerminalScreen;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.job.DatasetDrop;
import dev.crowdlab.job.DatasetDrop.Report;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.text.UsageException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code drop}: removes a dataset with its whole history. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Removes a dataset for good, such as one that was only a trial: its results, its runs and their history. Only the"
                    + " owner of the schema may call it, as with migrate. crowdlab.forget_log records who did it, when, and the"
                    + " hashes that went.",
            ""
        })
final class DropCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", required = true, description = "The dataset.")
    private String dataset = "";

    @Option(
            names = "--input",
            description = "Also remove its rows from crowdlab.annotation, crowdlab.prediction and crowdlab.gold.")
    private boolean input;

    @Option(names = "--yes", description = "Do not ask; without a terminal nothing is asked anyway.")
    private boolean yes;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        ProgramCall command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            if (!yes) {
                TerminalScreen.console()
                        .ifPresent(console -> requireName(dataset, question -> console.readLine("%s", question)));
            }
            Report report = application.bean(DatasetDrop.class).drop(dataset, input);
            TextTable table = new TextTable("table", ">rows");
            new TreeMap<>(report.rows())
                    .forEach((name, rows) -> table.add(name, String.format(Locale.ROOT, "%,d", rows)));
            table.lines().forEach(command.out()::println);
            command.out()
                    .println("Dataset '" + dataset
                            + "' is gone, with its partitions; crowdlab.forget_log has the hashes of its runs.");
            if (!report.input().isEmpty()) {
                command.out()
                        .println(
                                "Warning. The next run brings it back, because its rows in the built-in tables remain ("
                                        + new TreeMap<>(report.input())
                                                .entrySet().stream()
                                                        .map(rows -> String.format(
                                                                Locale.ROOT, "%s: %,d", rows.getKey(), rows.getValue()))
                                                        .collect(Collectors.joining(", "))
                                        + "); call drop again with --input to remove them.");
            }
            if (application.bean(Settings.class).datasets().containsKey(dataset)) {
                command.out()
                        .println("Warning. The next run brings it back, because crowdlab.datasets." + dataset
                                + " configures it; remove that section.");
            }
            return ExitCode.OK;
        }
    }

    /**
     * Has the name of the dataset typed again, since nothing can bring it back.
     *
     * @param terminal answers a question; null: there is no answer
     */
    static void requireName(String dataset, Function<String, @Nullable String> terminal) {
        String answer = terminal.apply(
                "This removes dataset '" + dataset + "' with all its runs for good. Type its name to go on: ");
        if (answer == null || !answer.strip().equals(dataset)) {
            throw new UsageException("The answer is not '" + dataset
                    + "', so nothing was removed; type the name of the dataset, or give --yes");
        }
    }
}
