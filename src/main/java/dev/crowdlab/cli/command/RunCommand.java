package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.call.Telemetry;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.SummaryDocument;
import dev.crowdlab.cli.terminal.SummaryFile;
import dev.crowdlab.job.RunRequest;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.UsageException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code run}: what is scheduled every night. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the datasets and publishes their results. A dataset whose input, settings and results version are the same as"
                    + " for its published run is skipped. Applies pending migrations first if the user is allowed to.",
            ""
        })
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Run this dataset; may be repeated. Default: all.")
    private Set<String> datasets = new LinkedHashSet<>();

    @Option(
            names = "--as-of",
            paramLabel = "T",
            description = "The moment to describe, such as 2026-03-01 or 2026-03-01T06:00:00Z; queries see it as"
                    + " current_setting('crowdlab.as_of'). Always runs. Default: now.")
    private @Nullable String asOf;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many datasets to run at a time, if they fit into memory. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(names = "--force", description = "Run unchanged datasets too.")
    private boolean force;

    @Option(names = "--dry-run", description = "Read and compute, but write nothing, neither results nor history.")
    private boolean dryRun;

    @Option(names = "--replace-newer", description = "Publish even if the published run describes a later moment.")
    private boolean replaceNewer;

    @Option(
            names = "--allow-future",
            description =
                    "Accept an --as-of that is ahead of the database server's clock. Until that moment, plain runs are recorded in"
                            + " the history only.")
    private boolean allowFuture;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Writes how each dataset ended to FILE, as JSON, whatever the outcome.")
    private @Nullable Path summary;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Afterwards writes the page over all datasets and their reports into DIR, as report --all --out DIR"
                            + " does. If that fails, the results stay, and the call ends with 1 instead of 0.")
    private @Nullable Path report;

    @Option(
            names = "--warnings-exit",
            paramLabel = "N",
            description = "Ends with N, from 6 to 125, instead of 0 if there was a warning, so that a scheduler tells"
                    + " somebody. Default: 0.")
    private int warningsExit;

    @Override
    public Integer call() throws Exception {
        ProgramCall command = requireNonNull(parent);
        return summary == null
                ? runAndTell(command).exitCode()
                : new SummaryFile(summary, command.err()).writeAfter(() -> runAndTell(command));
    }

    /** A dry run sends no telemetry. */
    private SummaryDocument runAndTell(ProgramCall command) throws Exception {
        Telemetry telemetry = new Telemetry(command.err(), InstantSource.system());
        return dryRun ? run(command, telemetry) : telemetry.tellAfter(() -> run(command, telemetry));
    }

    private SummaryDocument run(ProgramCall command, Telemetry telemetry) throws Exception {
        if (parallel < 1) {
            throw new UsageException("--parallel is " + parallel + "; give at least 1");
        }
        if (warningsExit != ExitCode.OK && !ExitCode.isFree(warningsExit)) {
            throw new UsageException("--warnings-exit is " + warningsExit
                    + "; give a code from 6 to 125, which no other" + " outcome ends with, or 0");
        }
        @Nullable ReportFolder folder = report == null ? null : folder(report);
        Optional<Instant> moment = Optional.ofNullable(asOf).map(RunCommand::instant);
        RunRequest request = new RunRequest(moment, force, dryRun, replaceNewer, parallel);
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS, telemetry::settingsRead)) {
            if (moment.isPresent() && !allowFuture) {
                requireNotAhead(moment.get(), application.bean(RunPlanner.class).now());
            }
            Migration migration = application.bean(Migration.class);
            if (dryRun) {
                migration.requireCurrent();
            } else {
                migration.requireCurrentOrMigrate();
            }
            SummaryDocument document = new RunInvocation(command, application, telemetry::observed)
                    .run(datasets, request)
                    .orIfWarned(warningsExit);
            telemetry.runsEnded(application.bean(DataSource.class));
            boolean isComplete =
                    folder == null || new OverviewFiles(application, command.err()::println).isWritten(folder, command);
            return isComplete ? document : document.orFailed();
        }
    }

    /** Fails before any work if it cannot be written. */
    private ReportFolder folder(Path path) {
        if (dryRun) {
            throw new UsageException("--dry-run writes nothing, so there is nothing new to report; leave out --report");
        }
        ReportFolder folder = new ReportFolder(path);
        folder.requireWritable();
        return folder;
    }

    private static void requireNotAhead(Instant moment, Instant now) {
        if (RunChecks.isAhead(moment, now)) {
            throw new UsageException("--as-of is " + moment + ", which is ahead of the database server's clock, " + now
                    + ": until then the dashboards would show that run and none after it; give a moment that has come, or"
                    + " --allow-future as well");
        }
    }

    /** Parses a date or a time without zone, both in UTC, or a time with an offset. */
    static Instant instant(String text) {
        try {
            String iso = text.strip().replace(' ', 'T').replaceFirst("(T.*[+-]\\d\\d)(\\d\\d)$", "$1:$2");
            if (iso.length() == "2026-03-01".length()) {
                return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return iso.matches(".*(Z|[+-]\\d\\d(:\\d\\d)?)$") && iso.indexOf('T') > 0
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "--as-of is '" + text + "'; give a moment such as 2026-03-01 or 2026-03-01T06:00:00Z");
        }
    }
}
