package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.settings.Acknowledgement;
import dev.crowdlab.settings.CheckSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private static final CheckSettings KNOWN = new CheckSettings(
            Map.of(),
            Map.of(FindingCode.CLASS_ORDER, new Acknowledgement(LocalDate.parse("2027-01-01"), "the model is new")));

    private static final Finding WARNING = Finding.of(FindingCode.CLASS_ORDER, Severity.WARN, "Look at it.", 3, 2);
    private static final Finding OTHER = Finding.of(FindingCode.NO_AGREEMENT, Severity.WARN, "Look at that.", 1, 0);

    private static List<Finding> at(String moment, Finding... findings) {
        return SampleMetrics.inOnePiece(Acknowledgements.apply(KNOWN, Instant.parse(moment), List.of(findings)));
    }

    @Test
    void aKnownWarningIsInformationUntilItsDayIsOver() {
        Finding known = Finding.of(
                FindingCode.CLASS_ORDER,
                Severity.INFO,
                "Look at it. Acknowledged until 2027-01-01: the model is new",
                3,
                2);
        assertThat(at("2026-11-01T00:00:00Z", OTHER, WARNING)).containsExactly(OTHER, known);
        assertThat(at("2027-01-01T23:59:59Z", WARNING)).containsExactly(known);
        assertThat(at("2027-01-02T00:00:00Z", WARNING))
                .containsExactly(Finding.of(
                        FindingCode.CLASS_ORDER,
                        Severity.WARN,
                        "Look at it. It was acknowledged until 2027-01-01, which has passed: the model is new",
                        3,
                        2));
    }

    @Test
    void whatRefusesARunOrOnlyInformsStaysAsItIs() {
        Finding refusal = Finding.of(FindingCode.CLASS_ORDER, Severity.FAIL, "No.", 3, 2);
        Finding information = Finding.of(FindingCode.CLASS_ORDER, Severity.INFO, "Yes.", 1, 2);
        assertThat(at("2026-11-01T00:00:00Z", refusal, information)).containsExactly(refusal, information);
    }
}
