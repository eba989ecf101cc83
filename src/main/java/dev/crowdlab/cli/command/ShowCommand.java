package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.run.RunDetailsReader;
import dev.crowdlab.run.RunFields;
import dev.crowdlab.run.RunFields.Field;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.UsageException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code show}: shows one run in full. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows one run in full: who started it, when, from which queries and settings, its counts, findings, tables with"
                    + " their digests, models, consensus methods side by side, annotators, and rejected rows by reason.",
            ""
        })
final class ShowCommand implements Callable<Integer> {

    /** Replaces tabs, which often indent queries. */
    private static final String TAB = "    ";

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Parameters(paramLabel = "RUN", description = "Number of the run, as the command runs lists it.")
    private long runId;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            DataSource database = application.bean(DataSource.class);
            if (output.isJson()) {
                new JsonDocument(new RunDetailsReader(database).read(runId).orElseThrow(this::unknown))
                        .print(command.out());
            } else {
                print(command.out(), new RunFields(database));
            }
            return ExitCode.OK;
        }
    }

    private UsageException unknown() {
        return new UsageException("There is no run " + runId + "; the command runs lists them");
    }

    private void print(PrintWriter out, RunFields fields) {
        List<Field> run = fields.run(runId);
        if (run.isEmpty()) {
            throw unknown();
        }
        print(out, "run", run);
        print(out, "findings", fields.checks(runId));
        print(out, "tables", fields.tables(runId));
        print(out, "models", fields.models(runId));
        print(out, "consensus methods", fields.consensusMethods(runId));
        print(out, "annotators", fields.annotators(runId));
        print(out, "rejected rows", fields.rejected(runId));
    }

    private static void print(PrintWriter out, String title, List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        out.println(title);
        int width =
                fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        String indent = " ".repeat(width + 4);
        for (Field field : fields) {
            String[] lines = field.value().replace("\t", TAB).split("\\R", -1);
            out.println("  " + field.name() + " ".repeat(width - field.name().length() + 2) + lines[0]);
            Arrays.stream(lines).skip(1).forEach(line -> out.println(indent + line));
        }
    }
}
