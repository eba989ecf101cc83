package dev.crowdlab.run;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.run.RunDetails.Json;

/**
 * A finding, for programs.
 *
 * @param wording the parts of the message
 */
public record FindingDetails(
        String code, Severity severity, String message, double observed, double threshold, Json wording) {

    public static FindingDetails of(Finding finding) {
        return new FindingDetails(
                finding.code(),
                finding.severity(),
                finding.message(),
                finding.observed(),
                finding.threshold(),
                new Json(finding.wording().json()));
    }
}
