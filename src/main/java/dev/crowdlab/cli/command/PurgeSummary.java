package dev.crowdlab.cli.command;

import dev.crowdlab.cli.terminal.ErrorReport;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.TextTable;
import dev.crowdlab.job.Purge.DatasetReport;
import dev.crowdlab.job.Purge.Report;
import dev.crowdlab.retention.Retention.Left;
import dev.crowdlab.retention.Retention.Removed;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.text.Plural;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The output and the exit code of a purge. */
public final class PurgeSummary {

    /** At most this many runs are named in a message. */
    private static final int NAMED_RUNS = 10;

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Report report;
    private final boolean datasetsAreNamed;

    public PurgeSummary(Report report, boolean datasetsAreNamed) {
        this.report = report;
        this.datasetsAreNamed = datasetsAreNamed;
    }

    /** A table of what was removed, followed by what was left and why. */
    public List<String> lines() {
        if (report.datasets().isEmpty()) {
            return List.of("There is no run yet, so there is nothing to remove.");
        }
        TextTable table = new TextTable("dataset", "removed runs", ">rows", ">still there");
        report.datasets().forEach(dataset -> addRow(dataset, table));
        List<String> lines = new ArrayList<>(table.lines());
        report.datasets().forEach(dataset -> addRemarks(dataset, lines));
        report.trimmed()
                .ifPresent(trimmed -> lines.add(String.format(
                        Locale.ROOT,
                        "Spring Batch's metadata: removed %,d %s of %,d %s.",
                        trimmed.rowCount(),
                        Plural.word(trimmed.rowCount(), "row", "rows"),
                        trimmed.executionCount(),
                        Plural.word(trimmed.executionCount(), "execution", "executions"))));
        report.hindrance()
                .ifPresent(
                        cause -> lines.add("Spring Batch's metadata: not removed. " + FailureSentence.sentence(cause)));
        return lines;
    }

    /**
     * The exit code: 0 unless something failed or is in use, or a dataset named by the user was left because another
     * session was removing its results.
     */
    int exitCode() {
        List<Exception> hindrances = Stream.concat(
                        report.datasets().stream().map(DatasetReport::hindrance), Stream.of(report.hindrance()))
                .flatMap(Optional::stream)
                .toList();
        if (isBehind() || !hindrances.stream().allMatch(PurgeSummary::isInUse)) {
            return ExitCode.FAILED;
        }
        return datasetsAreNamed && !hindrances.isEmpty() ? ExitCode.IN_USE : ExitCode.OK;
    }

    private static boolean isInUse(Exception hindrance) {
        return ErrorReport.of(hindrance).exitCode() == ExitCode.IN_USE;
    }

    /** Whether a run keeps its tables for a reason other than its grace period. */
    private boolean isBehind() {
        return report.datasets().stream()
                .flatMap(dataset -> dataset.outcome().stream())
                .flatMap(outcome -> outcome.left().stream())
                .anyMatch(left -> !left.isInGrace());
    }

    private static void addRow(DatasetReport dataset, TextTable table) {
        if (dataset.outcome().isEmpty()) {
            table.add(dataset.dataset(), "-", "-", "-");
            return;
        }
        List<Removed> removed = dataset.outcome().get().removed();
        table.add(
                dataset.dataset(),
                runs(removed),
                String.format(
                        Locale.ROOT,
                        "%,d",
                        removed.stream().mapToLong(Removed::rowCount).sum()),
                String.valueOf(dataset.outcome().get().left().size()));
    }

    private static String runs(List<Removed> removed) {
        String named = removed.stream()
                .limit(NAMED_RUNS)
                .map(run -> String.valueOf(run.runId()))
                .collect(Collectors.joining(", "));
        int others = removed.size() - NAMED_RUNS;
        return named.isEmpty() ? "none" : others > 0 ? named + " and " + others + " more" : named;
    }

    private static void addRemarks(DatasetReport dataset, List<String> lines) {
        String prefix = dataset.dataset() + ": ";
        dataset.hindrance()
                .ifPresent(cause -> lines.add(prefix + "nothing removed. " + FailureSentence.sentence(cause)));
        dataset.outcome()
                .map(outcome -> outcome.history())
                .filter(history -> history.runCount() > 0)
                .ifPresent(history -> lines.add(String.format(
                        Locale.ROOT,
                        "%sremoved %,d %s of %,d %s from label_change and annotator_stats, too.",
                        prefix,
                        history.rowCount(),
                        Plural.word(history.rowCount(), "row", "rows"),
                        history.runCount(),
                        Plural.word(history.runCount(), "run", "runs"))));
        Map<String, List<Left>> byReason = dataset.outcome().stream()
                .flatMap(outcome -> outcome.left().stream())
                .collect(Collectors.groupingBy(Left::reason, LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, left) -> lines.add(prefix + left(reason, left)));
    }

    /** Runs that stay for the same reason. */
    private static String left(String reason, List<Left> left) {
        int count = left.size();
        String runs = (count == 1 ? "run " + left.get(0).runId() : Plural.of(count, "run", "runs")) + " "
                + Plural.word(count, "keeps its", "keep their") + " tables for now: ";
        Optional<Instant> end =
                left.stream().flatMap(run -> run.graceEnd().stream()).max(Comparator.naturalOrder());
        return end.isPresent()
                ? runs + Plural.word(count, "it was ", "they were ") + reason + " (crowdlab.retention.grace); "
                        + Plural.word(count, "it", "all") + " can go from " + afterwards(end.get()) + " on."
                : runs + reason + "; the next run or purge tries again.";
    }

    /** The first whole minute from then on. */
    private static String afterwards(Instant moment) {
        Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
        return (minute.equals(moment) ? minute : minute.plus(1, ChronoUnit.MINUTES))
                        .atOffset(ZoneOffset.UTC)
                        .format(MINUTES)
                + " UTC";
    }
}
