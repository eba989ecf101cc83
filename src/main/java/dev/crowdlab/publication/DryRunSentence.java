package dev.crowdlab.publication;

import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.results.LabelChangePreview;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, as found by a dry run.
 *
 * @param isUnchanged whether it would be skipped
 * @param becomesCurrent whether the dashboards would show it if its checks pass
 * @param difference what it would change about the published labels; empty if nothing is published
 * @param findings what its checks would find
 * @param exampleCount its examples
 */
public record DryRunSentence(
        boolean isUnchanged,
        boolean becomesCurrent,
        Optional<LabelChangePreview> difference,
        List<Finding> findings,
        long exampleCount) {

    /** Lists are copied. */
    public DryRunSentence {
        findings = List.copyOf(findings);
    }

    /** Whether a check would keep the run back. */
    public boolean isRefused() {
        return RunChecks.isRefused(findings);
    }

    /** One sentence or two, beginning with a small letter. */
    public String text() {
        if (isUnchanged) {
            return "a run would find nothing new" + (isRefused() ? ", and be refused." : ".");
        }
        String fate = isRefused()
                ? "a run would be refused"
                : becomesCurrent ? "a run would be published" : "a run would only be recorded in the history";
        return fate + difference.map(found -> "; " + changes(found)).orElse(", the first of this dataset.");
    }

    private String changes(LabelChangePreview found) {
        String counts = ChangeSentence.ofDryRun(found, exampleCount);
        return found.samples().isEmpty() ? counts : counts + " First: " + String.join(", ", found.samples()) + ".";
    }
}
