package dev.crowdlab.cli.terminal;

import dev.crowdlab.cli.terminal.SummaryDocument.Counts;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.job.RunOutcome.End;
import dev.crowdlab.job.RunOutcome.Failed;
import dev.crowdlab.job.RunOutcome.InUse;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.publication.ChangeSentence;
import dev.crowdlab.publication.DryRunSentence;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.run.FindingDetails;
import dev.crowdlab.run.RunHistory;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The output and the exit code of runs. */
public final class RunSummary {

    private static final String HISTORY_ONLY =
            "the published run describes a later moment and stays current; --replace-newer would replace it.";

    private final List<RunOutcome> outcomes;

    public RunSummary(List<RunOutcome> outcomes) {
        this.outcomes = outcomes;
    }

    /** A table of the runs, followed by what needs attention. */
    public List<String> lines() {
        TextTable table = new TextTable(
                "dataset",
                ">run",
                "result",
                ">examples",
                ">annotations",
                ">annotators",
                ">rejected rows",
                ">mean quality",
                ">changed vs majority",
                ">seconds");
        for (RunOutcome outcome : outcomes) {
            table.add(
                    outcome.dataset(),
                    outcome.runId().map(String::valueOf).orElse("-"),
                    result(outcome.end()),
                    count(outcome, RunMetrics::exampleCount),
                    count(outcome, RunMetrics::annotationCount),
                    count(outcome, RunMetrics::annotatorCount),
                    count(outcome, RunMetrics::allRejectedCount),
                    cell(outcome, figures -> quality(figures.estimates().meanQuality())),
                    count(outcome, figures -> figures.estimates().changedAgainstMajority()),
                    String.format(Locale.ROOT, "%.1f", outcome.duration().toMillis() / 1_000.0));
        }
        List<String> lines = new ArrayList<>(table.lines());
        outcomes.forEach(outcome -> remarks(outcome, lines));
        return lines;
    }

    /**
     * The same for programs.
     *
     * @param warnings about published runs that no run will replace
     */
    public SummaryDocument document(List<String> warnings) {
        return new SummaryDocument(
                exitCode(), null, outcomes.stream().map(RunSummary::entry).toList(), warnings);
    }

    private static SummaryDocument.Entry entry(RunOutcome outcome) {
        return new SummaryDocument.Entry(
                outcome.dataset(),
                outcome.runId().orElse(null),
                status(outcome.end()),
                exitCode(outcome),
                outcome.end() instanceof Closed closed && closed.isCurrent(),
                outcome.figures().map(Counts::of).orElse(null),
                outcome.checks().stream().map(FindingDetails::of).toList(),
                message(outcome).orElse(null),
                outcome.duration());
    }

    private static String status(End end) {
        if (end instanceof Closed closed) {
            return closed.status().name();
        }
        return end instanceof DryRun ? "DRY_RUN" : end instanceof InUse ? "IN_USE" : RunStatus.FAILED.name();
    }

    private static Optional<String> message(RunOutcome outcome) {
        if (outcome.end() instanceof Failed failed) {
            return Optional.of(FailureSentence.sentence(failed.cause()));
        }
        if (outcome.end() instanceof InUse inUse) {
            return Optional.of(inUse.sentence());
        }
        if (outcome.end() instanceof DryRun dry) {
            return Optional.of(sentence(dry, outcome));
        }
        String failures = outcome.checks().stream()
                .filter(check -> check.severity() == Severity.FAIL)
                .map(Finding::message)
                .collect(Collectors.joining(" "));
        if (!failures.isEmpty()) {
            return Optional.of(failures);
        }
        return isHistoryOnly(outcome) ? Optional.of(HISTORY_ONLY) : Optional.empty();
    }

    private static String sentence(DryRun dry, RunOutcome outcome) {
        return new DryRunSentence(
                        dry.isUnchanged(),
                        dry.becomesCurrent(),
                        dry.difference(),
                        outcome.checks(),
                        outcome.figures().map(RunMetrics::exampleCount).orElse(0L))
                .text();
    }

    private static boolean isHistoryOnly(RunOutcome outcome) {
        return outcome.end() instanceof Closed closed
                && closed.status() == RunStatus.PUBLISHED
                && !closed.isCurrent()
                && outcome.checks().stream().noneMatch(check -> check.is(FindingCode.HISTORY_ONLY));
    }

    /** Returns a warning for each published run that no later run will replace. */
    public static List<String> abandoned(List<RunHistory.Line> published) {
        return published.stream()
                .map(run -> run.dataset() + ": warning. Run " + run.runId() + " of " + run.asOf()
                        + " stays published, although the dataset is neither configured nor found in the built-in"
                        + " tables: no run updates it; configure it, or withdraw it from the dashboards (unpublish), or remove"
                        + " it (drop).")
                .toList();
    }

    /** The exit code: 0 if every dataset ended well, otherwise the first of 1, 5, 3 and 4 that occurred. */
    public int exitCode() {
        Set<Integer> occurred = outcomes.stream().map(RunSummary::exitCode).collect(Collectors.toSet());
        return IntStream.of(ExitCode.FAILED, ExitCode.UNREACHABLE, ExitCode.REFUSED, ExitCode.IN_USE)
                .filter(occurred::contains)
                .findFirst()
                .orElse(ExitCode.OK);
    }

    private static int exitCode(RunOutcome outcome) {
        End end = outcome.end();
        if (end instanceof InUse) {
            return ExitCode.IN_USE;
        }
        if (end instanceof Failed failed) {
            return SqlErrors.isUnreachable(failed.cause()) ? ExitCode.UNREACHABLE : ExitCode.FAILED;
        }
        boolean isRefused = end instanceof Closed closed && closed.status() == RunStatus.REFUSED;
        return isRefused || wouldBeRefused(outcome) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static String result(End end) {
        if (end instanceof Closed closed) {
            return switch (closed.status()) {
                case PUBLISHED -> closed.isCurrent() ? "published" : "history only";
                case SKIPPED -> "nothing new";
                case REFUSED -> "refused";
                case RUNNING, FAILED -> "failed";
            };
        }
        if (end instanceof DryRun) {
            return "dry run";
        }
        return end instanceof InUse ? "in use" : "failed";
    }

    private static boolean wouldBeRefused(RunOutcome outcome) {
        return outcome.end() instanceof DryRun
                && outcome.checks().stream().anyMatch(check -> check.severity() == Severity.FAIL);
    }

    private static void remarks(RunOutcome outcome, List<String> lines) {
        String prefix = outcome.dataset() + ": ";
        if (outcome.end() instanceof DryRun dry) {
            lines.add(prefix + sentence(dry, outcome));
        }
        if (outcome.end() instanceof Failed failed) {
            FailureSentence.sentence(failed.cause())
                    .lines()
                    .forEach(problem -> lines.add(prefix + "failed. " + problem));
        } else if (outcome.end() instanceof InUse inUse) {
            lines.add(prefix + inUse.sentence());
        } else if (isHistoryOnly(outcome)) {
            lines.add(prefix + HISTORY_ONLY);
        }
        difference(outcome).ifPresent(sentence -> lines.add(prefix + sentence));
        for (Finding check : outcome.checks()) {
            if (check.severity() != Severity.INFO) {
                lines.add(prefix + (check.severity() == Severity.FAIL ? "refused. " : "warning. ") + check.message());
            }
        }
        String counts = outcome.runId().map(run -> " Counts: show " + run + ".").orElse("");
        outcome.checks().stream()
                .filter(RunSummary::isRejection)
                .forEach(check -> lines.add(prefix + "note. " + check.message() + counts));
    }

    private static Optional<String> difference(RunOutcome outcome) {
        long examples = outcome.figures().map(RunMetrics::exampleCount).orElse(0L);
        return outcome.end() instanceof Closed closed
                ? closed.difference()
                        .map(found -> closed.status() == RunStatus.REFUSED
                                ? ChangeSentence.ofRefused(found, examples)
                                : ChangeSentence.ofPublished(found, examples))
                : Optional.empty();
    }

    /** Whether it is the note why rows were rejected, although not too many. */
    private static boolean isRejection(Finding check) {
        return check.severity() == Severity.INFO
                && check.observed() > 0
                && (check.is(FindingCode.REJECTED_SHARE) || check.is(FindingCode.GOLD_REJECTED));
    }

    private static String count(RunOutcome outcome, ToLongFunction<RunMetrics> figure) {
        return cell(outcome, figures -> String.format(Locale.ROOT, "%,d", figure.applyAsLong(figures)));
    }

    private static String cell(RunOutcome outcome, Function<RunMetrics, String> figure) {
        Optional<RunMetrics> figures = outcome.figures();
        return figures.isPresent() ? figure.apply(figures.get()) : "-";
    }

    private static String quality(double meanQuality) {
        return Double.isNaN(meanQuality) ? "-" : String.format(Locale.ROOT, "%.3f", meanQuality);
    }
}
