package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.forget.Forgetting.Outcome;
import dev.crowdlab.forget.Subject;
import dev.crowdlab.forget.Subject.Kind;
import dev.crowdlab.job.ForgottenIds;
import dev.crowdlab.job.ForgottenIds.Report;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.Plural;
import dev.crowdlab.text.UsageException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code forget}: replaces an id with a pseudonym. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Replaces the id of an annotator or example with a random pseudonym in every result, message and stored"
                    + " query, and in the built-in input tables. Only the owner of the schema may call it, as with migrate. verify keeps"
                    + " working: crowdlab.forget_log records who did it, when, and the digests that changed.",
            "",
            "You must delete the id yourself from the sources of your own queries. As long as it is there, the next run brings the id"
                    + " back.",
            ""
        })
final class ForgetCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @ArgGroup(multiplicity = "1")
    private Wanted wanted = new Wanted();

    @Option(names = "--dataset", paramLabel = "D", description = "Only in this dataset. Default: in all.")
    private @Nullable String dataset;

    static final class Wanted {

        @Option(names = "--annotator", paramLabel = "A", required = true, description = "The id of an annotator.")
        private @Nullable String annotator;

        @Option(names = "--example", paramLabel = "E", required = true, description = "The id of an example.")
        private @Nullable String example;

        Subject subject() {
            return annotator == null
                    ? new Subject(Kind.EXAMPLE, requireNonNull(example))
                    : new Subject(Kind.ANNOTATOR, annotator);
        }
    }

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        Subject subject = wanted.subject();
        if (subject.id().isEmpty()) {
            throw new UsageException("--" + subject.kind().word() + " is empty; give the id as it is in the tables");
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            Report report = application.bean(ForgottenIds.class).forget(subject, Optional.ofNullable(dataset));
            Outcome outcome = report.outcome()
                    .orElseThrow(() -> new UsageException("There is no "
                            + subject.kind().word() + " '" + subject.id() + "'"
                            + (dataset == null ? " in any dataset" : " in dataset '" + dataset + "'")
                            + "; give the id exactly as it is in the tables"));
            TextTable table = new TextTable("table", ">rows");
            outcome.rows().forEach((name, rows) -> table.add(name, String.format(Locale.ROOT, "%,d", rows)));
            table.lines().forEach(command.out()::println);
            outcome.doubts().forEach(command.out()::println);
            command.out()
                    .println("The " + subject.kind().word() + " is now " + outcome.pseudonym() + ", in "
                            + Plural.of(report.datasets().size(), "dataset", "datasets") + ": "
                            + String.join(", ", report.datasets()) + ".");
            command.out()
                    .println(
                            "You must delete the id yourself from the sources of your queries, your settings, backups and logs;"
                                    + " as long as the sources contain it, the next run brings it back.");
            return ExitCode.OK;
        }
    }
}
