package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
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
                    Acknowledgement known = FindingCode.named(finding.code())
                            .map(checks.acknowledged()::get)
                            .orElse(null);
                    return known == null || finding.severity() != Severity.WARN
                            ? finding
                            : apply(known, today, finding);
                })
                .toList();
    }

    private static Finding apply(Acknowledgement known, LocalDate today, Finding finding) {
        boolean isOver = today.isAfter(known.until());
        Wording words = finding.wording()
                .text(
                        isOver
                                ? " It was acknowledged until " + known.until() + ", which has passed: "
                                : " Acknowledged until " + known.until() + ": ")
                .reason(known.reason());
        return finding.with(isOver ? Severity.WARN : Severity.INFO, words);
    }
}
