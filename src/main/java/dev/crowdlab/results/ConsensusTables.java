package dev.crowdlab.results;

import static java.util.Comparator.comparing;

import dev.crowdlab.dataset.ModelCounts;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.GoldStatistics;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.gold.CalibrationBin;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.results.copy.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The tables about the consensus methods and what they take into account. */
final class ConsensusTables {

    private static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

    private static final GoldAccuracy NO_GOLD = new GoldAccuracy(0, 0);

    private ConsensusTables() {}

    static List<SummaryTable<?>> all() {
        return List.of(model(), consensus(), expert(), expertModel(), calibration());
    }

    private record Models(IdList names, Estimates estimates, ModelCounts counts) {

        int size() {
            return names.size();
        }
    }

    /** The models, their weights, and how much they have predicted. */
    private static SummaryTable<Models> model() {
        return SummaryColumns.of("run_model", Kept.FOREVER, ConsensusTables::models, Models::size)
                .text("model", (rows, row) -> rows.names(), (rows, row) -> row)
                .keyEndsHere()
                .numberOrNull("model_weight", (rows, row) -> rows.estimates().modelWeight(row))
                .numberOrNull("temperature", (rows, row) -> rows.estimates().temperature(row))
                .numberOrNull("coverage", (rows, row) -> rows.counts().coverage(row))
                .table();
    }

    private static Optional<Models> models(RunResults results) {
        return results.estimates()
                .map(found -> new Models(
                        results.names().models(), found, results.totals().modelCounts()));
    }

    /** @param committee of the method, if it is the committee */
    private record Method(ConsensusMethod method, Estimates estimates, Optional<CommitteeEstimates> committee) {

        double accuracy() {
            return committee.map(CommitteeEstimates::accuracy).orElse(Double.NaN);
        }

        Interval interval() {
            return committee.map(CommitteeEstimates::accuracyInterval).orElse(UNKNOWN);
        }

        OptionalInt rounds() {
            return (method == ConsensusMethod.DAWID_SKENE
                            ? estimates.dawidSkene().map(DawidSkeneEstimates::roundCount)
                            : committee.map(CommitteeEstimates::roundCount))
                    .map(OptionalInt::of)
                    .orElse(OptionalInt.empty());
        }

        GoldAccuracy gold() {
            return estimates.gold().map(gold -> gold.consensus(place())).orElse(NO_GOLD);
        }

        int place() {
            return estimates.methods().indexOf(method);
        }
    }

    /** The consensus methods side by side. */
    private static SummaryTable<List<Method>> consensus() {
        return SummaryColumns.of("run_consensus", Kept.FOREVER, ConsensusTables::methods, List::size)
                .text("consensus_method", (rows, row) -> rows.get(row).method().sqlName())
                .keyEndsHere()
                .numberOrNull("estimated_accuracy", (rows, row) -> rows.get(row).accuracy())
                .numberOrNull("lower", (rows, row) -> rows.get(row).interval().lower())
                .numberOrNull("upper", (rows, row) -> rows.get(row).interval().upper())
                .integerOrNull("rounds", (rows, row) -> rows.get(row).rounds())
                .and(columns ->
                        GoldColumns.add(columns, (rows, row) -> rows.get(row).gold()))
                .number("agreement_with_published", (rows, row) -> rows.get(row)
                        .estimates()
                        .review()
                        .equalShare(rows.get(row).place()))
                .table();
    }

    private static Optional<List<Method>> methods(RunResults results) {
        return results.estimates().map(found -> found.methods().stream()
                .sorted(comparing(ConsensusMethod::sqlName))
                .map(method -> new Method(
                        method, found, method == ConsensusMethod.COMMITTEE ? found.committee() : Optional.empty()))
                .toList());
    }

    /** The experts of the committee. */
    private static SummaryTable<List<ExpertEstimate>> expert() {
        return SummaryColumns.of("run_expert", Kept.FOREVER, ConsensusTables::experts, List::size)
                .text("consensus_method", (rows, row) -> ConsensusMethod.COMMITTEE.sqlName())
                .text("expert", (rows, row) -> rows.get(row).expert().sqlName())
                .keyEndsHere()
                .number("weight", (rows, row) -> rows.get(row).weight())
                .number("loo_score", (rows, row) -> rows.get(row).looScore())
                .integer("rounds", (rows, row) -> rows.get(row).roundCount())
                .table();
    }

    private static Optional<List<ExpertEstimate>> experts(RunResults results) {
        return results.estimates().flatMap(Estimates::committee).map(CommitteeEstimates::experts);
    }

    private record ExpertModels(List<ExpertEstimate> experts, IdList models) {

        int size() {
            return experts.size() * models.size();
        }

        ExpertEstimate expert(int row) {
            return experts.get(row / models.size());
        }

        int model(int row) {
            return row % models.size();
        }
    }

    /** How the experts of the committee weight the models. */
    private static SummaryTable<ExpertModels> expertModel() {
        return SummaryColumns.of("run_expert_model", Kept.FOREVER, ConsensusTables::expertModels, ExpertModels::size)
                .text("consensus_method", (rows, row) -> ConsensusMethod.COMMITTEE.sqlName())
                .text("expert", (rows, row) -> rows.expert(row).expert().sqlName())
                .text("model", (rows, row) -> rows.models(), ExpertModels::model)
                .keyEndsHere()
                .number("lambda", (rows, row) -> rows.expert(row).modelWeight(rows.model(row)))
                .table();
    }

    private static Optional<ExpertModels> expertModels(RunResults results) {
        return experts(results)
                .map(found -> new ExpertModels(found, results.names().models()));
    }

    private record MethodBin(String method, CalibrationBin bin) {}

    /** How often each method's consensus equals gold, by its quality. */
    private static SummaryTable<List<MethodBin>> calibration() {
        return SummaryColumns.of("calibration_bin", Kept.WITH_PARTITIONS, ConsensusTables::bins, List::size)
                .writtenWith(RunFeature.GOLD)
                .text("consensus_method", (rows, row) -> rows.get(row).method())
                .integer("bin", (rows, row) -> rows.get(row).bin().bin())
                .keyEndsHere()
                .number("bin_lower", (rows, row) -> rows.get(row).bin().lower())
                .number("bin_upper", (rows, row) -> rows.get(row).bin().upper())
                .bigint("num_gold", (rows, row) -> rows.get(row).bin().count())
                .number("mean_predicted", (rows, row) -> rows.get(row).bin().meanPredicted())
                .number("actual", (rows, row) -> rows.get(row).bin().actual())
                .table();
    }

    private static Optional<List<MethodBin>> bins(RunResults results) {
        return results.estimates().flatMap(found -> found.gold().map(gold -> bins(found, gold)));
    }

    private static List<MethodBin> bins(Estimates estimates, GoldStatistics gold) {
        List<MethodBin> bins = new ArrayList<>();
        List<ConsensusMethod> methods = estimates.methods();
        for (int method = 0; method < methods.size(); method++) {
            String name = methods.get(method).sqlName();
            gold.bins(method).forEach(bin -> bins.add(new MethodBin(name, bin)));
        }
        bins.sort(comparing(MethodBin::method).thenComparing(row -> row.bin().bin()));
        return bins;
    }
}
