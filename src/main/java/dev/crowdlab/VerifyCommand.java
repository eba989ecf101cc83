package dev.crowdlab;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.Application.DatabaseChoice;
import dev.crowdlab.audit.Difference;
import dev.crowdlab.database.Migration;
import dev.crowdlab.publish.Verification;
import dev.crowdlab.publish.Verification.Report;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code verify}: whether what runs recorded is still what they recorded. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Computes the audit chain and the digests of all kept tables again, and names every dataset, run and table that"
                    + " differs. Only reads; SELECT on schema crowdlab is enough. Ends with 3 if anything differs.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CrowdlabCommand parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Only the runs of this dataset. Default: all.")
    private @Nullable String dataset;

    @Override
    public Integer call() throws SQLException {
        CrowdlabCommand command = requireNonNull(parent);
        try (Application application = command.start(DatabaseChoice.EMBEDDED_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            Report report = new Verification(application.bean(DataSource.class)).verify(Optional.ofNullable(dataset));
            if (dataset != null && report.datasets().isEmpty()) {
                throw new UsageException("There is no run of a dataset '" + dataset
                        + "', so there is nothing to verify; the command runs lists what there is");
            }
            report.differences().stream().map(Difference::sentence).forEach(command.out()::println);
            new VerifySummary(report).lines().forEach(command.out()::println);
            return report.differences().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
        }
    }
}
