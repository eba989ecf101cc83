package dev.crowdlab.publication;

import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.text.Plural;

/** How many labels changed against the published run, and how many examples came and went. */
public final class ChangeSentence {

    private ChangeSentence() {}

    /** Of a run that was published, beginning with a small letter. */
    public static String ofPublished(RunComparison found, long exampleCount) {
        long added = exampleCount - found.commonCount();
        long gone = found.previousCount() - found.commonCount();
        return common(found.commonCount(), found.previousRunId()) + found.changedCount() + " changed; "
                + Plural.of(added, "example is", "examples are") + " new and " + gone + " gone.";
    }

    /** Of a run that was refused. */
    public static String ofRefused(RunComparison found, long exampleCount) {
        return wouldChange(
                found.previousRunId(), found.commonCount(), found.changedCount(), exampleCount, found.previousCount());
    }

    static String ofDryRun(LabelChangePreview found, long exampleCount) {
        return wouldChange(
                found.previousRunId(), found.commonCount(), found.changedCount(), exampleCount, found.previousCount());
    }

    private static String wouldChange(
            long previousRunId, long commonCount, long changedCount, long exampleCount, long previousCount) {
        return common(commonCount, previousRunId) + changedCount + " would change; "
                + Plural.of(exampleCount - commonCount, "example", "examples") + " would be new and "
                + (previousCount - commonCount) + " gone.";
    }

    private static String common(long commonCount, long previousRunId) {
        return "of the " + Plural.of(commonCount, "label", "labels") + " that run " + previousRunId
                + " published too, ";
    }
}
