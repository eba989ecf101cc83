package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotatorHabits;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.GoldStatistics;
import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.engine.agreement.SignedDifferences;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.results.copy.Grain;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.period.AnnotatorTimes;
import dev.crowdlab.results.period.PeriodRows;
import java.util.List;
import java.util.Optional;

/** The tables about annotators. Annotators are numbered by their ids, so that their rows are in key order. */
final class AnnotatorTables {

    /** How often each annotator gave each label, by published consensus label. */
    static final SummaryTable<ConfusionRows> CONFUSION = SummaryColumns.of(
                    "annotator_confusion", Kept.WITH_PARTITIONS, AnnotatorTables::confusion, ConfusionRows::size)
            .annotator("annotator_id", (rows, row) -> rows.names().annotators(), ConfusionRows::annotator)
            .text("consensus_label", (rows, row) -> rows.names().classes(), ConfusionRows::consensusClass)
            .text("given_label", (rows, row) -> rows.names().classes(), ConfusionRows::givenClass)
            .keyEndsHere()
            .integer("num_annotations", ConfusionRows::count)
            .table();

    private AnnotatorTables() {}

    static List<SummaryTable<?>> all() {
        return List.of(stats(), CONFUSION, pair(), period());
    }

    private record Stats(
            DatasetNames names,
            AnnotatorStatistics statistics,
            Optional<GoldStatistics> gold,
            AnnotatorTimes times,
            AnnotatorHabits habits,
            Optional<SignedDifferences> differences) {

        SignedDifferences scale() {
            return differences.orElseThrow();
        }

        /** NaN for one who labeled nothing again. */
        double selfAgreement(int annotator) {
            return (double) habits.repeatedAlike(annotator) / habits.repeated(annotator);
        }

        WilsonInterval ofSelfAgreement(int annotator) {
            return WilsonInterval.of(selfAgreement(annotator), habits.repeated(annotator));
        }

        GoldAccuracy gold(int annotator) {
            return gold.orElseThrow().annotator(annotator);
        }
    }

    /** The statistics of every annotator. */
    private static SummaryTable<Stats> stats() {
        return SummaryColumns.of("annotator_stats", Kept.AS_HISTORY, AnnotatorTables::stats, AnnotatorTables::count)
                .oneRowPer(Grain.ANNOTATOR)
                .annotator("annotator_id", (rows, row) -> rows.names().annotators(), (rows, row) -> row)
                .keyEndsHere()
                .numberOrNull(
                        "annotator_quality", (rows, row) -> rows.statistics().quality(row))
                .text("quality_reason", (rows, row) -> rows.statistics()
                        .qualityReason(row)
                        .map(Enum::name)
                        .orElse(null))
                .number("agreement_with_consensus", (rows, row) -> rows.statistics()
                        .agreementWithConsensus(row))
                .text("worst_class", (rows, row) -> rows.names().classes(), (rows, row) -> rows.statistics()
                        .worstClass(row))
                .integer(
                        "num_examples_labeled", (rows, row) -> rows.statistics().labelCount(row))
                .numberOrNull(
                        "annotator_weight", (rows, row) -> rows.statistics().weight(row))
                .numberOrNull("agreement_with_annotators", (rows, row) -> rows.statistics()
                        .agreementWithAnnotators(row))
                .bool("agreement_imputed", (rows, row) -> rows.statistics().agreementImputed(row))
                .numberOrNull(
                        "quality_lower",
                        (rows, row) -> rows.statistics().qualityInterval(row).lower())
                .numberOrNull(
                        "quality_upper",
                        (rows, row) -> rows.statistics().qualityInterval(row).upper())
                .numberOrNull(
                        "agreement_with_model", (rows, row) -> rows.statistics().agreementWithModel(row))
                .timeOrNull("first_annotated_at", (rows, row) -> rows.times().first(row))
                .timeOrNull("last_annotated_at", (rows, row) -> rows.times().last(row))
                .columnsWith(RunFeature.GOLD)
                .and(columns -> GoldColumns.add(columns, Stats::gold))
                .columnsWith(RunFeature.SCALE)
                .and(AnnotatorTables::addSignedDifference)
                .columnsWith(RunFeature.ABSTENTIONS)
                .bigint("num_abstained", (rows, row) -> rows.habits().abstained(row))
                .columnsWith(RunFeature.SELF_AGREEMENT)
                .and(AnnotatorTables::addSelfAgreement)
                .table();
    }

    private static SummaryColumns<Stats> addSelfAgreement(SummaryColumns<Stats> columns) {
        return columns.numberOrNull("self_agreement", (rows, row) -> rows.selfAgreement(row))
                .numberOrNull(
                        "self_lower", (rows, row) -> rows.ofSelfAgreement(row).lower())
                .numberOrNull(
                        "self_upper", (rows, row) -> rows.ofSelfAgreement(row).upper())
                .bigint("num_repeated", (rows, row) -> rows.habits().repeated(row));
    }

    private static SummaryColumns<Stats> addSignedDifference(SummaryColumns<Stats> columns) {
        return columns.numberOrNull(
                        "signed_difference", (rows, row) -> rows.scale().mean(row))
                .numberOrNull("signed_lower", (rows, row) -> rows.scale().lower(row))
                .numberOrNull("signed_upper", (rows, row) -> rows.scale().upper(row));
    }

    private static Optional<Stats> stats(RunResults results) {
        return results.estimates()
                .map(found -> new Stats(
                        results.names(),
                        found.annotators(),
                        found.gold(),
                        results.times(),
                        results.habits(),
                        found.signedDifferences()));
    }

    private static int count(Stats rows) {
        return rows.names().annotators().size();
    }

    private static Optional<ConfusionRows> confusion(RunResults results) {
        return results.estimates().map(found -> new ConfusionRows(results.names(), found.confusion()));
    }

    private record Pairs(IdList annotators, AnnotatorPairs pairs) {

        int size() {
            return pairs.size();
        }
    }

    /** How often annotators agree in pairs. */
    private static SummaryTable<Pairs> pair() {
        return SummaryColumns.of("annotator_pair", Kept.WITH_PARTITIONS, AnnotatorTables::pairs, Pairs::size)
                .annotator("annotator_a", (rows, row) -> rows.annotators(), (rows, row) -> rows.pairs()
                        .first(row))
                .annotator("annotator_b", (rows, row) -> rows.annotators(), (rows, row) -> rows.pairs()
                        .second(row))
                .keyEndsHere()
                .integer(
                        "num_common",
                        (rows, row) -> Math.toIntExact(rows.pairs().commonCount(row)))
                .integer(
                        "num_agreed",
                        (rows, row) -> Math.toIntExact(rows.pairs().agreedCount(row)))
                .numberOrNull("cohen_kappa", (rows, row) -> rows.pairs().kappa(row))
                .columnsWith(RunFeature.SCALE)
                .numberOrNull("linear_kappa", (rows, row) -> rows.pairs().linearKappa(row))
                .numberOrNull("quadratic_kappa", (rows, row) -> rows.pairs().quadraticKappa(row))
                .table();
    }

    private static Optional<Pairs> pairs(RunResults results) {
        return results.estimates()
                .map(found -> new Pairs(
                        results.names().annotators(), found.agreement().pairs()));
    }

    /** How much each annotator labeled in each period, and how well these labels are supported. */
    private static SummaryTable<PeriodRows> period() {
        return SummaryColumns.of("annotator_period", Kept.WITH_PARTITIONS, AnnotatorTables::periods, PeriodRows::size)
                .annotator("annotator_id", (rows, row) -> rows.annotators(), PeriodRows::annotator)
                .date("period_start", PeriodRows::firstDay)
                .keyEndsHere()
                .integer("num_annotations", (rows, row) -> Math.toIntExact(rows.count(row)))
                .number("agreement_with_consensus", PeriodRows::agreement)
                .number("mean_quality_score", PeriodRows::quality)
                .number("quality_lower", (rows, row) -> rows.interval(row).lower())
                .number("quality_upper", (rows, row) -> rows.interval(row).upper())
                .numberOrNull("agreement_drop", (rows, row) -> rows.drop(row).size())
                .bool("is_drifting", (rows, row) -> rows.drop(row).isDrift())
                .table();
    }

    private static Optional<PeriodRows> periods(RunResults results) {
        return results.periods().map(found -> new PeriodRows(results.names().annotators(), found));
    }
}
