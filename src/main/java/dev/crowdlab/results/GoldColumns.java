package dev.crowdlab.results;

import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.results.SummaryColumns.ObjectField;

/** The columns that compare labels with gold, the same in several tables. */
final class GoldColumns {

    private GoldColumns() {}

    static <S> SummaryColumns<S> add(SummaryColumns<S> columns, ObjectField<S, GoldAccuracy> gold) {
        return columns.numberOrNull(
                        "gold_accuracy", (rows, row) -> gold.of(rows, row).share())
                .numberOrNull(
                        "gold_lower",
                        (rows, row) -> gold.of(rows, row).interval().lower())
                .numberOrNull(
                        "gold_upper",
                        (rows, row) -> gold.of(rows, row).interval().upper())
                .bigint("num_gold", (rows, row) -> gold.of(rows, row).count());
    }
}
