package dev.crowdlab.report.figures;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as a whole.
 *
 * @param runId its number
 * @param dataset its dataset
 * @param asOf the moment that it describes
 * @param status what became of it; not RUNNING
 * @param duration how long it took
 * @param counts what it counted
 * @param findings what its checks found, FAIL first, then WARN, then INFO
 * @param history the published runs up to this one, oldest first, at most {@value #MAX_RUNS}
 * @param changes what changed since the run published before; empty: it is the first, or its changes were removed
 * @param removedAt when its large tables were removed; empty: they are kept
 */
public record RunFigures(
        long runId,
        String dataset,
        Instant asOf,
        RunStatus status,
        Duration duration,
        Counts counts,
        List<Finding> findings,
        List<Published> history,
        Optional<Changes> changes,
        Optional<Instant> removedAt) {

    /** How many published runs the lines show. */
    public static final int MAX_RUNS = 30;

    /** Whether the tables with examples and annotations are there. */
    public boolean hasRows() {
        return status != RunStatus.FAILED && status != RunStatus.SKIPPED && removedAt.isEmpty();
    }

    /** The published run before this one, if there is one. */
    public Optional<Published> before() {
        return history.stream().filter(run -> run.runId() != runId).reduce((first, second) -> second);
    }

    /**
     * What a run counted; 0 where it did not come so far.
     *
     * @param examples examples with an accepted annotation
     * @param unlabeled examples with predictions only
     * @param annotations annotations analyzed
     * @param annotators annotators
     * @param classes classes
     * @param collapsed rows that only repeated another
     * @param rejected rows rejected
     */
    public record Counts(
            long examples,
            long unlabeled,
            long annotations,
            long annotators,
            long classes,
            long collapsed,
            long rejected) {}

    /**
     * A run that was published.
     *
     * @param runId its number
     * @param asOf the moment that it describes
     * @param examples labeled examples
     * @param annotations annotations analyzed
     * @param annotators annotators
     * @param meanQuality mean quality of the consensus labels; NaN: unknown, or measured by other settings than in this run
     * @param measuresAlike whether it measures quality by the same settings as this run, so that the two can be compared
     */
    public record Published(
            long runId,
            Instant asOf,
            long examples,
            long annotations,
            long annotators,
            double meanQuality,
            boolean measuresAlike) {}

    /** How many consensus labels differ from the run before, are of new examples, and of examples that are gone. */
    public record Changes(long changed, long added, long gone) {}
}
