package dev.crowdlab.checks;

import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.ShareMetrics;
import dev.crowdlab.run.ShareMetrics.Off;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports whether counts of labels can be quoted, as far as gold shows it. */
final class ShareFindings {

    private static final int NAMED = 5;

    private ShareFindings() {}

    static List<Finding> of(ShareMetrics shares) {
        FindingList found = new FindingList();
        if (shares.isNotRandom()) {
            found.add(
                    FindingCode.GOLD_NOT_RANDOM,
                    Severity.WARN,
                    notRandom(shares),
                    shares.distance(),
                    ShareEstimates.MAX_DISTANCE);
        }
        if (!shares.off().isEmpty()) {
            found.add(
                    FindingCode.SHARES_OFF,
                    Severity.WARN,
                    off(shares.off(), shares.goldCount()),
                    shares.off().get(0).difference(),
                    Double.NaN);
        }
        return found.findings();
    }

    private static Wording notRandom(ShareMetrics shares) {
        return Wording.of(Plural.of(shares.goldCount(), "example with gold was", "examples with gold were")
                        + " not drawn at random:")
                .text(String.format(
                        Locale.ROOT,
                        " their mean quality is %.1f standard errors from that of all examples, so that no share of a class"
                                + " is corrected; ask for gold as the command sample draws it, and set sample-seed.",
                        shares.distance()));
    }

    private static Wording off(List<Off> classes, long goldCount) {
        return Wording.of("The counted "
                        + Plural.word(
                                classes.size(), "share of 1 class is", "shares of " + classes.size() + " classes are")
                        + " off, as " + goldCount + " gold labels show:")
                .text(" "
                        + classes.stream()
                                .limit(NAMED)
                                .map(ShareFindings::named)
                                .collect(Collectors.joining("; "))
                        + (classes.size() > NAMED ? "; …" : "")
                        + ". Quote the corrected "
                        + Plural.word(classes.size(), "share", "shares"))
                .lookup(", in class_share")
                .text(".");
    }

    private static String named(Off share) {
        return String.format(
                Locale.ROOT,
                "'%s' has %.1f %% of the labels, but corrected by gold %.1f %% (90 %% interval from %.1f to %.1f %%)",
                share.label(),
                100 * share.counted(),
                100 * share.corrected(),
                100 * share.lower(),
                100 * share.upper());
    }
}
