package dev.crowdlab.audit;

import dev.crowdlab.audit.RunCheck.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a run's figures before they are published. */
public final class RunChecks {

    /** How far two clocks may differ before a moment counts as future. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final double NONE = Double.NaN;

    private RunChecks() {}

    /**
     * All findings about a run, the worst of which decides whether it is published.
     *
     * @param before what it changes about the run published before; empty: there is nothing to compare with
     */
    public static List<RunCheck> of(OpenRun run, RunFigures figures, Optional<RunComparison> before) {
        List<RunCheck> findings = new ArrayList<>(LimitChecks.of(run, figures, before));
        findings.addAll(InputRemarks.of(figures));
        findings.addAll(WeightRemarks.of(figures));
        findings.addAll(ConsensusRemarks.of(figures));
        return findings;
    }

    /** The finding about the numbers of rows computed and stored. */
    public static RunCheck rowCounts(List<String> differences, int tableCount) {
        return differences.isEmpty()
                ? new RunCheck(
                        "ROW_COUNTS",
                        Severity.INFO,
                        "All " + tableCount + " tables hold as many rows as were computed.",
                        0,
                        0)
                : new RunCheck("ROW_COUNTS", Severity.FAIL, String.join(" ", differences), differences.size(), 0);
    }

    /** The finding about a moment that lies ahead: no later run becomes current before it has come. */
    public static Optional<RunCheck> asOf(Instant asOf, Instant now) {
        return asOf.isAfter(now.plus(CLOCK_DIFFERENCE))
                ? Optional.of(new RunCheck(
                        "FUTURE_AS_OF",
                        Severity.WARN,
                        "as_of " + asOf
                                + " lies in the future; until then other runs enter the history only, unless run"
                                + " with --replace-newer.",
                        NONE,
                        NONE))
                : Optional.empty();
    }
}
