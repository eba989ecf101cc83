package dev.crowdlab.results;

import static java.util.Comparator.comparing;

import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.rejection.RejectedRow;
import dev.crowdlab.dataset.rejection.RejectedRows.Count;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.stop.StopState;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.worklist.WorkListRows;
import it.unimi.dsi.fastutil.longs.LongList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables about a dataset as a whole, and about its rejected rows. */
final class DatasetTables {

    /** The first places of the lists that people work through, by the name of the list. */
    static final SummaryTable<WorkListRows> WORK_LIST = SummaryColumns.of(
                    "work_list", Kept.WITH_PARTITIONS, DatasetTables::workLists, WorkListRows::size)
            .afterScores()
            .text("list", (rows, row) -> WorkListRows.NAMES, WorkListRows::list)
            .bigint("rank", (rows, row) -> rows.place(row) + 1L)
            .keyEndsHere()
            .example("example_id", WorkListRows::examples, WorkListRows::place)
            .annotator("annotator_id", (rows, row) -> rows.annotators(), WorkListRows::annotator)
            .table();

    private DatasetTables() {}

    static List<SummaryTable<?>> all() {
        return List.of(bins(), classes(), stats(), rejectedRow(), rejectedCount(), WORK_LIST);
    }

    private static Optional<WorkListRows> workLists(RunResults results) {
        return Optional.of(new WorkListRows(results.names().annotators(), results.workLists()));
    }

    private record Bins(LabelQualityBins bins, LongList keys) {

        int size() {
            return keys.size();
        }

        long key(int row) {
            return keys.getLong(row);
        }
    }

    /** How many consensus labels there are by quality, number of annotations, and reason to look at them again. */
    private static SummaryTable<Bins> bins() {
        return SummaryColumns.of("label_quality_bin", Kept.WITH_PARTITIONS, DatasetTables::bins, Bins::size)
                .integer("bin", (rows, row) -> LabelQualityBins.bin(rows.key(row)))
                .integer("num_annotations", (rows, row) -> LabelQualityBins.annotationCount(rows.key(row)))
                .text("reason", (rows, row) -> LabelQualityBins.reason(rows.key(row))
                        .name())
                .keyEndsHere()
                .bigint("num_examples", (rows, row) -> rows.bins().exampleCount(rows.key(row)))
                .table();
    }

    private static Optional<Bins> bins(RunResults results) {
        LabelQualityBins bins = results.qualityBins();
        return Optional.of(new Bins(bins, LongList.of(bins.keys())));
    }

    /** The classes in their order. */
    private static SummaryTable<IdList> classes() {
        return SummaryColumns.of(
                        "run_class",
                        Kept.WITH_PARTITIONS,
                        results -> Optional.of(results.names().classes()),
                        IdList::size)
                .writtenWith(RunFeature.POSTERIOR)
                .integer("class_index", (classes, row) -> row + 1)
                .keyEndsHere()
                .text("label", (classes, row) -> classes, (classes, row) -> row)
                .table();
    }

    private record Statistic(String name, AgreementEstimate estimate) {}

    /** How far the annotators agree, and how much of the dataset is labeled. */
    private static SummaryTable<List<Statistic>> stats() {
        return SummaryColumns.of("dataset_stats", Kept.FOREVER, results -> Optional.of(statistics(results)), List::size)
                .text("statistic", (rows, row) -> rows.get(row).name())
                .keyEndsHere()
                .numberOrNull("value", (rows, row) -> rows.get(row).estimate().value())
                .numberOrNull("lower", (rows, row) -> rows.get(row).estimate().lower())
                .numberOrNull("upper", (rows, row) -> rows.get(row).estimate().upper())
                .bigint("num_items", (rows, row) -> rows.get(row).estimate().itemCount())
                .text("note", (rows, row) -> rows.get(row).estimate().note().orElse(null))
                .table();
    }

    private static List<Statistic> statistics(RunResults results) {
        DatasetTotals totals = results.totals();
        List<Statistic> statistics = new ArrayList<>();
        long labeled = totals.exampleCount();
        long known = labeled + totals.counts().unlabeled();
        statistics.add(new Statistic("coverage", share(labeled, known, "There is no example.")));
        statistics.add(new Statistic("overlap", share(totals.overlapCount(), labeled, "No example is labeled.")));
        results.estimates().map(Estimates::agreement).ifPresent(found -> {
            for (AgreementMeasure measure : AgreementMeasure.values()) {
                statistics.add(new Statistic(measure.name().toLowerCase(Locale.ROOT), found.estimate(measure)));
            }
            found.ordered().ifPresent(ordered -> ordered.measures()
                    .forEach(measure -> statistics.add(
                            new Statistic(measure.name().toLowerCase(Locale.ROOT), ordered.estimate(measure)))));
        });
        long abstained = results.habits().abstained();
        if (abstained > 0) {
            statistics.add(new Statistic("abstained", share(abstained, abstained + totals.annotationCount(), "")));
        }
        results.estimates()
                .flatMap(Estimates::shares)
                .flatMap(DatasetTables::sample)
                .ifPresent(statistics::add);
        results.estimates()
                .flatMap(Estimates::stop)
                .filter(stop -> stop.refusal().isEmpty())
                .ifPresent(stop -> statistics.addAll(states(stop, labeled)));
        statistics.sort(comparing(Statistic::name));
        return statistics;
    }

    /** How many examples are answered in the order in which gold is asked for, before the first that is not. */
    private static Optional<Statistic> sample(ShareEstimates shares) {
        if (Double.isNaN(shares.sampleEnd())) {
            return Optional.empty();
        }
        long answered = shares.dataset().goldCount();
        double share = (double) answered / shares.dataset().exampleCount();
        return Optional.of(new Statistic(
                "gold_sample", new AgreementEstimate(share, Double.NaN, Double.NaN, answered, Optional.empty())));
    }

    /** How many examples are in each state, and how right those are that are done by the rule. */
    private static List<Statistic> states(StopEstimates stop, long labeled) {
        List<Statistic> statistics = new ArrayList<>();
        for (StopState state : StopState.values()) {
            long count = stop.count(state);
            statistics.add(new Statistic(
                    "state_" + state.sqlName(),
                    new AgreementEstimate((double) count / labeled, Double.NaN, Double.NaN, count, Optional.empty())));
        }
        GoldAccuracy done = stop.doneAccuracy();
        if (done.count() > 0) {
            statistics.add(new Statistic(
                    "done_accuracy",
                    new AgreementEstimate(
                            done.share(),
                            done.interval().lower(),
                            done.interval().upper(),
                            done.count(),
                            Optional.empty())));
        }
        return statistics;
    }

    /** Complete counts have no interval. */
    private static AgreementEstimate share(long part, long whole, String reason) {
        return new AgreementEstimate(
                (double) part / whole,
                Double.NaN,
                Double.NaN,
                whole,
                whole == 0 ? Optional.of(reason) : Optional.empty());
    }

    /** The rejected rows that are kept, sorted by content and numbered from 1. */
    private static SummaryTable<List<RejectedRow>> rejectedRow() {
        return SummaryColumns.of(
                        "rejected_row",
                        Kept.WITH_PARTITIONS,
                        results -> Optional.of(results.totals().rejected().rows()),
                        List::size)
                .bigint("row_number", (rows, row) -> row + 1L)
                .keyEndsHere()
                .text("source", (rows, row) -> rows.get(row).source().name().toLowerCase(Locale.ROOT))
                .example("example_id", (rows, row) -> rows.get(row).exampleId())
                .annotator("annotator_id", (rows, row) -> rows.get(row).annotatorId())
                .text("model", (rows, row) -> rows.get(row).model())
                .text("label", (rows, row) -> rows.get(row).label())
                .text("reason", (rows, row) -> rows.get(row).reason().name())
                .text("detail", (rows, row) -> rows.get(row).detail())
                .table();
    }

    /** The number of rejected rows by source and reason. */
    private static SummaryTable<List<Count>> rejectedCount() {
        return SummaryColumns.of(
                        "rejected_count", Kept.FOREVER, results -> Optional.of(rejectedCounts(results)), List::size)
                .text("source", (rows, row) -> source(rows.get(row)))
                .text("reason", (rows, row) -> rows.get(row).reason().name())
                .keyEndsHere()
                .bigint("num_rows", (rows, row) -> rows.get(row).rowCount())
                .table();
    }

    private static List<Count> rejectedCounts(RunResults results) {
        return results.totals().rejected().counts().stream()
                .sorted(comparing(DatasetTables::source)
                        .thenComparing(count -> count.reason().name()))
                .toList();
    }

    private static String source(Count count) {
        return count.source().name().toLowerCase(Locale.ROOT);
    }
}
