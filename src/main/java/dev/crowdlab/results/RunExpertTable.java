package dev.crowdlab.results;

import dev.crowdlab.engine.CommitteeEstimates;
import dev.crowdlab.engine.ConsensusMethod;
import dev.crowdlab.engine.ExpertEstimate;
import java.util.List;

/** The experts of the committee. */
final class RunExpertTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_expert",
            List.of("run_id", "consensus_method", "expert", "weight", "loo_score", "rounds"),
            List.of("run_id", "consensus_method", "expert"),
            false);

    private final long runId;
    private final List<ExpertEstimate> experts;

    RunExpertTable(long runId, CommitteeEstimates committee) {
        this.runId = runId;
        experts = committee.experts();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return experts.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        ExpertEstimate expert = experts.get(row);
        target.beginRow(definition(), runId);
        target.text(ConsensusMethod.COMMITTEE.sqlName());
        target.text(expert.expert().sqlName());
        target.number(expert.weight());
        target.number(expert.looScore());
        target.integer(expert.roundCount());
    }
}
