package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.job.Purge;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.RetentionSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.section.DurationText;
import dev.crowdlab.text.UsageException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code purge}: applies retention now. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Removes immediately what each run removes at its end: the large tables of old runs; if crowdlab.retention.history is set,"
                    + " also the rows of older runs in label_change and annotator_stats; and Spring Batch's metadata of"
                    + " runs that ended longer than crowdlab.retention.batch-metadata ago.",
            "",
            "A published run loses its tables when it exceeds --keep-runs or is older than --older-than, if that is given; a"
                    + " refused run loses them unless it is the newest. The current run keeps them, and so does one that was current less"
                    + " than crowdlab.retention.grace ago. Tables in use stay until the next time.",
            ""
        })
final class PurgeCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(
            names = "--keep-runs",
            paramLabel = "N",
            description = "How many published runs of a dataset keep their tables. Default: crowdlab.retention.runs.")
    private @Nullable Integer keepRuns;

    @Option(
            names = "--older-than",
            paramLabel = "P30D",
            description =
                    "Also remove those of published runs that were closed longer ago than this, such as P30D, 30d or"
                            + " 12h. Default: crowdlab.retention.max-age, if it is set.")
    private @Nullable String olderThan;

    @Option(
            names = "--dataset",
            paramLabel = "D",
            description = "Only this dataset; may be repeated. Default: all that have a run.")
    private Set<String> datasets = new LinkedHashSet<>();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        Optional<Duration> age = Optional.ofNullable(olderThan).map(PurgeCommand::age);
        if (keepRuns != null && (keepRuns < 1 || keepRuns > RetentionSettings.MAX_RUNS)) {
            throw new UsageException(
                    "--keep-runs is " + keepRuns + "; give a number from 1 to " + RetentionSettings.MAX_RUNS);
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            RetentionSettings standard = application.bean(Settings.class).retention();
            RetentionSettings wanted = new RetentionSettings(
                    keepRuns == null ? standard.runs() : keepRuns,
                    age.or(standard::maxAge),
                    standard.grace(),
                    standard.batchMetadata(),
                    standard.rejectedRows(),
                    standard.history());
            PurgeSummary summary =
                    new PurgeSummary(application.bean(Purge.class).run(datasets, wanted), !datasets.isEmpty());
            summary.lines().forEach(command.out()::println);
            return summary.exitCode();
        }
    }

    private static Duration age(String text) {
        return DurationText.parse(text)
                .orElseThrow(() ->
                        new UsageException("--older-than is '" + text + "'; give a duration such as P30D, 30d or 12h"));
    }
}
