package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.Plural;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code migrate}: updates the schema. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {"Creates or updates the schemas crowdlab and crowdlab_bi; a second call changes nothing.", ""})
final class MigrateCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            int applied = application.bean(Migration.class).migrate();
            command.out()
                    .println(
                            applied == 0
                                    ? "The schema is up to date; no migration was pending."
                                    : "Applied " + Plural.of(applied, "migration", "migrations")
                                            + "; the schema is up to date.");
            return ExitCode.OK;
        }
    }
}
