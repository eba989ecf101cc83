package dev.crowdlab.checks;

import dev.crowdlab.run.CorrectionMetrics;
import dev.crowdlab.run.GoldMetrics;
import dev.crowdlab.text.Plural;
import java.util.Locale;

/** Says what gold made of the labels. */
final class CorrectionWords {

    private CorrectionWords() {}

    /**
     * Returns a sentence without its end.
     *
     * @param minimum gold labels from which on labels may change
     */
    static String of(CorrectionMetrics found, int minimum) {
        String gold = Plural.of(found.accuracy().count(), "gold label", "gold labels") + ": ";
        if (!found.isMeasured()) {
            return gold + "the labels were kept, and their accuracy is not measured, which takes "
                    + CorrectionMetrics.MIN_GOLD + " gold labels; labels change from " + minimum
                    + " on (gold-minimum)";
        }
        return gold
                + (found.isChanged()
                        ? "the labels were changed, " + (found.wins() - found.losses())
                                + " right more than before in cross-validation (" + counts(found) + ")"
                        : "the labels were kept, " + reason(found, minimum))
                + accuracy(found.accuracy());
    }

    private static String reason(CorrectionMetrics found, int minimum) {
        if (found.isTried()) {
            return "since a correction does not make them clearly better (" + counts(found) + " in cross-validation)";
        }
        return found.accuracy().count() < minimum
                ? "since they change from " + minimum + " gold labels on (gold-minimum)"
                : "since all gold labels are of one class";
    }

    private static String counts(CorrectionMetrics found) {
        return found.wins() + " better, " + found.losses() + " worse";
    }

    private static String accuracy(GoldMetrics.Accuracy found) {
        return String.format(
                Locale.ROOT,
                "; of those without gold %.2f %% are right (90 %% interval from %.2f to %.2f %%), if gold was drawn at random",
                100 * found.share(),
                100 * found.lower(),
                100 * found.upper());
    }
}
