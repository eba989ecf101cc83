package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.engine.Agreement;
import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ListTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far the annotators agree, and how much of the dataset is labeled. */
final class DatasetStatsTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "dataset_stats",
            List.of("run_id", "statistic", "value", "lower", "upper", "num_items", "note"),
            List.of("run_id", "statistic"),
            false);

    private DatasetStatsTable() {}

    /**
     * @param agreement empty if there was nothing to analyze
     */
    static ResultTable of(long runId, DatasetTotals totals, Optional<Agreement> agreement) {
        List<Row> rows = new ArrayList<>();
        long labeled = totals.exampleCount();
        long known = labeled + totals.counts().unlabeled();
        rows.add(new Row("coverage", share(labeled, known, "There is no example.")));
        rows.add(new Row("overlap", share(totals.overlapCount(), labeled, "No example is labeled.")));
        agreement.ifPresent(found -> {
            for (AgreementMeasure measure : AgreementMeasure.values()) {
                rows.add(new Row(measure.name().toLowerCase(Locale.ROOT), found.estimate(measure)));
            }
        });
        rows.sort(Comparator.comparing(Row::statistic));
        return new ListTable<>(runId, DEFINITION, rows, DatasetStatsTable::write);
    }

    private record Row(String statistic, AgreementEstimate estimate) {}

    /** Complete counts have no interval. */
    private static AgreementEstimate share(long part, long whole, String reason) {
        return new AgreementEstimate(
                (double) part / whole,
                Double.NaN,
                Double.NaN,
                whole,
                whole == 0 ? Optional.of(reason) : Optional.empty());
    }

    private static void write(Row row, BinaryCopyWriter target) {
        AgreementEstimate estimate = row.estimate();
        target.text(row.statistic());
        target.numberOrNull(estimate.value());
        target.numberOrNull(estimate.lower());
        target.numberOrNull(estimate.upper());
        target.bigint(estimate.itemCount());
        target.text(estimate.note().orElse(null));
    }
}
