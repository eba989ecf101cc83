package dev.crowdlab.results;

import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.results.copy.BinaryCopyWriter;

/**
 * The columns that compare labels with gold, the same in several tables: gold_accuracy, gold_lower, gold_upper and
 * num_gold.
 */
final class GoldColumns {

    private GoldColumns() {}

    static void write(GoldAccuracy accuracy, BinaryCopyWriter target) {
        target.numberOrNull(accuracy.share());
        target.numberOrNull(accuracy.interval().lower());
        target.numberOrNull(accuracy.interval().upper());
        target.bigint(accuracy.count());
    }
}
