package dev.crowdlab.checks;

import static dev.crowdlab.settings.CheckedMetric.MAX_AGE;
import static dev.crowdlab.settings.CheckedMetric.MAX_CHANGED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MAX_QUALITY_DROP;
import static dev.crowdlab.settings.CheckedMetric.MAX_REJECTED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MAX_VANISHED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MIN_ANNOTATORS;
import static dev.crowdlab.settings.CheckedMetric.MIN_EXAMPLES;
import static dev.crowdlab.settings.CheckedMetric.MIN_MEAN_ANNOTATIONS;
import static dev.crowdlab.settings.CheckedMetric.MIN_PREDICTED_SHARE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.dataset.rejection.SuspectLabel;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.run.RejectionCauses;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import dev.crowdlab.settings.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures on both sides of their limits. */
class RunChecksTest {

    private static final double NONE = Double.NaN;

    private final SampleMetrics figures = new SampleMetrics();
    private Optional<RunComparison> before = Optional.empty();
    private List<String> classes = List.of();

    /** The finding about the only figure that has limits. */
    private Finding check(CheckedMetric figure, Thresholds limits) {
        List<Finding> findings = checks(figure, limits);
        assertThat(findings).isNotEmpty();
        return findings.get(0);
    }

    private List<Finding> checks(CheckedMetric figure, Thresholds limits) {
        DatasetSettings settings = new DatasetSettings(
                "d",
                null,
                null,
                new InputRules(classes, MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                MethodSettings.DEFAULT,
                new CheckSettings(Map.of(figure, limits)),
                DatasetSettings.DEFAULT_TIMEOUT);
        return SampleMetrics.inOnePiece(RunChecks.of(SampleMetrics.run(settings), figures.build(), before));
    }

    @Test
    void aGoodRunHasTwoFindingsForTheRecord() {
        figures.rejected = Map.of(RejectionReason.MISSING_LABEL, 50L);
        assertThat(figures.checks())
                .containsExactly(
                        Finding.of(
                                FindingCode.MIN_EXAMPLES,
                                Severity.INFO,
                                "200 examples were analyzed, checks.min-examples is 1.",
                                200,
                                1),
                        Finding.of(
                                FindingCode.REJECTED_SHARE,
                                Severity.INFO,
                                "50 of 1000 annotations were rejected (5.00 %; MISSING_LABEL 50),"
                                        + " checks.max-rejected-share is 0.05. The rows are in rejected_row.",
                                0.05,
                                0.05));
    }

    @Test
    void tooManyRefusedRowsFailAndTheirReasonsAreNamed() {
        figures.rejected = Map.of(
                RejectionReason.TOO_LONG,
                3L,
                RejectionReason.UNKNOWN_LABEL,
                3L,
                RejectionReason.MISSING_ID,
                1L,
                RejectionReason.PROBABILITY_SUM,
                44L);
        assertThat(figures.checks())
                .contains(Finding.of(
                        FindingCode.REJECTED_SHARE,
                        Severity.FAIL,
                        "51 of 1000 annotations were rejected (5.10 %; PROBABILITY_SUM 44, TOO_LONG 3, UNKNOWN_LABEL"
                                + " 3, others 1), checks.max-rejected-share is 0.05; look at rejected_row for the reasons, correct"
                                + " the rows or raise the limit.",
                        0.051,
                        0.05));
    }

    /** Predictions that have not arrived yet leave many examples without one, however few rows have other faults. */
    @Test
    void aConsequenceIsNamedWhereItIsFrequentBehindItsCauses() {
        figures.rejected = Map.of(
                RejectionReason.MISSING_ID, 2L,
                RejectionReason.MISSING_LABEL, 1L,
                RejectionReason.CONFLICTING_ANNOTATION, 3L,
                RejectionReason.NO_PREDICTION, 709L);
        assertThat(texts(figures.checks()))
                .anyMatch(text -> text.startsWith("715 of 1000 annotations were rejected")
                        && text.contains(
                                "(71.50 %; CONFLICTING_ANNOTATION 3, MISSING_ID 2, NO_PREDICTION 709, others 1)"));
    }

    /** Whatever is found: a dry run writes none of the tables to look at. */
    @Test
    void aDryRunSaysWhatARunWouldStore() {
        figures.rejected = Map.of(RejectionReason.PROBABILITY_SUM, 200L);
        figures.uniformCount = 200;
        before = Optional.of(new RunComparison(6, 200, 200, 100, 0.9, 1));
        DatasetSettings settings = new DatasetSettings(
                "d",
                null,
                "select 1",
                new InputRules(classes, MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                MethodSettings.DEFAULT,
                new CheckSettings(Map.of(
                        MIN_EXAMPLES, Thresholds.failing(201),
                        MIN_PREDICTED_SHARE, Thresholds.failing(0.5),
                        MAX_REJECTED_SHARE, Thresholds.failing(0.05),
                        MAX_CHANGED_SHARE, Thresholds.failing(0.05))),
                DatasetSettings.DEFAULT_TIMEOUT);
        List<String> dry = texts(RunChecks.ofRehearsal(SampleMetrics.run(settings), figures.build(), before));
        String store = "a run would store ";
        assertThat(dry)
                .filteredOn(text -> text.contains(store))
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).endsWith("; " + store + "what was rejected in rejected_row."),
                        text -> assertThat(text)
                                .contains("; correct the rows or raise the limit; " + store
                                        + "the reasons in rejected_row"),
                        text -> assertThat(text)
                                .endsWith("; check whether the model has run; " + store
                                        + "predictions that were rejected in rejected_row."),
                        text -> assertThat(text)
                                .contains("; check whether the model has run; " + store
                                        + "predictions that were rejected in rejected_row; quality-method: "),
                        text -> assertThat(text).contains("; " + store + "them in label_change; if it is right, "));
        assertThat(dry).noneMatch(text -> text.contains("look at "));
        assertThat(texts(RunChecks.of(SampleMetrics.run(settings), figures.build(), before)))
                .noneMatch(text -> text.contains("would store"))
                .filteredOn(text -> text.contains("look at "))
                .hasSize(3);
    }

    @Test
    void aDryRunBeforeTheFirstLabelSaysWhereARunListsTheExamples() {
        figures.exampleCount = 0;
        figures.unlabeledCount = 1;
        RunDescriptor run = SampleMetrics.run(DatasetSettings.builtIn("d"));
        assertThat(texts(RunChecks.ofRehearsal(run, figures.build(), before)))
                .contains("No example is labeled yet; a run would list the predicted one in label_next.");
        assertThat(texts(RunChecks.of(run, figures.build(), before)))
                .contains("No example is labeled yet; begin with the predicted one, in label_next.");
        figures.unlabeledCount = 2;
        assertThat(texts(RunChecks.ofRehearsal(run, figures.build(), before)))
                .contains("No example is labeled yet; a run would list the 2 predicted ones in label_next.");
        assertThat(texts(RunChecks.of(run, figures.build(), before)))
                .contains("No example is labeled yet; label_next shows which of the 2 predicted ones to begin with.");
    }

    private static List<String> texts(List<Finding> findings) {
        return findings.stream().map(Finding::message).toList();
    }

    @Test
    void supersededAnnotationsCountOnNeitherSide() {
        figures.rejected = Map.of(RejectionReason.SUPERSEDED_ANNOTATION, 500L, RejectionReason.UNKNOWN_LABEL, 25L);
        Finding check = check(MAX_REJECTED_SHARE, Thresholds.failing(0.05));
        assertThat(check.severity()).isEqualTo(Severity.INFO);
        assertThat(check.observed()).isEqualTo(0.05);
        assertThat(check.message())
                .isEqualTo("25 of 500 annotations were rejected (5.00 %; UNKNOWN_LABEL 25; not counting 500"
                        + " SUPERSEDED_ANNOTATION), checks.max-rejected-share is 0.05. The rows are in rejected_row.");
        figures.rejected = Map.of(RejectionReason.SUPERSEDED_ANNOTATION, 1_000L);
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0)).message())
                .startsWith("0 of 0 annotations were rejected (0.00 %; not counting 1000 SUPERSEDED_ANNOTATION)");
    }

    @Test
    void whereAClassIsMissingEverywhereAMisspelledLabelIsSuspected() {
        String hint = "; a misspelled label may have become a class that predictions lack: name the classes.";
        figures.rejected = Map.of(
                RejectionReason.INCOMPLETE_PREDICTION,
                300L,
                RejectionReason.NO_PREDICTION,
                400L,
                RejectionReason.TOO_LONG,
                1L);
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.05)).message())
                .contains("(70.10 %; TOO_LONG 1, INCOMPLETE_PREDICTION 300, NO_PREDICTION 400)")
                .endsWith("raise the limit" + hint);
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.8)).message())
                .endsWith("is 0.8. The rows are in rejected_row.");
        classes = List.of("a", "b");
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.05)).message())
                .endsWith("raise the limit.");
        classes = List.of();
        figures.rejected = Map.of(RejectionReason.INCOMPLETE_PREDICTION, 300L, RejectionReason.UNKNOWN_LABEL, 301L);
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.05)).message())
                .endsWith("raise the limit.");
    }

    @Test
    void causesComeBeforeWhatFollowsFromThemEachWithAValue() {
        figures.rejected = Map.of(
                RejectionReason.NO_PREDICTION,
                900L,
                RejectionReason.INCOMPLETE_PREDICTION,
                400L,
                RejectionReason.BAD_PROBABILITY,
                300L);
        figures.described =
                Map.of(RejectionReason.BAD_PROBABILITY, "probability of class 'a' is 1.5, not between 0 and 1");
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.05)).message())
                .contains("; BAD_PROBABILITY 300 (probability of class 'a' is 1.5, not between 0 and 1),"
                        + " INCOMPLETE_PREDICTION 400, NO_PREDICTION 900)");
    }

    @Test
    void theSuspectedLabelIsNamedWithWhatItWasProbablyMeantToBe() {
        figures.rejected = Map.of(RejectionReason.INCOMPLETE_PREDICTION, 300L, RejectionReason.NO_PREDICTION, 400L);
        figures.causes = new RejectionCauses(
                RejectionCauses.NONE.shares(),
                Optional.of(new SuspectLabel("clas-2", 1, 0, Optional.of("class-2"), 0)));
        String suspicion = "; a misspelled label may have become a class that predictions lack, such as 'clas-2', which"
                + " occurs in 1 annotation and 0 prediction rows";
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.05)).message())
                .endsWith(suspicion + "; did you mean 'class-2'? Correct it or name the classes.");
        figures.causes = new RejectionCauses(
                RejectionCauses.NONE.shares(), Optional.of(new SuspectLabel("clas-2", 1, 0, Optional.empty(), 2)));
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0.05)).message())
                .endsWith(suspicion + " (and 2 labels like it): correct it or name the classes.");
    }

    @Test
    void whereNothingWasRefusedNobodyIsSentToLookForIt() {
        assertThat(check(MIN_EXAMPLES, Thresholds.failing(201)).message())
                .endsWith("; no row was rejected; check whether the annotations are all there.");
        figures.rowsRead = 0;
        assertThat(check(MIN_EXAMPLES, Thresholds.failing(201)).message())
                .endsWith("; no row was read; check whether the queries, or the built-in tables, return any.");
    }

    @Test
    void noRowsAreNoShare() {
        figures.rowsRead = 0;
        assertThat(check(MAX_REJECTED_SHARE, Thresholds.failing(0)).severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void tooFewExamplesFail() {
        assertThat(check(MIN_EXAMPLES, Thresholds.failing(200)).severity()).isEqualTo(Severity.INFO);
        figures.rejected = Map.of(RejectionReason.MISSING_LABEL, 1L);
        assertThat(check(MIN_EXAMPLES, Thresholds.failing(201)))
                .isEqualTo(Finding.of(
                        FindingCode.MIN_EXAMPLES,
                        Severity.FAIL,
                        "200 examples were analyzed, checks.min-examples is 201; look at rejected_row for what was"
                                + " rejected.",
                        200,
                        201));
    }

    @Test
    void betweenWarnAndFailIsAWarning() {
        Thresholds limits = new Thresholds(20, 10);
        assertThat(check(MIN_ANNOTATORS, limits))
                .isEqualTo(Finding.of(
                        FindingCode.MIN_ANNOTATORS,
                        Severity.INFO,
                        "20 annotators have annotations that were analyzed, checks.min-annotators.warn is 20.",
                        20,
                        20));
        figures.annotatorCount = 19;
        assertThat(check(MIN_ANNOTATORS, limits))
                .isEqualTo(Finding.of(
                        FindingCode.MIN_ANNOTATORS,
                        Severity.WARN,
                        "19 annotators have annotations that were analyzed, checks.min-annotators.warn is 20; check"
                                + " whether the annotations are all there.",
                        19,
                        20));
        figures.annotatorCount = 10;
        assertThat(check(MIN_ANNOTATORS, limits).severity()).isEqualTo(Severity.WARN);
        figures.annotatorCount = 9;
        assertThat(check(MIN_ANNOTATORS, limits))
                .isEqualTo(Finding.of(
                        FindingCode.MIN_ANNOTATORS,
                        Severity.FAIL,
                        "9 annotators have annotations that were analyzed, checks.min-annotators is 10; check whether"
                                + " the annotations are all there.",
                        9,
                        10));
    }

    @Test
    void aWarningAloneNeverFails() {
        assertThat(check(MIN_MEAN_ANNOTATIONS, new Thresholds(3, NONE)).severity())
                .isEqualTo(Severity.INFO);
        assertThat(check(MIN_MEAN_ANNOTATIONS, new Thresholds(3.5, NONE)))
                .isEqualTo(Finding.of(
                        FindingCode.MEAN_ANNOTATIONS,
                        Severity.WARN,
                        "An example has 3.00 annotations on average, checks.min-mean-annotations.warn is 3.5; check"
                                + " whether the annotations are all there.",
                        3,
                        3.5));
    }

    @Test
    void labeledExamplesWithoutPredictionsAreAShare() {
        figures.unpredictedCount = 50;
        assertThat(check(MIN_PREDICTED_SHARE, Thresholds.failing(0.8)).severity())
                .isEqualTo(Severity.INFO);
        figures.uniformCount = 1;
        assertThat(check(MIN_PREDICTED_SHARE, Thresholds.failing(0.8)))
                .isEqualTo(Finding.of(
                        FindingCode.PREDICTED_SHARE,
                        Severity.FAIL,
                        "199 of 250 labeled examples have usable predictions (79.60 %), checks.min-predicted-share is"
                                + " 0.8; check whether the model has run, and at rejected_row for predictions that were"
                                + " rejected.",
                        0.796,
                        0.8));
        figures.modelCount = 0;
        assertThat(check(MIN_PREDICTED_SHARE, Thresholds.failing(0.8)).observed())
                .isZero();
    }

    @Test
    void nothingHasNoMean() {
        figures.exampleCount = 0;
        figures.annotationCount = 0;
        figures.overlapCount = 0;
        assertThat(checks(MIN_PREDICTED_SHARE, Thresholds.failing(0.8))).isEmpty();
        assertThat(checks(MIN_MEAN_ANNOTATIONS, Thresholds.failing(2))).isEmpty();
    }

    @Test
    void theNewestAnnotationMayBeTooOld() {
        figures.newestAnnotation = Optional.of(SampleMetrics.AS_OF.minus(Duration.ofHours(36)));
        assertThat(check(MAX_AGE, new Thresholds(36, 48)).severity()).isEqualTo(Severity.INFO);
        assertThat(check(MAX_AGE, new Thresholds(35.5, 48)))
                .isEqualTo(Finding.of(
                        FindingCode.ANNOTATION_AGE,
                        Severity.WARN,
                        "The newest annotation is 36.0 h older than the run's moment, checks.max-age.warn is 35.5 h;"
                                + " check whether annotations still arrive.",
                        36,
                        35.5));
        assertThat(check(MAX_AGE, new Thresholds(12, 24)).severity()).isEqualTo(Severity.FAIL);
        assertThat(check(MAX_AGE, Thresholds.failing(1 / 3_600.0)).message()).contains("checks.max-age is 1 s;");
        assertThat(check(MAX_AGE, Thresholds.failing(50 / 60.0)).message()).contains("checks.max-age is 50 min;");
        figures.newestAnnotation = Optional.of(SampleMetrics.AS_OF.plusSeconds(10));
        assertThat(check(MAX_AGE, Thresholds.failing(24)).message())
                .startsWith("The newest annotation is 0.0 h older than the run's moment,");
        figures.newestAnnotation = Optional.of(SampleMetrics.AS_OF.plusSeconds(5_400));
        assertThat(check(MAX_AGE, Thresholds.failing(24)).message())
                .startsWith("The newest annotation is 1.5 h younger than the run's moment,");
        figures.newestAnnotation = Optional.of(Instant.MAX.minusSeconds(1));
        assertThat(check(MAX_AGE, Thresholds.failing(24)).severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void whatCameAfterTheMomentIsMentionedBeyondWhatClocksMayDiffer() {
        figures.newestAnnotation = Optional.of(SampleMetrics.AS_OF.plusSeconds(300));
        assertThat(checks(MIN_EXAMPLES, Thresholds.failing(1))).hasSize(1);
        figures.newestAnnotation = Optional.of(SampleMetrics.AS_OF.plusSeconds(301));
        assertThat(checks(MIN_EXAMPLES, Thresholds.failing(1)).get(1))
                .isEqualTo(Finding.of(
                        FindingCode.ANNOTATION_AFTER_AS_OF,
                        Severity.WARN,
                        "The newest annotation is dated 2026-03-02T00:05:01Z, later than this run's moment,"
                                + " 2026-03-02T00:00:00Z: check the clock that annotated_at comes from, or let the queries"
                                + " leave out what came later than current_setting('crowdlab.as_of')::timestamptz.",
                        NONE,
                        NONE));
    }

    @Test
    void withoutMomentsTheAgeCannotBeLookedAt() {
        assertThat(check(MAX_AGE, Thresholds.failing(24)))
                .isEqualTo(Finding.of(
                        FindingCode.ANNOTATION_AGE,
                        Severity.WARN,
                        "No annotation has an annotated_at, so checks.max-age has nothing to compare; let the"
                                + " annotations-query return one, or remove the check.",
                        NONE,
                        NONE));
        assertThat(checks(MIN_EXAMPLES, Thresholds.failing(1))).hasSize(1);
    }

    @Test
    void tooManyChangedLabelsFail() {
        assertThat(checks(MAX_CHANGED_SHARE, Thresholds.failing(0.1)))
                .as("a first run")
                .isEmpty();
        before = Optional.of(new RunComparison(6, 200, 180, 18, NONE, 1));
        assertThat(check(MAX_CHANGED_SHARE, Thresholds.failing(0.1)).severity()).isEqualTo(Severity.INFO);
        before = Optional.of(new RunComparison(6, 200, 180, 27, NONE, 1));
        assertThat(check(MAX_CHANGED_SHARE, Thresholds.failing(0.1)))
                .isEqualTo(Finding.of(
                        FindingCode.CHANGED_SHARE,
                        Severity.FAIL,
                        "27 of 180 labels differ from those of run 6 (15.00 %), checks.max-changed-share is 0.1; look at"
                                + " label_change; if it is right, run once with a wider limit.",
                        0.15,
                        0.1));
        before = Optional.of(new RunComparison(6, 200, 1, 1, NONE, 1));
        assertThat(check(MAX_CHANGED_SHARE, Thresholds.failing(0.1)).message())
                .startsWith("1 of 1 label differs from that of run 6 (100.00 %)");
        before = Optional.of(new RunComparison(6, 200, 0, 0, NONE, 1));
        assertThat(check(MAX_CHANGED_SHARE, Thresholds.failing(0.1)))
                .isEqualTo(Finding.of(
                        FindingCode.CHANGED_SHARE,
                        Severity.WARN,
                        "No example of run 6 is in this run, so checks.max-changed-share has nothing to compare; check"
                                + " whether ids have another format.",
                        NONE,
                        NONE));
        for (Thresholds none : List.of(new Thresholds(0.1, NONE), new Thresholds(1, NONE), Thresholds.failing(1))) {
            assertThat(checks(MAX_CHANGED_SHARE, none))
                    .as("nothing to compare, and nobody set a limit: " + none)
                    .isEmpty();
        }
        before = Optional.of(new RunComparison(6, 0, 0, 0, NONE, 1));
        assertThat(checks(MAX_CHANGED_SHARE, Thresholds.failing(0.1)))
                .as("after a run without examples")
                .isEmpty();
    }

    @Test
    void tooManyVanishedExamplesFail() {
        assertThat(checks(MAX_VANISHED_SHARE, Thresholds.failing(0.5)))
                .as("a first run")
                .isEmpty();
        before = Optional.of(new RunComparison(6, 200, 100, 0, NONE, 1));
        assertThat(check(MAX_VANISHED_SHARE, Thresholds.failing(0.5)).severity())
                .isEqualTo(Severity.INFO);
        before = Optional.of(new RunComparison(6, 200, 99, 0, NONE, 1));
        assertThat(check(MAX_VANISHED_SHARE, Thresholds.failing(0.5)))
                .isEqualTo(Finding.of(
                        FindingCode.VANISHED_SHARE,
                        Severity.FAIL,
                        "101 of 200 examples of run 6 are gone (50.50 %), checks.max-vanished-share is 0.5; check whether"
                                + " the queries return everything, and whether ids have another format; if it is"
                                + " right, run once with a wider limit, or set 1 where the queries look at a moving"
                                + " window.",
                        0.505,
                        0.5));
        before = Optional.of(new RunComparison(6, 1, 0, 0, NONE, 1));
        assertThat(check(MAX_VANISHED_SHARE, Thresholds.failing(0.99)).message())
                .startsWith("1 of 1 example of run 6 is gone (100.00 %)");
        assertThat(check(MAX_VANISHED_SHARE, Thresholds.failing(1)).severity())
                .as("1 turns it off")
                .isEqualTo(Severity.INFO);
        before = Optional.of(new RunComparison(6, 0, 0, 0, NONE, 1));
        assertThat(checks(MAX_VANISHED_SHARE, Thresholds.failing(0))).isEmpty();
    }

    @Test
    void tooGreatALossOfQualityFails() {
        figures.meanQuality = 0.75;
        assertThat(check(MAX_QUALITY_DROP, Thresholds.failing(0.1)).code())
                .as("a first run")
                .isEqualTo("MEAN_QUALITY");
        before = Optional.of(new RunComparison(6, 200, 180, 18, 0.875, 1));
        assertThat(check(MAX_QUALITY_DROP, Thresholds.failing(0.125)).severity())
                .isEqualTo(Severity.INFO);
        assertThat(check(MAX_QUALITY_DROP, new Thresholds(0.05, 0.1)))
                .isEqualTo(Finding.of(
                        FindingCode.QUALITY_DROP,
                        Severity.FAIL,
                        "The mean quality of the consensus labels is 0.750 after 0.875 in run 6,"
                                + " checks.max-quality-drop is 0.1; find out what changed in the input or the settings:"
                                + " a different score or method has a different mean; if it is right, run once with a wider limit.",
                        0.125,
                        0.1));
        before = Optional.of(new RunComparison(6, 200, 180, 18, 0.5, 1));
        assertThat(check(MAX_QUALITY_DROP, Thresholds.failing(0)).observed()).isEqualTo(-0.25);
        before = Optional.of(new RunComparison(6, 200, 180, 18, NONE, 1));
        assertThat(check(MAX_QUALITY_DROP, Thresholds.failing(0)).code()).isEqualTo("MEAN_QUALITY");
    }

    @Test
    void rowCountsThatDifferFail() {
        assertThat(RunChecks.rowCounts(List.of(), 8))
                .isEqualTo(Finding.of(
                        FindingCode.ROW_COUNTS,
                        Severity.INFO,
                        "All 8 tables hold as many rows as were computed.",
                        0,
                        0));
        assertThat(RunChecks.rowCounts(List.of("One differs.", "Another too."), 8))
                .isEqualTo(Finding.of(FindingCode.ROW_COUNTS, Severity.FAIL, "One differs. Another too.", 2, 0));
    }
}
