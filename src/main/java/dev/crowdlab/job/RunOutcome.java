package dev.crowdlab.job;

import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the run of a dataset ended.
 *
 * @param dataset the dataset
 * @param runId number of the run; empty for a dry run, or if no run was recorded
 * @param end how it ended
 * @param figures its metrics, as far as it got
 * @param checks its findings
 * @param duration how long it took
 */
public record RunOutcome(
        String dataset,
        Optional<Long> runId,
        End end,
        Optional<RunMetrics> figures,
        List<Finding> checks,
        Duration duration) {

    /** Lists are copied. */
    public RunOutcome {
        checks = List.copyOf(checks);
    }

    /** The outcome of a dataset for which no run was recorded. */
    public static RunOutcome withoutRun(String dataset, String sentence) {
        return new RunOutcome(
                dataset,
                Optional.empty(),
                new Failed(new UnusableInputException(sentence)),
                Optional.empty(),
                List.of(),
                Duration.ZERO);
    }

    RunOutcome endedAs(End other) {
        return new RunOutcome(dataset, runId, other, figures, checks, duration);
    }

    /** How a run can end. */
    public sealed interface End permits Closed, DryRun, Failed, InUse {}

    /**
     * The run was closed with this status.
     *
     * @param status PUBLISHED, SKIPPED or REFUSED
     * @param isCurrent whether the dashboards now show it
     * @param difference how it differs from the run published before; empty if nothing was published or analyzed, or it
     *     is not known
     */
    public record Closed(RunStatus status, boolean isCurrent, Optional<RunComparison> difference) implements End {}

    /**
     * Everything was computed, nothing was written.
     *
     * @param isUnchanged whether a run would be skipped
     * @param becomesCurrent whether the dashboards would show the run if its checks pass
     * @param difference what it would change about the published labels; empty if nothing is published
     */
    public record DryRun(boolean isUnchanged, boolean becomesCurrent, Optional<LabelChangePreview> difference)
            implements End {}

    /** The run failed for this reason; nothing of it is visible. */
    public record Failed(Throwable cause) implements End {}

    /** Another process is running the dataset. */
    public record InUse(String sentence) implements End {}
}
