package dev.crowdlab.results;

import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ListTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The consensus methods side by side. */
final class RunConsensusTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_consensus",
            List.of(
                    "run_id",
                    "consensus_method",
                    "estimated_accuracy",
                    "lower",
                    "upper",
                    "rounds",
                    "gold_accuracy",
                    "gold_lower",
                    "gold_upper",
                    "num_gold",
                    "agreement_with_published"),
            List.of("run_id", "consensus_method"),
            false);

    private static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

    private static final GoldAccuracy NO_GOLD = new GoldAccuracy(0, 0);

    private final Estimates estimates;

    private RunConsensusTable(Estimates estimates) {
        this.estimates = estimates;
    }

    static ResultTable of(long runId, Estimates estimates) {
        List<ConsensusMethod> methods = estimates.methods().stream()
                .sorted(Comparator.comparing(ConsensusMethod::sqlName))
                .toList();
        return new ListTable<>(runId, DEFINITION, methods, new RunConsensusTable(estimates)::write);
    }

    private void write(ConsensusMethod method, BinaryCopyWriter target) {
        Optional<CommitteeEstimates> committee =
                method == ConsensusMethod.COMMITTEE ? estimates.committee() : Optional.empty();
        Interval interval = committee.map(CommitteeEstimates::accuracyInterval).orElse(UNKNOWN);
        target.text(method.sqlName());
        target.numberOrNull(committee.map(CommitteeEstimates::accuracy).orElse(Double.NaN));
        target.numberOrNull(interval.lower());
        target.numberOrNull(interval.upper());
        rounds(method, committee).ifPresentOrElse(target::integer, target::nullField);
        int place = estimates.methods().indexOf(method);
        GoldColumns.write(estimates.gold().map(gold -> gold.consensus(place)).orElse(NO_GOLD), target);
        target.number(estimates.review().equalShare(place));
    }

    private Optional<Integer> rounds(ConsensusMethod method, Optional<CommitteeEstimates> committee) {
        return method == ConsensusMethod.DAWID_SKENE
                ? estimates.dawidSkene().map(DawidSkeneEstimates::roundCount)
                : committee.map(CommitteeEstimates::roundCount);
    }
}
