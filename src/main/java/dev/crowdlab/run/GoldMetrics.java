package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.GoldStatistics;
import dev.crowdlab.engine.gold.GoldAccuracy;
import java.util.List;
import java.util.Optional;

/**
 * The metrics of a run's gold.
 *
 * @param isConfigured whether the dataset has a query for gold
 * @param isFixed whether the consensus of its examples was fixed to gold, and nothing is known of it from before
 * @param exampleCount number of examples with a usable gold label
 * @param rows how many rows of gold there were, and why some could not be used
 * @param consensus how often the published consensus equals gold, or that from before where gold decides; of no examples if {@code
 *     isFixed}; where gold changed the labels or also measured those of machines alone, how often it does in cross-validation
 * @param correction what gold made of the consensus; empty unless it was to correct it
 */
public record GoldMetrics(
        boolean isConfigured,
        boolean isFixed,
        long exampleCount,
        InputShare rows,
        Accuracy consensus,
        Optional<CorrectionMetrics> correction) {

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
    public static final GoldMetrics NONE = new GoldMetrics(
            false, false, 0, InputShare.ofGold(0, List.of()), Accuracy.of(new GoldAccuracy(0, 0)), Optional.empty());

    /** Number of gold rows that could not be used. */
    public long rejectedCount() {
        return rows.rejectedCount();
    }

    /** How much was rejected, not counting gold of examples that were not annotated. */
    public InputShare share() {
        return rows.without(RejectionReason.NOT_ANNOTATED);
    }

    /**
     * The metrics of a run.
     *
     * @param estimates empty if nothing was analyzed
     */
    static GoldMetrics of(DatasetTotals totals, Optional<Estimates> estimates) {
        Optional<GoldStatistics> statistics = estimates.flatMap(Estimates::gold);
        Optional<CorrectionMetrics> correction =
                estimates.flatMap(Estimates::correction).map(CorrectionMetrics::of);
        return new GoldMetrics(
                totals.hasGold(),
                statistics.map(GoldStatistics::isFixed).orElse(false),
                Math.max(
                        totals.goldCount(),
                        correction.map(found -> found.accuracy().count()).orElse(0L)),
                new InputShares(totals).gold(),
                correction
                        .filter(found -> found.isChanged() || found.accuracy().count() > totals.goldCount())
                        .map(CorrectionMetrics::accuracy)
                        .filter(accuracy -> !Double.isNaN(accuracy.share()))
                        .or(() -> statistics.map(found -> Accuracy.of(found.consensus(0))))
                        .orElse(NONE.consensus),
                correction);
    }
}
