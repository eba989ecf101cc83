package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.InputKind;
import dev.crowdlab.dataset.RejectedRows.Count;
import dev.crowdlab.engine.GoldAccuracy;
import dev.crowdlab.engine.GoldStatistics;
import java.util.Optional;

/**
 * The metrics of a run's gold.
 *
 * @param isConfigured whether the dataset has a query for gold
 * @param isFixed whether the consensus of its examples was fixed to gold
 * @param exampleCount number of examples with a usable gold label
 * @param rejectedCount number of gold rows that could not be used
 * @param consensus how often the published consensus equals gold; of no examples if it was fixed to gold
 */
public record GoldMetrics(
        boolean isConfigured, boolean isFixed, long exampleCount, long rejectedCount, Accuracy consensus) {

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
    public static final GoldMetrics NONE = new GoldMetrics(false, false, 0, 0, Accuracy.of(new GoldAccuracy(0, 0)));

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
                statistics.map(found -> Accuracy.of(found.consensus(0))).orElse(NONE.consensus));
    }
}
