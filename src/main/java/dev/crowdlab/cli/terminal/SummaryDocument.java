package dev.crowdlab.cli.terminal;

import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.run.FindingDetails;
import dev.crowdlab.run.RunMetrics;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document that {@code run --summary} writes.
 *
 * @param exitCode as of the process
 * @param message why no dataset was run; null if any was
 * @param datasets in the order in which they were run
 * @param warnings published runs that no run will replace, one sentence each
 */
public record SummaryDocument(int exitCode, @Nullable String message, List<Entry> datasets, List<String> warnings) {

    public SummaryDocument {
        datasets = List.copyOf(datasets);
        warnings = List.copyOf(warnings);
    }

    /** The same with another exit code if all ended well, but something was warned of. */
    public SummaryDocument orIfWarned(int warnedExitCode) {
        boolean isWarned = !warnings.isEmpty()
                || datasets.stream()
                        .flatMap(run -> run.findings().stream())
                        .anyMatch(finding -> finding.severity() == Severity.WARN);
        return exitCode == ExitCode.OK && isWarned
                ? new SummaryDocument(warnedExitCode, message, datasets, warnings)
                : this;
    }

    /** The same with the exit code of a failure if all ended well, but something else could not be written. */
    public SummaryDocument orFailed() {
        return exitCode == ExitCode.OK ? new SummaryDocument(ExitCode.FAILED, message, datasets, warnings) : this;
    }

    /**
     * A dataset.
     *
     * @param runId null: no run was started
     * @param status as in {@code run}, or DRY_RUN, or IN_USE
     * @param exitCode what the exit code would be with this dataset alone
     * @param becameCurrent whether the dashboards now show the run
     * @param counts null: it did not come so far, or found nothing new
     * @param message why it failed, was refused or is in use; what a dry run found; null if there is nothing to say
     */
    public record Entry(
            String dataset,
            @Nullable Long runId,
            String status,
            int exitCode,
            boolean becameCurrent,
            @Nullable Counts counts,
            List<FindingDetails> findings,
            @Nullable String message,
            Duration duration) {}

    /** The counts of a run, by the names of their columns in {@code run}, and two figures of the summary table. */
    public record Counts(
            long numExamples,
            long numAnnotations,
            long numAnnotators,
            long numClasses,
            long numUnlabeled,
            long numCollapsed,
            long numRejected,
            double consensusLikelihood,
            double meanQuality,
            long changedAgainstMajority) {

        static Counts of(RunMetrics figures) {
            return new Counts(
                    figures.exampleCount(),
                    figures.annotationCount(),
                    figures.annotatorCount(),
                    figures.classCount(),
                    figures.unlabeledCount(),
                    figures.collapsedCount(),
                    figures.allRejectedCount(),
                    figures.estimates().consensusLikelihood(),
                    figures.estimates().meanQuality(),
                    figures.estimates().changedAgainstMajority());
        }
    }
}
