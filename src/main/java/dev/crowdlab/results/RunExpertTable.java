package dev.crowdlab.results;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ListTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** The experts of the committee. */
final class RunExpertTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_expert",
            List.of("run_id", "consensus_method", "expert", "weight", "loo_score", "rounds"),
            List.of("run_id", "consensus_method", "expert"),
            false);

    private RunExpertTable() {}

    static ResultTable of(long runId, CommitteeEstimates committee) {
        return new ListTable<>(runId, DEFINITION, committee.experts(), RunExpertTable::write);
    }

    private static void write(ExpertEstimate expert, BinaryCopyWriter target) {
        target.text(ConsensusMethod.COMMITTEE.sqlName());
        target.text(expert.expert().sqlName());
        target.number(expert.weight());
        target.number(expert.looScore());
        target.integer(expert.roundCount());
    }
}
