package dev.crowdlab.testing;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.Shutdown;
import dev.crowdlab.cli.command.PurgeSummary;
import dev.crowdlab.job.DatasetRuns;
import dev.crowdlab.job.Progress;
import dev.crowdlab.job.Purge;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.job.RunRequest;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.settings.RetentionSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program on a test database, kept open between its commands: for tests that give many of them. */
public final class OpenProgram implements AutoCloseable {

    private static final RunRequest FORCED = new RunRequest(Optional.empty(), true, false, false, 1);

    private final Application application;

    private OpenProgram(Application application) {
        this.application = application;
    }

    /** Opens the program, with settings such as {@code crowdlab.retention.grace=0s}. */
    public static OpenProgram on(TestDatabase database, String... settings) {
        return on(database.url(), database.user(), database.password(), settings);
    }

    /** The same on another server. */
    public static OpenProgram on(String url, String user, String password, String... settings) {
        List<String> flags = new ArrayList<>(List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=" + password));
        for (String setting : settings) {
            flags.add("--" + setting);
        }
        return new OpenProgram(
                Application.start(DatabaseChoice.OWN_IF_IT_EXISTS, flags, new Shutdown(), Optional.empty()));
    }

    /** Runs every dataset as in a night, and gives how each of them ended. */
    public List<RunOutcome.End> run() throws SQLException, InterruptedException {
        return run(RunRequest.NIGHTLY);
    }

    /** The same, whether anything changed or not. */
    public List<RunOutcome.End> runForced() throws SQLException, InterruptedException {
        return run(FORCED);
    }

    private List<RunOutcome.End> run(RunRequest request) throws SQLException, InterruptedException {
        RunPlanner.Choice choice = application.bean(RunPlanner.class).choose(Set.of());
        return application.bean(DatasetRuns.class).run(choice.datasets(), request, Progress.NONE).stream()
                .map(RunOutcome::end)
                .toList();
    }

    /** What the command purge says. */
    public String purge(RetentionSettings settings, String... datasets) throws SQLException {
        Purge.Report report = application.bean(Purge.class).run(Set.of(datasets), settings);
        return String.join("\n", new PurgeSummary(report, datasets.length > 0).lines()) + "\n";
    }

    @Override
    public void close() {
        application.close();
    }
}
