package dev.crowdlab.job;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.run.RunMetrics;
import java.util.List;
import java.util.Optional;

/**
 * How far a run got.
 *
 * @param inputDigest the digest of its input; empty if not all of it was read
 * @param becomesCurrent whether the dashboards would show it
 * @param metrics its metrics; empty if nothing was computed
 * @param findings the findings of its checks
 * @param read the size of its input
 */
record Reached(
        Optional<String> inputDigest,
        boolean becomesCurrent,
        Optional<RunMetrics> metrics,
        List<Finding> findings,
        InputSize read) {

    static final Reached NOTHING = new Reached(Optional.empty(), true, Optional.empty(), List.of(), InputSize.NOTHING);
}
