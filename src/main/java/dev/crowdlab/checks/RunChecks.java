package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.runs.RunComparison;
import dev.crowdlab.runs.RunLedger.PublishedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a run's figures before they are published. */
public final class RunChecks {

    /** How far two clocks may differ before a moment counts as future. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    /** The code of a plain run's finding that it only entered the history. */
    public static final String HISTORY_ONLY = "HISTORY_ONLY";

    private static final double NONE = Double.NaN;

    private RunChecks() {}

    /**
     * All findings about a run, the worst of which decides whether it is published.
     *
     * @param before what it changes about the run published before; empty: there is nothing to compare with
     */
    public static List<Finding> of(RunDescriptor run, RunMetrics figures, Optional<RunComparison> before) {
        List<Finding> findings = new ArrayList<>(ThresholdChecks.of(run, figures, before));
        findings.addAll(AgeChecks.of(run, figures.newestAnnotation()));
        findings.addAll(InputFindings.of(run, figures, before));
        findings.addAll(WeightFindings.of(figures));
        findings.addAll(ConsensusFindings.of(figures));
        return findings;
    }

    /**
     * The findings about a run that found nothing new: time has passed, although the input has not changed.
     *
     * @param newest the greatest annotated_at; empty: there is none
     */
    public static List<Finding> ofUnchanged(RunDescriptor run, Optional<Instant> newest) {
        return AgeChecks.of(run, newest);
    }

    /** Whether a finding keeps the result back. */
    public static boolean isRefused(List<Finding> findings) {
        return findings.stream().map(Finding::severity).anyMatch(Severity.FAIL::equals);
    }

    /** The finding about a run of this moment that the dashboards do not show, since they show one of a later moment. */
    public static Finding historyOnly(PublishedRun published) {
        return new Finding(
                HISTORY_ONLY,
                Severity.WARN,
                "Run " + published.runId() + " describes a later moment, " + published.asOf()
                        + ", and stays current: the dashboards do not show this run; --replace-newer would replace it.",
                NONE,
                NONE);
    }

    /** The finding about large tables of the run published before that are not there any more. */
    public static Finding lostTables(PublishedRun published, List<String> tables) {
        return new Finding(
                "TABLES_LOST",
                Severity.WARN,
                "Run " + published.runId() + ", published before, has lost its rows in " + String.join(", ", tables)
                        + ": they were dropped, detached or emptied by hand; verify tells what else differs.",
                tables.size(),
                0);
    }

    /** Whether a moment lies ahead of the clock, by more than clocks may differ. */
    public static boolean isAhead(Instant asOf, Instant now) {
        return asOf.isAfter(now.plus(CLOCK_DIFFERENCE));
    }

    /** The finding about the numbers of rows computed and stored. */
    public static Finding rowCounts(List<String> differences, int tableCount) {
        return differences.isEmpty()
                ? new Finding(
                        "ROW_COUNTS",
                        Severity.INFO,
                        "All " + tableCount + " tables hold as many rows as were computed.",
                        0,
                        0)
                : new Finding("ROW_COUNTS", Severity.FAIL, String.join(" ", differences), differences.size(), 0);
    }

    /** The finding about a moment that lies ahead: no later run becomes current before it has come. */
    public static Optional<Finding> asOf(Instant asOf, Instant now) {
        return isAhead(asOf, now)
                ? Optional.of(new Finding(
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
