package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.audit.RunCheck.Severity;
import dev.crowdlab.settings.CheckSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunChecksTest {

    private final SampleFigures figures = new SampleFigures();

    private List<RunCheck> checks(CheckSettings settings) {
        return RunChecks.of(figures.build(), settings);
    }

    private List<RunCheck> checks() {
        return checks(CheckSettings.DEFAULT);
    }

    @Test
    void aGoodRunHasTwoFindingsForTheRecord() {
        figures.rejectedCount = 50;
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
        figures.rejectedCount = 51;
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
        figures.rowsRead = 0;
        figures.exampleCount = 0;
        figures.overlapCount = 0;
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
    void rowCountsThatDifferFail() {
        assertThat(RunChecks.rowCounts(List.of(), 8))
                .isEqualTo(new RunCheck(
                        "ROW_COUNTS", Severity.INFO, "All 8 tables hold as many rows as were computed.", 0, 0));
        assertThat(RunChecks.rowCounts(List.of("One differs.", "Another too."), 8))
                .isEqualTo(new RunCheck("ROW_COUNTS", Severity.FAIL, "One differs. Another too.", 2, 0));
    }
}
