package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.GoldMetrics.Accuracy;
import dev.crowdlab.run.StopMetrics;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;

/** Reports where the settings of stop cannot keep what they promise. */
final class StopFindings {

    private StopFindings() {}

    static List<Finding> of(StopMetrics stop, long goldCount) {
        FindingList found = new FindingList();
        if (stop.needsGold()) {
            found.add(
                    FindingCode.STOP_NEEDS_GOLD,
                    Severity.WARN,
                    needsGold(stop.isTarget(), goldCount),
                    (double) goldCount,
                    Double.NaN);
        }
        if (stop.isBelowTarget()) {
            found.add(
                    FindingCode.DONE_BELOW_TARGET,
                    Severity.WARN,
                    belowTarget(stop),
                    stop.done().share(),
                    stop.threshold());
        }
        return found.findings();
    }

    private static Wording needsGold(boolean isTarget, long goldCount) {
        String cause =
                isTarget ? "stop.target-accuracy needs" : "machines share errors, so that the settings of stop need";
        return Wording.of("No example has a state:")
                .text(" " + cause + " 50 gold labels of examples drawn at random, and there "
                        + Plural.word(goldCount, "is ", "are ") + goldCount
                        + "; ask for gold as the command sample draws it, or leave the settings of stop out.");
    }

    private static Wording belowTarget(StopMetrics stop) {
        Accuracy done = stop.done();
        return Wording.of("No example is done:")
                .text(String.format(
                        Locale.ROOT,
                        " of %s with gold that would be, %d %s right (%.1f %%, 90 %% interval from %.1f to %.1f %%),"
                                + " fewer than the %.1f %% that stop asks for; annotators agree on wrong labels there, so look at"
                                + " those before asking for more.",
                        Plural.of(done.count(), "example", "examples"),
                        done.rightCount(),
                        Plural.word(done.rightCount(), "is", "are"),
                        100 * done.share(),
                        100 * done.lower(),
                        100 * done.upper(),
                        100 * stop.threshold()));
    }
}
