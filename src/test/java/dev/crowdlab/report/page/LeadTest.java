package dev.crowdlab.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.MachineFigures.Source;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.StandingFigures;
import dev.crowdlab.report.words.Rendered;
import dev.crowdlab.run.RunStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadTest {

    private static final Share UNKNOWN = new Share(Double.NaN, Double.NaN, Double.NaN);

    private final ReportFigures figures = FiguresFixture.figures(40, 5, i -> "a-" + i);

    @Test
    void theLeadCountsWrongLabelsByGold() {
        assertThat(lead(figures))
                .isEqualTo(
                        "About 470 of 2,621 labels are wrong: 82\u202f% of the 240 that were compared with gold are right"
                                + " (90\u202f% interval 78\u202f% to 86\u202f%). 1,017 labels rest on machines alone (People and machines)."
                                + " Single annotators agree on 39\u202f% of pairs (Agreement).");
        assertThat(lead(UNKNOWN, new Share(1, 0.95, 1), 62))
                .startsWith("No label is known to be wrong: all 62 labels that were compared with gold are right;"
                        + " by the 90\u202f% interval at most 130 of 2,621 labels are wrong.");
    }

    @Test
    void withoutEnoughGoldItTellsTheCommitteesEstimate() {
        String start =
                "About 590 of 2,621 labels are wrong, as the method committee estimates: 77\u202f% are right (90\u202f%"
                        + " interval 45\u202f% to 93\u202f%). Gold labels would measure it.";
        Share estimate = new Share(0.774, 0.45, 0.93);
        assertThat(lead(estimate, UNKNOWN, 0)).startsWith(start);
        assertThat(lead(estimate, new Share(0.5, 0.2, 0.8), 19)).startsWith(start);
        assertThat(lead(estimate, new Share(0.5, 0.2, 0.8), 20)).startsWith("About 1,300 of 2,621 labels are wrong:");
    }

    @Test
    void withoutEitherItSaysHowToFindOut() {
        assertThat(lead(UNKNOWN, UNKNOWN, 0))
                .startsWith(
                        "How many labels are wrong is not known. To find out, have 100 examples checked and return their"
                                + " labels in a gold-query, or let the consensus method committee (setting consensus-methods) estimate it.");
        assertThat(lead(UNKNOWN, new Share(1, 0.7, 1), 7))
                .startsWith("How many labels are wrong is not known, since only 7 labels could be compared with gold.");
        assertThat(lead(FiguresFixture.with(figures, ConsensusFigures.NONE)))
                .startsWith("How many labels are wrong is not known.");
    }

    @Test
    void theLeadCountsTheLabelsOfMachinesAlone() {
        MachineFigures machines = new MachineFigures(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new Source("MIXED", 2_321, 0.9), new Source("MACHINES", 300, 0.8)),
                Optional.empty(),
                List.of());
        assertThat(lead(FiguresFixture.with(figures, machines)))
                .contains(" 300 labels rest on machines alone (People and machines). Single annotators agree on ");
        assertThat(lead(FiguresFixture.with(figures, MachineFigures.NONE))).doesNotContain("machines");
    }

    @Test
    void theLeadSaysWhenNothingCanBeSaidOfAgreement() {
        assertThat(agreeing()).endsWith("Statistics of agreement were not stored for this run.");
        assertThat(agreeing(new Statistic("percent_agreement", 0.5, 0.1, 0.9, 1, "")))
                .endsWith("Only 1 example has two or more labels: agreement cannot be measured yet.");
        assertThat(agreeing(new Statistic("percent_agreement", 0.5, 0.1, 0.9, 29, "")))
                .endsWith("Only 29 examples have two or more labels: agreement cannot be measured yet.");
    }

    @Test
    void theLeadSaysWhyNothingWasPublished() {
        Finding reason = Finding.of(
                FindingCode.MIN_EXAMPLES, Severity.FAIL, "There are 3 examples, at least 5 are asked for.", 3, 5);
        assertThat(lead(with(RunStatus.REFUSED, reason)))
                .isEqualTo("Not published. There are 3 examples, at least 5 are asked for.");
        assertThat(lead(with(RunStatus.FAILED, reason)))
                .isEqualTo("The run failed after 1 minute 15 seconds: There are 3 examples, at least 5 are asked for.");
        assertThat(lead(with(RunStatus.SKIPPED))).startsWith("Nothing was new.");
    }

    @Test
    void theStatusTellsWhatBecameOfTheNewestRun() {
        assertThat(standing(FiguresFixture.standing(8, RunStatus.PUBLISHED)))
                .isEqualTo("The newest run started on 23 November 2026, 04:00 UTC and took 1 minute 15 seconds: it was"
                        + " published. In use since 23 November 2026, 04:01 UTC: the result of this run.");
        assertThat(standing(FiguresFixture.standing(9, RunStatus.REFUSED)))
                .isEqualTo(
                        "The newest run, 9, started on 23 November 2026, 04:00 UTC and took 1 minute 15 seconds: it was"
                                + " refused (MIN_EXAMPLES); report --run 9 says why. In use since 23 November 2026, 04:01 UTC: the"
                                + " result of this run.");
        assertThat(standing(FiguresFixture.standing(9, RunStatus.SKIPPED))).contains("it found nothing new. In use");
        assertThat(standing(new StandingFigures(
                        FiguresFixture.standing(8, RunStatus.FAILED).newest(), Optional.empty())))
                .endsWith("it failed. No result is in use.");
        assertThat(standing(StandingFigures.NONE)).isEmpty();
    }

    private String standing(StandingFigures standing) {
        return Rendered.words("standing", FiguresFixture.with(figures, standing));
    }

    private static String lead(ReportFigures of) {
        return Rendered.words("lead", of);
    }

    private String lead(Share estimated, Share gold, long goldCount) {
        Method method = new Method("committee", true, estimated, gold, goldCount, "", 1);
        return lead(
                FiguresFixture.with(figures, new ConsensusFigures(List.of(method), List.of(), List.of(), List.of())));
    }

    private String agreeing(Statistic... statistics) {
        return lead(FiguresFixture.with(figures, new AgreementFigures(List.of(statistics), 0.23, 0.27, true)));
    }

    private ReportFigures with(RunStatus status, Finding... findings) {
        return FiguresFixture.with(
                figures,
                FiguresFixture.run(
                        status, List.of(findings), FiguresFixture.history().subList(0, 2)));
    }
}
