package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.InputKind;
import dev.crowdlab.dataset.RejectedRows;
import dev.crowdlab.dataset.RejectedRows.Count;
import dev.crowdlab.dataset.RejectionReason;
import dev.crowdlab.engine.GoldStatistics;
import dev.crowdlab.engine.gold.GoldAccuracy;
import java.util.Comparator;
import java.util.Optional;

/**
 * The metrics of a run's gold.
 *
 * @param isConfigured whether the dataset has a query for gold
 * @param isFixed whether the consensus of its examples was fixed to gold
 * @param exampleCount number of examples with a usable gold label
 * @param rejectedCount number of gold rows that could not be used
 * @param share how much of it was rejected, not counting gold of examples that were not annotated
 * @param cause the most frequent reason with a value; empty if nothing was rejected
 * @param consensus how often the published consensus equals gold; of no examples if it was fixed to gold
 */
public record GoldMetrics(
        boolean isConfigured,
        boolean isFixed,
        long exampleCount,
        long rejectedCount,
        InputShare share,
        String cause,
        Accuracy consensus) {

    /**
     * How often labels equal gold.
     *
     * @param rightCount how many do
     * @param count how many there are
     * @param share of those that do, in [0, 1]; NaN if there are none
     * @param lower end of its 90 % interval
     * @param upper end of it
     */
    public record Accuracy(long rightCount, long count, double share, double lower, double upper) {

        static Accuracy of(GoldAccuracy found) {
            return new Accuracy(
                    found.rightCount(),
                    found.count(),
                    found.share(),
                    found.interval().lower(),
                    found.interval().upper());
        }
    }

    /** The metrics of a dataset without gold. */
    public static final GoldMetrics NONE =
            new GoldMetrics(false, false, 0, 0, InputShare.ofGold(0, 0), "", Accuracy.of(new GoldAccuracy(0, 0)));

    private static InputShare share(DatasetTotals totals) {
        RejectedRows rejected = totals.rejected();
        long notAnnotated = rejected.count(InputKind.GOLD, RejectionReason.NOT_ANNOTATED);
        long all = rejected.counts().stream()
                .filter(count -> count.source() == InputKind.GOLD)
                .mapToLong(Count::rowCount)
                .sum();
        return InputShare.ofGold(totals.counts().goldRows() - notAnnotated, all - notAnnotated);
    }

    private static String cause(RejectedRows rejected) {
        return rejected.counts().stream()
                .filter(count -> count.source() == InputKind.GOLD)
                .max(Comparator.comparing((Count count) -> count.reason() != RejectionReason.NOT_ANNOTATED)
                        .thenComparing(Count::rowCount))
                .map(most -> most.reason() + " " + most.rowCount()
                        + rejected.first(InputKind.GOLD, most.reason())
                                .map(row -> " (" + row.detail() + ", such as of '" + row.exampleId() + "')")
                                .orElse(""))
                .orElse("");
    }

    /**
     * The metrics of a run.
     *
     * @param statistics empty if there is no gold, or nothing was analyzed
     */
    static GoldMetrics of(DatasetTotals totals, Optional<GoldStatistics> statistics) {
        return new GoldMetrics(
                totals.hasGold(),
                statistics.map(GoldStatistics::isFixed).orElse(false),
                totals.goldCount(),
                totals.rejected().counts().stream()
                        .filter(count -> count.source() == InputKind.GOLD)
                        .mapToLong(Count::rowCount)
                        .sum(),
                share(totals),
                cause(totals.rejected()),
                statistics.map(found -> Accuracy.of(found.consensus(0))).orElse(NONE.consensus));
    }
}
