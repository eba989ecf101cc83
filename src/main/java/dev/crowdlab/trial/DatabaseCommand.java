package dev.crowdlab.trial;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.call.Trial.OwnDatabase;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.UsageException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code database}: keeps the embedded database running so that it can be inspected. */
@Command(
        name = "database",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the embedded PostgreSQL of ./.crowdlab and keeps it running until Ctrl-C, so that psql or a dashboard can"
                    + " connect to it. Its port is crowdlab.embedded.port.",
            ""
        })
final class DatabaseCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Override
    public Integer call() throws Exception {
        ProgramCall command = requireNonNull(parent);
        CountDownLatch signaled = new CountDownLatch(1);
        command.shutdown().onSignal(signaled::countDown);
        try (Application application = command.start(DatabaseChoice.OWN)) {
            OwnDatabase own = application
                    .own()
                    .orElseThrow(() -> new UsageException(
                            "spring.datasource.url is set, so there is no embedded database to start; connect"
                                    + " to that one, or remove the setting"));
            application.bean(Migration.class).migrate();
            command.out().println("The embedded PostgreSQL is running. In another terminal:");
            command.out().println("  " + own.psqlCommand());
            command.out().println("Ctrl-C stops it.");
            command.out().flush();
            signaled.await();
            return ExitCode.OK;
        }
    }
}
