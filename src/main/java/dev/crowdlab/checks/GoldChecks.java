package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.run.GoldMetrics;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports how the published consensus compares with gold, and which gold could not be used. */
final class GoldChecks {

    private static final String CODE = "GOLD_ACCURACY";

    private GoldChecks() {}

    /** Returns the findings about a run; none if the dataset has no gold. */
    static List<Finding> of(RunDescriptor run, GoldMetrics gold, RunTables tables) {
        List<Finding> findings = new ArrayList<>();
        if (gold.isConfigured()) {
            findings.add(accuracy(run.settings(), gold, tables));
        }
        if (gold.rejectedCount() > 0) {
            findings.add(new Finding(
                    "GOLD_REJECTED",
                    gold.exampleCount() > 0 ? Severity.INFO : Severity.WARN,
                    Plural.of(gold.rejectedCount(), "gold row", "gold rows")
                            + " could not be used; "
                            + tables.haveRejected(
                                    Plural.word(gold.rejectedCount(), "it with the reason", "them with the reasons"))
                            + ". max-rejected-share does not count "
                            + Plural.word(gold.rejectedCount(), "it.", "them."),
                    gold.rejectedCount(),
                    Double.NaN));
        }
        return findings;
    }

    private static Finding accuracy(DatasetSettings settings, GoldMetrics gold, RunTables tables) {
        CheckSettings checks = settings.checks();
        if (gold.exampleCount() == 0) {
            return nothing(settings, gold, tables);
        }
        if (gold.isFixed()) {
            return new Finding(
                    CODE,
                    Severity.INFO,
                    Plural.of(gold.exampleCount(), "example has its", "examples have their")
                            + " gold label as consensus (use-gold), so the accuracy of the consensus is not measured; that of"
                            + " the annotators is.",
                    Double.NaN,
                    Double.NaN);
        }
        double share = gold.consensus().share();
        Optional<Finding> limited = new ThresholdCheck(checks)
                .of(
                        CheckedMetric.MIN_GOLD_ACCURACY,
                        CODE,
                        share,
                        sentence(gold),
                        "look at the labels that differ, and at the annotators; if gold is wrong, correct it");
        return limited.orElseGet(() -> new Finding(CODE, Severity.INFO, sentence(gold) + ".", share, Double.NaN));
    }

    private static Finding nothing(DatasetSettings settings, GoldMetrics gold, RunTables tables) {
        boolean isLimited =
                !settings.checks().of(CheckedMetric.MIN_GOLD_ACCURACY).isNone();
        boolean isExpected = isLimited
                || gold.isFixed()
                || gold.rejectedCount() > 0
                || settings.gold() == null
                || settings.gold().isExpected();
        String hint = !isExpected
                ? "; no annotation is marked as ground truth."
                : gold.rejectedCount() > 0
                        ? "; " + tables.lookForRejected("the reasons") + "."
                        : "; gold has no row, check its query or table.";
        return new Finding(
                CODE,
                isExpected ? Severity.WARN : Severity.INFO,
                "No analyzed example has a usable gold label"
                        + (isLimited ? ", so checks.min-gold-accuracy has nothing to compare" : "")
                        + hint,
                Double.NaN,
                Double.NaN);
    }

    private static String sentence(GoldMetrics gold) {
        return String.format(
                Locale.ROOT,
                "%d of %s %s the published label (%.2f %%, 90 %% interval from %.2f to %.2f %%)",
                gold.consensus().rightCount(),
                Plural.of(gold.consensus().count(), "gold label", "gold labels"),
                Plural.word(gold.consensus().rightCount(), "equals", "equal"),
                100 * gold.consensus().share(),
                100 * gold.consensus().lower(),
                100 * gold.consensus().upper());
    }
}
