package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.run.AgreementMetrics;
import dev.crowdlab.run.AgreementMetrics.Opposite;
import dev.crowdlab.run.OneClassAnnotator;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementFindingsTest {

    private static List<Finding> findings(double alpha, double ac1, double commonShare) {
        return AgreementFindings.of(
                new AgreementMetrics(alpha, ac1, "no", commonShare, 20, false, List.of(), List.of()), 600);
    }

    @Test
    void measuresFarApartAreExplainedByTheClassThatDominates() {
        assertThat(findings(0.12, 0.88, 0.93)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("AGREEMENT_MEASURES_DIFFER");
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.message())
                    .isEqualTo("Krippendorff's alpha is 0.120 and Gwet's AC1 0.880. 93.0 % of the labels are 'no', so"
                            + " alpha attributes most agreement to chance and AC1 does not; look at the confusion of the other"
                            + " classes.");
            assertThat(finding.threshold()).isEqualTo(0.1);
        });
        assertThat(findings(0.5, 0.65, 0.4)).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("They define chance differently"));
    }

    @Test
    void measuresThatAgreeOrAreUndefinedAreNoFinding() {
        assertThat(findings(0.5, 0.599, 0.9)).isEmpty();
        assertThat(findings(Double.NaN, 1, 1)).isEmpty();
    }

    @Test
    void oppositeAnnotatorsAreNamedFiveAtMost() {
        Opposite opposite = new Opposite("w29", "w70", 0.125, 0.5, 32);
        AgreementMetrics many = new AgreementMetrics(
                0.5,
                0.5,
                "no",
                0.5,
                20,
                false,
                Collections.nCopies(6, new Opposite("w", "v", 0.1, 0.5, 30)),
                List.of());
        assertThat(opposites(opposite)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.message())
                    .isEqualTo(
                            "1 annotator seems to give opposite labels: 'w29' (agrees with 'w70' on 12.5 % of"
                                    + " 32 common examples, where guessing would on 50.0 %); ask what they understand the classes to mean.");
        });
        assertThat(AgreementFindings.of(many, 600)).singleElement().satisfies(finding -> assertThat(finding.message())
                .startsWith("6 annotators seem")
                .contains(", …"));
    }

    private static List<Finding> opposites(Opposite opposite) {
        return AgreementFindings.of(
                new AgreementMetrics(0.5, 0.5, "no", 0.5, 20, false, List.of(opposite), List.of()), 600);
    }

    @Test
    void whoGivesOneClassIsNamedFiveAtMost() {
        OneClassAnnotator one = new OneClassAnnotator("w29", "no", 99, 40, 100);
        assertThat(oneClass(List.of(one))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("ONE_CLASS_ANNOTATORS");
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.observed()).isEqualTo(1);
            assertThat(finding.message())
                    .isEqualTo(
                            "1 annotator gives one class nearly always: 'w29' (\"no\" in 99.0 % of 100 labels, the consensus in"
                                    + " 40.0 %); 16.7 % of all labels are from this annotator. Ask when they"
                                    + " would give another class.");
        });
        assertThat(oneClass(Collections.nCopies(6, one))).singleElement().satisfies(finding -> assertThat(
                        finding.message())
                .startsWith("6 annotators give")
                .contains(", …; 100.0 % of all labels are from them."));
    }

    private static List<Finding> oneClass(List<OneClassAnnotator> annotators) {
        return AgreementFindings.of(new AgreementMetrics(0.5, 0.5, "no", 0.5, 20, false, List.of(), annotators), 600);
    }

    @Test
    void pairsThatWereLeftOutAreToldOf() {
        assertThat(AgreementFindings.of(
                        new AgreementMetrics(0.5, 0.5, "no", 0.5, 200, true, List.of(), List.of()), 600))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("Only the 200 annotators"));
    }
}
