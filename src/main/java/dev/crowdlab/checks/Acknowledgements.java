package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.settings.Acknowledgement;
import dev.crowdlab.settings.CheckSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Turns warnings that are known into information, with the reason. What refuses a run refuses it nevertheless. */
public final class Acknowledgements {

    private Acknowledgements() {}

    /**
     * The same findings in the same order, those that are acknowledged as information.
     *
     * @param now the day on which they are looked at
     */
    public static List<Finding> apply(CheckSettings checks, Instant now, List<Finding> findings) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return findings.stream()
                .map(finding -> {
                    Acknowledgement known = checks.acknowledged().get(finding.code());
                    return known == null || finding.severity() != Severity.WARN
                            ? finding
                            : apply(known, today, finding);
                })
                .toList();
    }

    private static Finding apply(Acknowledgement known, LocalDate today, Finding finding) {
        boolean isOver = today.isAfter(known.until());
        String message = finding.message()
                + (isOver
                        ? " It was acknowledged until " + known.until() + ", which has passed: " + known.reason()
                        : " Acknowledged until " + known.until() + ": " + known.reason());
        return new Finding(
                finding.code(),
                isOver ? Severity.WARN : Severity.INFO,
                message,
                finding.observed(),
                finding.threshold());
    }
}
