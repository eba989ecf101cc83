package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.run.RunHistory;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.UsageException;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code runs}: lists past runs. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Lists the runs, newest first.", ""})
final class RunsCommand implements Callable<Integer> {

    private static final int MAX_REASON_LENGTH = 80;

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Only the runs of this dataset.")
    private @Nullable String dataset;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "The maximum number of runs. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        if (limit < 1) {
            throw new UsageException("--limit is " + limit + "; give at least 1");
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            List<RunHistory.Line> runs = runs(application);
            if (output.isJson()) {
                new JsonDocument(RunListDocument.of(runs)).print(command.out());
            } else {
                table(runs).lines().forEach(command.out()::println);
            }
            return ExitCode.OK;
        }
    }

    private static TextTable table(List<RunHistory.Line> runs) {
        TextTable table = new TextTable(
                ">run",
                "dataset",
                "as of",
                "status",
                "started",
                ">seconds",
                ">examples",
                ">annotations",
                ">rejected rows",
                "reason");
        for (RunHistory.Line run : runs) {
            table.add(
                    String.valueOf(run.runId()),
                    run.dataset(),
                    run.asOf().toString(),
                    run.status() + (run.isCurrent() ? " (current)" : run.isHistoryOnly() ? " (history only)" : ""),
                    run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    String.format(Locale.ROOT, "%.1f", run.duration().toMillis() / 1_000.0),
                    count(run.exampleCount()),
                    count(run.annotationCount()),
                    count(run.rejectedCount()),
                    run.reason().map(RunsCommand::inShort).orElse(""));
        }
        return table;
    }

    private List<RunHistory.Line> runs(Application application) {
        List<RunHistory.Line> runs =
                new RunHistory(application.bean(DataSource.class)).newest(Optional.ofNullable(dataset), limit);
        if (dataset != null && runs.isEmpty()) {
            throw new UsageException(
                    "There is no run of a dataset '" + dataset + "'; the command datasets lists all datasets");
        }
        return runs;
    }

    /** Returns the first line, shortened; show prints all of it. */
    private static String inShort(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.length() > MAX_REASON_LENGTH ? line.substring(0, MAX_REASON_LENGTH) + "…" : line;
    }

    static String count(OptionalLong count) {
        return count.isPresent() ? String.format(Locale.ROOT, "%,d", count.getAsLong()) : "-";
    }
}
