package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.settings.Acknowledgement;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.FindingCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private static final CheckSettings KNOWN = new CheckSettings(
            Map.of(), Map.of("CLASS_ORDER", new Acknowledgement(LocalDate.parse("2027-01-01"), "the model is new")));

    private static final Finding WARNING = new Finding("CLASS_ORDER", Severity.WARN, "Look at it.", 3, 2);
    private static final Finding OTHER = new Finding("NO_AGREEMENT", Severity.WARN, "Look at that.", 1, 0);

    private static List<Finding> at(String moment, Finding... findings) {
        return Acknowledgements.apply(KNOWN, Instant.parse(moment), List.of(findings));
    }

    @Test
    void aKnownWarningIsInformationUntilItsDayIsOver() {
        Finding known = new Finding(
                "CLASS_ORDER", Severity.INFO, "Look at it. Acknowledged until 2027-01-01: the model is new", 3, 2);
        assertThat(at("2026-11-01T00:00:00Z", OTHER, WARNING)).containsExactly(OTHER, known);
        assertThat(at("2027-01-01T23:59:59Z", WARNING)).containsExactly(known);
        assertThat(at("2027-01-02T00:00:00Z", WARNING))
                .containsExactly(new Finding(
                        "CLASS_ORDER",
                        Severity.WARN,
                        "Look at it. It was acknowledged until 2027-01-01, which has passed: the model is new",
                        3,
                        2));
    }

    @Test
    void whatRefusesARunOrOnlyInformsStaysAsItIs() {
        Finding refusal = new Finding("CLASS_ORDER", Severity.FAIL, "No.", 3, 2);
        Finding information = new Finding("CLASS_ORDER", Severity.INFO, "Yes.", 1, 2);
        assertThat(at("2026-11-01T00:00:00Z", refusal, information)).containsExactly(refusal, information);
    }

    /** A code that a check makes and settings do not know could not be acknowledged. */
    @Test
    void settingsKnowTheCodesOfAllChecks() throws IOException {
        Pattern code = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+)\"");
        Set<String> made = new TreeSet<>();
        for (String place : List.of("checks", "retention", "run/Finding.java")) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/crowdlab", place))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    code.matcher(Files.readString(file)).results().forEach(found -> made.add(found.group(1)));
                }
            }
        }
        assertThat(FindingCodes.all())
                .as("add what is missing to FindingCodes")
                .containsExactlyInAnyOrderElementsOf(made);
    }
}
