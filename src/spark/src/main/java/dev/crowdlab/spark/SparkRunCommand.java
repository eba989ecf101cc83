package dev.crowdlab.spark;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.input.BuiltInDatasets;
import dev.crowdlab.postgres.Causes;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.text.UserProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: runs one dataset and publishes its results. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs datasets and publishes their results, as the local job does.")
final class SparkRunCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REFUSED = 3;
    private static final int IN_USE = 4;
    private static final int UNREACHABLE = 5;

    /** Of several datasets the first of these that occurred counts. */
    private static final List<Integer> BY_WEIGHT = List.of(FAILED, UNREACHABLE, USAGE, REFUSED, IN_USE);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--dataset", required = true, paramLabel = "D", description = "The dataset; may be repeated.")
    private Set<String> datasets = new LinkedHashSet<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings. Default: config/application.yml, then application.yml.")
    private @Nullable Path config;

    @Option(
            names = "--as-of",
            paramLabel = "T",
            description = "The moment to describe, such as 2026-03-01T06:00:00Z. Always runs. Default: now.")
    private @Nullable String asOf;

    @Option(names = "--force", description = "Run an unchanged dataset, too.")
    private boolean force;

    @Option(names = "--replace-newer", description = "Publish even if the published run describes a later moment.")
    private boolean replaceNewer;

    @Option(names = "--dry-run", description = "Read and compute, but write nothing, neither results nor history.")
    private boolean dryRun;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Also write the results as Parquet, into DIR/D/run-N; DIR is a directory that all executors share.")
    private @Nullable String directory;

    @Option(
            names = "--only-files",
            description = "Write the results only as Parquet, into DIR/D, which must not exist yet.")
    private boolean onlyFiles;

    @Option(
            names = "--parts",
            paramLabel = "P",
            description = "The number of parts in which the dataset is held. Default: Spark's default parallelism.")
    private int parts;

    @Option(
            names = "--readers",
            paramLabel = "N",
            description =
                    "The number of tasks that execute the queries. Default: one per part, so that nothing is shuffled.")
    private int readers;

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            description = "A directory that all executors can reach; needed on a cluster.")
    private @Nullable String checkpoints;

    @Override
    public Integer call() throws InterruptedException {
        Set<Integer> codes = new LinkedHashSet<>();
        try {
            checkOptions();
            ClusterSettings settings = ClusterSettings.read(config, !onlyFiles);
            if (!onlyFiles) {
                new Migration(SharedDatabases.of(settings).open().migration()).requireCurrent();
            }
            List<DatasetSettings> chosen = chosen(settings);
            SparkRunRequest request = new SparkRunRequest(
                    moment(), force, replaceNewer, dryRun, directory, onlyFiles, parts, readers, checkpoints);
            try (SparkRuns runs = new SparkRuns(settings, request)) {
                for (DatasetSettings dataset : chosen) {
                    codes.add(run(runs, dataset));
                }
            }
        } catch (SQLException | RuntimeException e) {
            codes.add(explain("", e));
        }
        return BY_WEIGHT.stream().filter(codes::contains).findFirst().orElse(0);
    }

    private void checkOptions() {
        if (dryRun && directory != null) {
            throw new InvalidSettingsException(
                    List.of("--dry-run writes nothing, so --to has no effect; leave one out"));
        }
        if (onlyFiles && directory == null) {
            throw new InvalidSettingsException(
                    List.of("--only-files needs a directory to write to; give one as --to DIR"));
        }
        if (onlyFiles && (force || replaceNewer)) {
            throw new InvalidSettingsException(List.of("--only-files knows of no run before, so --force and"
                    + " --replace-newer have no effect; leave them out"));
        }
    }

    /** Returns the settings of the datasets that were named. */
    private List<DatasetSettings> chosen(ClusterSettings settings) {
        Map<String, DatasetSettings> known = settings.program().datasets();
        List<String> others =
                datasets.stream().filter(name -> !known.containsKey(name)).toList();
        List<String> found = onlyFiles
                ? List.of()
                : BuiltInDatasets.found(SharedDatabases.of(settings).open().listing(), others);
        List<String> problems = others.stream()
                .filter(name -> !found.contains(name))
                .map(name -> "There is no dataset '" + name + "': it is not configured under crowdlab.datasets"
                        + (onlyFiles ? "" : ", and crowdlab.annotation has no rows of it") + "; configured are "
                        + (known.isEmpty() ? "none" : String.join(", ", known.keySet())))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return datasets.stream()
                .map(name -> Optional.ofNullable(known.get(name)).orElseGet(() -> DatasetSettings.builtIn(name)
                        .withPeriods(settings.program().periods())))
                .toList();
    }

    private int run(SparkRuns runs, DatasetSettings dataset) throws InterruptedException {
        try {
            return report(runs.run(dataset));
        } catch (SQLException | RuntimeException e) {
            return explain(dataset.name() + ": ", e);
        }
    }

    private Optional<Instant> moment() {
        try {
            return Optional.ofNullable(asOf)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new InvalidSettingsException(
                    List.of("--as-of is '" + asOf + "'; give a moment such as 2026-03-01T06:00:00Z"));
        }
    }

    private int report(SparkRun.Outcome outcome) {
        out().println(outcome.end() + counts(outcome.metrics()));
        outcome.findings().forEach(finding -> out().println(
                        finding.severity() + " " + finding.code() + ": " + finding.message()));
        out().flush();
        return outcome.isRefused() ? REFUSED : 0;
    }

    private static String counts(@Nullable RunMetrics metrics) {
        return metrics == null
                ? ""
                : " (" + metrics.exampleCount() + " examples, " + metrics.annotationCount() + " annotations, "
                        + metrics.annotatorCount() + " annotators)";
    }

    /** Prints why something failed, and returns the exit code. */
    private int explain(String prefix, Exception failure) {
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof UserProblem problem) {
                problem.sentences().forEach(sentence -> err().println(sentence));
                err().flush();
                return switch (problem.kind()) {
                    case USAGE -> USAGE;
                    case IN_USE -> IN_USE;
                    case UNREACHABLE -> UNREACHABLE;
                };
            }
        }
        err().println(prefix + FailureSentence.sentence(failure));
        err().flush();
        return SqlErrors.isUnreachable(failure) ? UNREACHABLE : FAILED;
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return requireNonNull(spec).commandLine();
    }
}
