package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.correction.CorrectionEstimates;
import dev.crowdlab.engine.correction.CorrectionWeight;
import dev.crowdlab.engine.correction.CorrectionWeight.Feature;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.results.copy.Kept;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What gold made of the published consensus. */
final class CorrectionTables {

    private CorrectionTables() {}

    static List<SummaryTable<?>> all() {
        return List.of(correction(), weight());
    }

    private record Correction(String method, GoldCorrection correction) {

        CorrectionEstimates estimates() {
            return correction.estimates();
        }

        OptionalInt ifTried(int count) {
            return estimates().isTried() ? OptionalInt.of(count) : OptionalInt.empty();
        }

        /** NaN where the consensus itself is the best. */
        double strength() {
            return Double.isInfinite(estimates().strength())
                    ? Double.NaN
                    : estimates().strength();
        }
    }

    private static Optional<Correction> found(RunResults results) {
        return results.estimates()
                .flatMap(found -> found.correction().map(correction -> new Correction(method(found), correction)));
    }

    private static String method(Estimates estimates) {
        return estimates.methods().get(0).sqlName();
    }

    private static SummaryTable<Correction> correction() {
        return SummaryColumns.of("gold_correction", Kept.FOREVER, CorrectionTables::found, rows -> 1)
                .writtenWith(RunFeature.GOLD_CORRECTION)
                .text("consensus_method", (rows, row) -> rows.method())
                .keyEndsHere()
                .text("status", (rows, row) -> rows.correction().status().name())
                .numberOrNull("strength", (rows, row) -> rows.strength())
                .integerOrNull(
                        "wins", (rows, row) -> rows.ifTried(rows.estimates().wins()))
                .integerOrNull(
                        "losses", (rows, row) -> rows.ifTried(rows.estimates().losses()))
                .bigint("num_gold", (rows, row) -> rows.estimates().goldCount())
                .numberOrNull("accuracy", (rows, row) -> rows.estimates().accuracy())
                .numberOrNull(
                        "lower", (rows, row) -> rows.estimates().interval().lower())
                .numberOrNull(
                        "upper", (rows, row) -> rows.estimates().interval().upper())
                .table();
    }

    /** @param annotators all of them, also those who are machines */
    private record Weights(String method, List<CorrectionWeight> weights, IdList classes, IdList annotators) {

        int size() {
            return weights.size();
        }

        CorrectionWeight at(int row) {
            return weights.get(row);
        }

        /** The number of the class or annotator of the row, if it is of that feature; otherwise -1. */
        int number(int row, Feature feature) {
            return at(row).feature() == feature ? at(row).number() : -1;
        }
    }

    private static SummaryTable<Weights> weight() {
        return SummaryColumns.of("gold_weight", Kept.WITH_PARTITIONS, CorrectionTables::weights, Weights::size)
                .writtenWith(RunFeature.GOLD_CORRECTION)
                .text("consensus_method", (rows, row) -> rows.method())
                .integer("place", (rows, row) -> row + 1)
                .keyEndsHere()
                .text("feature", (rows, row) -> name(rows.at(row).feature()))
                .text("class", (rows, row) -> rows.classes(), (rows, row) -> rows.number(row, Feature.CLASS))
                .annotator(
                        "annotator_id",
                        (rows, row) -> rows.annotators(),
                        (rows, row) -> rows.number(row, Feature.ANNOTATOR))
                .number("weight", (rows, row) -> rows.at(row).weight())
                .table();
    }

    private static Optional<Weights> weights(RunResults results) {
        return found(results)
                .map(found -> new Weights(
                        found.method(),
                        found.correction().weights(),
                        results.names().classes(),
                        results.machines().map(MachineResults::annotators).orElseGet(() -> results.names()
                                .annotators())));
    }

    private static String name(Feature feature) {
        return switch (feature) {
            case LOG_POSTERIOR -> "consensus";
            case LOG_VOTES -> "votes";
            case CLASS -> "class";
            case ANNOTATOR -> "annotator";
        };
    }
}
