package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** How the experts of the committee weight the models. */
final class RunExpertModelTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_expert_model",
            List.of("run_id", "consensus_method", "expert", "model", "lambda"),
            List.of("run_id", "consensus_method", "expert", "model"),
            false);

    private final long runId;
    private final IdList models;
    private final List<ExpertEstimate> experts;

    RunExpertModelTable(long runId, IdList models, CommitteeEstimates committee) {
        this.runId = runId;
        this.models = models;
        experts = committee.experts();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return experts.size() * models.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        ExpertEstimate expert = experts.get(row / models.size());
        int model = row % models.size();
        target.beginRow(definition(), runId);
        target.text(ConsensusMethod.COMMITTEE.sqlName());
        target.text(expert.expert().sqlName());
        target.text(models, model);
        target.number(expert.modelWeight(model));
    }
}
