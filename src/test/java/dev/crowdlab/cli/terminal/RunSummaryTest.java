package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.job.RunOutcome.End;
import dev.crowdlab.job.RunOutcome.Failed;
import dev.crowdlab.job.RunOutcome.InUse;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.run.AgreementMetrics;
import dev.crowdlab.run.ConsensusMetrics;
import dev.crowdlab.run.GivenLabels;
import dev.crowdlab.run.GoldMetrics;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.run.RejectionCauses;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetrics.AnalysisMetrics;
import dev.crowdlab.run.RunMetrics.PredictionMetrics;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.run.ShareMetrics;
import dev.crowdlab.run.StopMetrics;
import dev.crowdlab.run.VoteMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    private static final End PUBLISHED = new Closed(RunStatus.PUBLISHED, true, Optional.empty());
    private static final End SKIPPED = new Closed(RunStatus.SKIPPED, false, Optional.empty());
    private static final End REFUSED = new Closed(RunStatus.REFUSED, false, Optional.empty());
    private static final End FAILED = new Failed(new UnusableInputException("Too odd."));
    private static final End UNREACHABLE =
            new Failed(new IllegalStateException("wrapped", new SQLException("refused", "08001")));
    private static final End IN_USE = new InUse("Somebody else runs it.");

    private static final DryRun DRY = new DryRun(false, true, Optional.empty());

    @Test
    void aWarningHasAnExitCodeOfItsOwnWhereOneIsWanted() {
        Finding warning = Finding.of(FindingCode.CLASS_ORDER, Severity.WARN, "Look at this.");
        Finding refusal = Finding.of(FindingCode.MIN_EXAMPLES, Severity.FAIL, "Too few.");
        Finding note = Finding.of(FindingCode.MEAN_QUALITY, Severity.INFO, "For the record.");
        assertThat(warned(List.of(), outcome("d", DRY, note, warning))).isEqualTo(10);
        assertThat(warned(List.of(), outcome("d", DRY, note))).isZero();
        assertThat(warned(List.of("Run 1 stays published."), outcome("d", DRY, note)))
                .isEqualTo(10);
        assertThat(warned(List.of(), outcome("d", DRY, refusal, warning))).isEqualTo(3);
        assertThat(ExitCode.isFree(5)).isFalse();
        assertThat(ExitCode.isFree(6)).isTrue();
        assertThat(ExitCode.isFree(126)).isFalse();
    }

    private static int warned(List<String> warnings, RunOutcome outcome) {
        return new RunSummary(List.of(outcome))
                .document(warnings)
                .orIfWarned(10)
                .exitCode();
    }

    private static RunOutcome outcome(String dataset, End end, Finding... checks) {
        return new RunOutcome(
                dataset, Optional.empty(), end, Optional.empty(), List.of(checks), Duration.ofMillis(1_260));
    }

    private static int exitCode(End... ends) {
        return new RunSummary(Stream.of(ends).map(end -> outcome("d", end)).toList()).exitCode();
    }

    private static List<String> remarks(RunOutcome outcome) {
        List<String> lines = new RunSummary(List.of(outcome)).lines();
        return lines.subList(2, lines.size());
    }

    @Test
    void eachEndHasItsExitCode() {
        assertThat(exitCode()).isZero();
        assertThat(exitCode(PUBLISHED)).isZero();
        assertThat(exitCode(SKIPPED)).isZero();
        assertThat(exitCode(DRY)).isZero();
        assertThat(exitCode(FAILED)).isEqualTo(1);
        assertThat(exitCode(REFUSED)).isEqualTo(3);
        assertThat(exitCode(IN_USE)).isEqualTo(4);
        assertThat(exitCode(UNREACHABLE)).isEqualTo(5);
    }

    @Test
    void ofSeveralTheFirstOfFailedUnreachableRefusedAndInUseCounts() {
        assertThat(exitCode(IN_USE, REFUSED, UNREACHABLE, PUBLISHED, FAILED)).isEqualTo(1);
        assertThat(exitCode(IN_USE, REFUSED, UNREACHABLE, PUBLISHED)).isEqualTo(5);
        assertThat(exitCode(SKIPPED, IN_USE, REFUSED)).isEqualTo(3);
        assertThat(exitCode(PUBLISHED, IN_USE)).isEqualTo(4);
        assertThat(exitCode(PUBLISHED, SKIPPED)).isZero();
    }

    @Test
    void theTableHasALineForEachDataset() {
        AnalysisMetrics analysis = new AnalysisMetrics(
                0.5,
                0.98765,
                4_321,
                0,
                0,
                0,
                false,
                false,
                VoteMetrics.NONE,
                AgreementMetrics.NONE,
                ConsensusMetrics.NONE,
                ShareMetrics.NONE,
                StopMetrics.NONE);
        RunOutcome published = new RunOutcome(
                "sentiment",
                Optional.of(42L),
                PUBLISHED,
                Optional.of(figures(1_234_567, 3_000_000, 1_000, 12, analysis)),
                List.of(),
                Duration.ofMillis(12_345));
        RunOutcome refused = new RunOutcome(
                "empty",
                Optional.of(43L),
                REFUSED,
                Optional.of(figures(0, 0, 0, 0, AnalysisMetrics.NONE)),
                List.of(),
                Duration.ofMillis(49));
        assertThat(new RunSummary(List.of(published, refused, outcome("idle", SKIPPED))).lines())
                .containsExactly(
                        "dataset    run  result        examples  annotations  annotators  rejected rows  mean quality"
                                + "  changed vs majority  seconds",
                        "sentiment   42  published    1,234,567    3,000,000       1,000             12         0.988"
                                + "                4,321     12.3",
                        "empty       43  refused              0            0           0              0             -"
                                + "                    0      0.0",
                        "idle         -  nothing new          -            -           -              -             -"
                                + "                    -      1.3");
    }

    private static RunMetrics figures(
            int examples, long annotations, int annotators, long rejected, AnalysisMetrics analysis) {
        return new RunMetrics(
                9,
                examples,
                annotations,
                annotators,
                10,
                1,
                0,
                0,
                Map.of(RejectionReason.MISSING_LABEL, rejected),
                RejectionCauses.NONE,
                GivenLabels.NONE,
                new PredictionMetrics(0, 0, 0, 0, List.of()),
                Optional.empty(),
                GoldMetrics.NONE,
                MachineMetrics.NONE,
                analysis);
    }

    @Test
    void everyEndHasAWord() {
        List<RunOutcome> outcomes = Stream.of(
                        PUBLISHED,
                        new Closed(RunStatus.PUBLISHED, false, Optional.empty()),
                        SKIPPED,
                        REFUSED,
                        DRY,
                        IN_USE,
                        FAILED,
                        UNREACHABLE,
                        new Closed(RunStatus.FAILED, false, Optional.empty()),
                        new Closed(RunStatus.RUNNING, false, Optional.empty()))
                .map(end -> outcome("d", end))
                .toList();
        assertThat(new RunSummary(outcomes).lines().subList(1, 11))
                .extracting(line -> line.replaceAll("^d\\s+-\\s{2}(\\w+( \\w+)*).*", "$1"))
                .containsExactly(
                        "published",
                        "history only",
                        "nothing new",
                        "refused",
                        "dry run",
                        "in use",
                        "failed",
                        "failed",
                        "failed",
                        "failed");
    }

    @Test
    void aFewRejectedRowsAreANoteBehindTheWarnings() {
        Finding few = Finding.of(FindingCode.REJECTED_SHARE, Severity.INFO, "1 of 9 was rejected.", 0.1, 0.2);
        Finding none = Finding.of(FindingCode.REJECTED_SHARE, Severity.INFO, "0 of 9 were rejected.", 0, 0.2);
        Finding warning = Finding.of(FindingCode.CLASS_ORDER, Severity.WARN, "Look at this.");
        assertThat(remarks(outcome("d", PUBLISHED, few, warning)))
                .containsExactly("d: warning. Look at this.", "d: note. 1 of 9 was rejected.");
        assertThat(remarks(outcome("d", PUBLISHED, none))).isEmpty();
    }

    @Test
    void aRunSaysWhatChangedAgainstThePublishedOneAsADryRunDoes() {
        RunComparison difference = new RunComparison(7, 5, 3, 2, 0.5, 1);
        assertThat(remarks(changed(RunStatus.PUBLISHED, true, difference)))
                .containsExactly(
                        "d: of the 3 labels that run 7 published too, 2 changed; 1 example is new and 2 gone.");
        assertThat(remarks(changed(RunStatus.REFUSED, false, difference)))
                .containsExactly(
                        "d: of the 3 labels that run 7 published too, 2 would change; 1 example would be new and 2 gone.");
    }

    private static RunOutcome changed(RunStatus status, boolean isCurrent, RunComparison difference) {
        return new RunOutcome(
                "d",
                Optional.of(8L),
                new Closed(status, isCurrent, Optional.of(difference)),
                Optional.of(figures(4, 4, 1, 0, AnalysisMetrics.NONE)),
                List.of(),
                Duration.ZERO);
    }

    @Test
    void goodEndsNeedNoRemark() {
        assertThat(remarks(outcome("d", PUBLISHED))).isEmpty();
        assertThat(remarks(outcome("d", SKIPPED))).isEmpty();
    }

    @Test
    void aDryRunSaysWhatARunWouldDo() {
        Finding fault = Finding.of(FindingCode.MIN_EXAMPLES, Severity.FAIL, "Too few.", 0, 1);
        LabelChangePreview difference = new LabelChangePreview(7, 5, 0.5, 3, 2, List.of("e1: a → b", "e2: b → a"));
        assertThat(remarks(outcome("d", DRY)))
                .containsExactly("d: a run would be published, the first of this dataset.");
        assertThat(remarks(outcome("d", new DryRun(true, true, Optional.of(difference)))))
                .containsExactly("d: a run would find nothing new.");
        RunMetrics four = new RunMetrics(
                4,
                4,
                4,
                1,
                2,
                0,
                0,
                0,
                Map.of(),
                RejectionCauses.NONE,
                GivenLabels.NONE,
                new PredictionMetrics(0, 0, 0, 0, List.of()),
                Optional.empty(),
                GoldMetrics.NONE,
                MachineMetrics.NONE,
                AnalysisMetrics.NONE);
        assertThat(remarks(new RunOutcome(
                        "d",
                        Optional.empty(),
                        new DryRun(false, false, Optional.of(difference)),
                        Optional.of(four),
                        List.of(),
                        Duration.ZERO)))
                .containsExactly(
                        "d: a run would only be recorded in the history; of the 3 labels that run 7 published too, 2 would"
                                + " change; 1 example would be new and 2 gone. First: e1: a → b, e2: b → a.");
        RunOutcome refused = outcome("d", DRY, fault);
        assertThat(remarks(refused))
                .containsExactly("d: a run would be refused, the first of this dataset.", "d: refused. Too few.");
        assertThat(new RunSummary(List.of(refused)).exitCode()).isEqualTo(3);
        RunOutcome stale = outcome("d", new DryRun(true, true, Optional.empty()), fault);
        assertThat(remarks(stale))
                .containsExactly("d: a run would find nothing new, and be refused.", "d: refused. Too few.");
        assertThat(new RunSummary(List.of(stale)).exitCode()).isEqualTo(3);
    }

    @Test
    void whatNeedsAttentionIsSaidBelowTheTable() {
        assertThat(remarks(outcome("d", FAILED))).containsExactly("d: failed. Too odd.");
        Failed twice = new Failed(new UnusableInputException("Too odd." + System.lineSeparator() + "Too even."));
        assertThat(remarks(outcome("d", twice))).containsExactly("d: failed. Too odd.", "d: failed. Too even.");
        assertThat(remarks(outcome("d", UNREACHABLE))).containsExactly("d: failed. PostgreSQL: refused");
        assertThat(remarks(outcome("d", IN_USE))).containsExactly("d: Somebody else runs it.");
        assertThat(remarks(outcome("d", new Closed(RunStatus.PUBLISHED, false, Optional.empty()))))
                .containsExactly(
                        "d: the published run describes a later moment and stays current; --replace-newer would"
                                + " replace it.");
    }

    @Test
    void findingsAreSaidUnlessTheyAreForTheRecord() {
        RunOutcome outcome = outcome(
                "d",
                REFUSED,
                Finding.of(FindingCode.MEAN_QUALITY, Severity.INFO, "For the record.", 1, 1),
                Finding.of(FindingCode.CLASS_ORDER, Severity.WARN, "Look at this.", 1, 1),
                Finding.of(FindingCode.REJECTED_SHARE, Severity.FAIL, "Too much was refused.", 1, 1));
        assertThat(remarks(outcome)).containsExactly("d: warning. Look at this.", "d: refused. Too much was refused.");
    }
}
