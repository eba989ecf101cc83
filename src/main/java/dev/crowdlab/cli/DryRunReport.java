package dev.crowdlab.cli;

import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.text.Plural;

/** Reports what a run would do, as found by a dry run. */
final class DryRunReport {

    private DryRunReport() {}

    static String sentence(DryRun dry, RunOutcome outcome) {
        boolean isRefused = RunChecks.isRefused(outcome.checks());
        if (dry.isUnchanged()) {
            return "a run would find nothing new" + (isRefused ? ", and be refused." : ".");
        }
        String fate = isRefused
                ? "a run would be refused"
                : dry.becomesCurrent() ? "a run would be published" : "a run would only be recorded in the history";
        long exampleCount = outcome.figures().map(RunMetrics::exampleCount).orElse(0L);
        return fate
                + dry.difference()
                        .map(difference -> "; " + changes(difference, exampleCount))
                        .orElse(", the first of this dataset.");
    }

    private static String changes(LabelChangePreview difference, long exampleCount) {
        String counts = "of the " + Plural.of(difference.commonCount(), "label", "labels") + " that run "
                + difference.previousRunId() + " published too, " + difference.changedCount() + " would change; "
                + Plural.of(exampleCount - difference.commonCount(), "example", "examples") + " would be new and "
                + (difference.previousCount() - difference.commonCount()) + " gone.";
        return difference.samples().isEmpty()
                ? counts
                : counts + " First: " + String.join(", ", difference.samples()) + ".";
    }
}
