package dev.crowdlab.checks;

import dev.crowdlab.checks.LimitComparison.Advice;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.GoldMetrics;
import dev.crowdlab.run.InputShare;
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

    /** With fewer rejected rows their share says nothing: 1 of 3 must not refuse a night. */
    static final long MIN_REJECTED = 10;

    private static final FindingCode CODE = FindingCode.GOLD_ACCURACY;

    private GoldChecks() {}

    /** Returns the findings about a run; none if the dataset has no gold. */
    static List<Finding> of(RunDescriptor run, GoldMetrics gold, RunTables tables) {
        List<Finding> findings = new ArrayList<>();
        if (gold.isConfigured()) {
            findings.add(accuracy(run.settings(), gold, tables));
        }
        if (gold.rejectedCount() > 0) {
            findings.add(rejected(run.settings().checks(), gold, tables));
        }
        return findings;
    }

    /** Beyond the limit for rejected rows, of which gold has a share of its own, it is as bad as for other rows. */
    private static Finding rejected(CheckSettings checks, GoldMetrics gold, RunTables tables) {
        InputShare share = gold.share();
        Wording count = Wording.of(String.format(
                        Locale.ROOT,
                        "%d of %s could not be used",
                        share.rejectedCount(),
                        Plural.of(share.total(), share.one(), share.many())))
                .text(String.format(Locale.ROOT, " (%.2f %%", 100 * share.share()));
        Wording sentence = CauseWords.add(count, "; ", share.causes()).text(")");
        return Optional.of(share)
                .filter(enough -> enough.rejectedCount() >= MIN_REJECTED)
                .flatMap(enough -> new LimitComparison(checks)
                        .of(
                                CheckedMetric.MAX_REJECTED_SHARE,
                                FindingCode.GOLD_REJECTED,
                                enough.share(),
                                sentence,
                                Advice.of(tables.correctRejected())))
                .filter(limited -> limited.severity() != Severity.INFO)
                .orElseGet(() -> few(gold, tables));
    }

    private static Finding few(GoldMetrics gold, RunTables tables) {
        String them = Plural.word(gold.rejectedCount(), "it with the reason", "them with the reasons");
        return Finding.of(
                FindingCode.GOLD_REJECTED,
                gold.exampleCount() > 0 ? Severity.INFO : Severity.WARN,
                CauseWords.add(
                                Wording.of(Plural.of(gold.rejectedCount(), "gold row", "gold rows")
                                        + " could not be used"),
                                ": ",
                                gold.rows().causes())
                        .text("; " + tables.haveRejected(them) + "."),
                (double) gold.rejectedCount(),
                Double.NaN);
    }

    private static Finding accuracy(DatasetSettings settings, GoldMetrics gold, RunTables tables) {
        CheckSettings checks = settings.checks();
        if (gold.exampleCount() == 0) {
            return nothing(settings, gold, tables);
        }
        if (gold.isFixed()) {
            return Finding.of(
                    CODE,
                    Severity.INFO,
                    Plural.of(gold.exampleCount(), "example has its", "examples have their")
                            + " gold label as consensus (use-gold), which decides before machines are judged, so the accuracy"
                            + " of the consensus is not measured; that of the annotators is.");
        }
        double share = gold.consensus().share();
        Optional<Finding> limited = new LimitComparison(checks)
                .of(CheckedMetric.MIN_GOLD_ACCURACY, CODE, share, Wording.of(sentence(settings, gold)));
        return limited.orElseGet(
                () -> Finding.of(CODE, Severity.INFO, sentence(settings, gold) + ".", share, Double.NaN));
    }

    private static Finding nothing(DatasetSettings settings, GoldMetrics gold, RunTables tables) {
        boolean isLimited =
                !settings.checks().of(CheckedMetric.MIN_GOLD_ACCURACY).isNone();
        boolean isExpected = isLimited
                || gold.rejectedCount() > 0
                || settings.gold() == null
                || settings.gold().isUsed()
                || settings.gold().isExpected();
        String hint = !isExpected
                ? "; no annotation is marked as ground truth."
                : gold.rejectedCount() > 0
                        ? "; " + tables.lookForRejected("the reasons") + "."
                        : "; gold has no row, check its query or table.";
        return Finding.of(
                CODE,
                isExpected ? Severity.WARN : Severity.INFO,
                Wording.of("No analyzed example has a usable gold label")
                        .text((isLimited ? ", so checks.min-gold-accuracy has nothing to compare" : "") + hint));
    }

    private static String sentence(DatasetSettings settings, GoldMetrics gold) {
        if (gold.correction().isPresent() && settings.gold() != null) {
            return CorrectionWords.of(gold.correction().get(), settings.gold().minimum());
        }
        return String.format(
                Locale.ROOT,
                "%d of %s %s the %s (%.2f %%, 90 %% interval from %.2f to %.2f %%)",
                gold.consensus().rightCount(),
                Plural.of(gold.consensus().count(), "gold label", "gold labels"),
                Plural.word(gold.consensus().rightCount(), "equals", "equal"),
                settings.gold() != null && settings.gold().isUsed()
                        ? "label from before gold decided (use-gold)"
                        : "published label",
                100 * gold.consensus().share(),
                100 * gold.consensus().lower(),
                100 * gold.consensus().upper());
    }
}
