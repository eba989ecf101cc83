package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.audit.RunCheck.Severity;
import dev.crowdlab.audit.RunFigures.Estimates;
import dev.crowdlab.settings.CheckSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunChecksTest {

    private static final double NONE = Double.NaN;
    private static final Estimates FINE = new Estimates(0.9, 0.9, 0, 0, 0, false);

    private long rowsRead = 1_000;
    private long exampleCount = 200;
    private long annotatorCount = 20;
    private long modelCount = 1;
    private long rejectedCount;
    private long renormalizedCount;
    private long uniformCount;
    private Estimates estimates = FINE;

    private List<RunCheck> checks(CheckSettings settings) {
        return RunChecks.of(
                new RunFigures(
                        rowsRead,
                        exampleCount,
                        600,
                        annotatorCount,
                        3,
                        modelCount,
                        0,
                        0,
                        rejectedCount,
                        renormalizedCount,
                        uniformCount,
                        estimates),
                settings);
    }

    private List<RunCheck> checks() {
        return checks(CheckSettings.DEFAULT);
    }

    /** The findings beyond the two that every run has. */
    private List<RunCheck> remarks() {
        List<RunCheck> checks = checks();
        assertThat(checks.subList(0, 2)).extracting(RunCheck::code).containsExactly("MIN_EXAMPLES", "REJECTED_SHARE");
        return checks.subList(2, checks.size());
    }

    @Test
    void aGoodRunHasTwoFindingsForTheRecord() {
        rejectedCount = 50;
        assertThat(checks())
                .containsExactly(
                        new RunCheck(
                                "MIN_EXAMPLES",
                                Severity.INFO,
                                "200 examples were analysed, checks.min-examples is 1.",
                                200,
                                1),
                        new RunCheck(
                                "REJECTED_SHARE",
                                Severity.INFO,
                                "50 of 1000 rows read were refused (5.00 %), checks.max-rejected-share is 0.05.",
                                0.05,
                                0.05));
    }

    @Test
    void tooManyRefusedRowsFail() {
        rejectedCount = 51;
        assertThat(checks())
                .contains(new RunCheck(
                        "REJECTED_SHARE",
                        Severity.FAIL,
                        "51 of 1000 rows read were refused (5.10 %), checks.max-rejected-share is 0.05; look at"
                                + " rejected_row for the reasons, mend the rows or raise the limit.",
                        0.051,
                        0.05));
    }

    @Test
    void noRowsAreNoShare() {
        rowsRead = 0;
        exampleCount = 0;
        assertThat(checks(new CheckSettings(0, 0)))
                .extracting(RunCheck::severity)
                .containsExactly(Severity.INFO, Severity.INFO);
    }

    @Test
    void tooFewExamplesFail() {
        assertThat(checks(new CheckSettings(0.05, 200)).get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(checks(new CheckSettings(0.05, 201)))
                .contains(new RunCheck(
                        "MIN_EXAMPLES",
                        Severity.FAIL,
                        "200 examples were analysed, checks.min-examples is 201; look at rejected_row for what was"
                                + " refused.",
                        200,
                        201));
    }

    @Test
    void missingPredictionsAreAWarning() {
        modelCount = 0;
        assertThat(remarks())
                .containsExactly(new RunCheck(
                        "NO_PREDICTIONS",
                        Severity.WARN,
                        "There are no predictions; the consensus rests on the annotators alone.",
                        NONE,
                        NONE));
    }

    @Test
    void mendedPredictionsAreMentioned() {
        renormalizedCount = 4;
        uniformCount = 3;
        assertThat(remarks())
                .containsExactly(
                        new RunCheck(
                                "RENORMALIZED_PREDICTIONS",
                                Severity.INFO,
                                "4 predictions did not sum to 1 and were divided by their sum.",
                                4,
                                NONE),
                        new RunCheck(
                                "UNIFORM_PREDICTIONS",
                                Severity.WARN,
                                "3 examples have no usable prediction; every class was taken to be equally likely.",
                                3,
                                NONE));
    }

    @Test
    void singleAnnotationsAreAWarning() {
        estimates = new Estimates(NONE, 0.9, 0, 0, 0, true);
        assertThat(remarks())
                .containsExactly(new RunCheck(
                        "SINGLE_ANNOTATION_ONLY",
                        Severity.WARN,
                        "Every example has one annotation; quality is what the predictions say of it.",
                        NONE,
                        NONE));
        exampleCount = 0;
        assertThat(remarks()).isEmpty();
    }

    @Test
    void annotatorsAtTheFloorAreAWarningFromNineInTenOn() {
        estimates = new Estimates(0.9, 0.9, 0, 17, 0, false);
        assertThat(remarks()).isEmpty();
        estimates = new Estimates(0.9, 0.9, 0, 18, 0, false);
        assertThat(remarks())
                .containsExactly(new RunCheck(
                        "ANNOTATORS_AT_FLOOR",
                        Severity.WARN,
                        "18 of 20 annotators agree no better than always giving the most frequent class; their weight is"
                                + " at its least and the consensus follows the model. Compare with majority_vote.",
                        0.9,
                        0.9));
        modelCount = 0;
        assertThat(remarks()).extracting(RunCheck::code).containsExactly("NO_PREDICTIONS");
        modelCount = 1;
        annotatorCount = 0;
        estimates = FINE;
        assertThat(remarks()).isEmpty();
    }

    @Test
    void annotatorsWithoutOverlapAreMentioned() {
        estimates = new Estimates(0.9, 0.9, 0, 0, 2, false);
        assertThat(remarks())
                .containsExactly(new RunCheck(
                        "ANNOTATORS_WITHOUT_OVERLAP",
                        Severity.INFO,
                        "2 annotators share no example with anybody; their agreement is the mean of the others'.",
                        2,
                        NONE));
    }

    @Test
    void rowCountsThatDifferFail() {
        assertThat(RunChecks.rowCounts(List.of(), 8))
                .isEqualTo(new RunCheck(
                        "ROW_COUNTS", Severity.INFO, "All 8 tables hold as many rows as were computed.", 0, 0));
        assertThat(RunChecks.rowCounts(List.of("One differs.", "Another too."), 8))
                .isEqualTo(new RunCheck("ROW_COUNTS", Severity.FAIL, "One differs. Another too.", 2, 0));
    }
}
