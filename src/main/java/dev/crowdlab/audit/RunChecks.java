package dev.crowdlab.audit;

import dev.crowdlab.audit.RunCheck.Severity;
import dev.crowdlab.settings.CheckSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at a run's figures before they are published. */
public final class RunChecks {

    /** How far two clocks may differ before a moment counts as future. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final double NONE = Double.NaN;

    private RunChecks() {}

    /** All findings about a run, the worst of which decides whether it is published. */
    public static List<RunCheck> of(RunFigures figures, CheckSettings settings) {
        List<RunCheck> findings = new ArrayList<>();
        findings.add(minExamples(figures, settings));
        findings.add(rejectedShare(figures, settings));
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

    private static RunCheck minExamples(RunFigures figures, CheckSettings settings) {
        boolean isEnough = figures.exampleCount() >= settings.minExamples();
        String message = figures.exampleCount() + " examples were analysed, checks.min-examples is "
                + settings.minExamples() + (isEnough ? "." : "; look at rejected_row for what was refused.");
        return new RunCheck(
                "MIN_EXAMPLES",
                isEnough ? Severity.INFO : Severity.FAIL,
                message,
                figures.exampleCount(),
                settings.minExamples());
    }

    private static RunCheck rejectedShare(RunFigures figures, CheckSettings settings) {
        double share = figures.rowsRead() == 0 ? 0 : (double) figures.rejectedCount() / figures.rowsRead();
        boolean isLow = share <= settings.maxRejectedShare();
        String message = String.format(
                Locale.ROOT,
                "%d of %d rows read were refused (%.2f %%), checks.max-rejected-share is %s%s",
                figures.rejectedCount(),
                figures.rowsRead(),
                100 * share,
                settings.maxRejectedShare(),
                isLow ? "." : "; look at rejected_row for the reasons, mend the rows or raise the limit.");
        return new RunCheck(
                "REJECTED_SHARE", isLow ? Severity.INFO : Severity.FAIL, message, share, settings.maxRejectedShare());
    }
}
