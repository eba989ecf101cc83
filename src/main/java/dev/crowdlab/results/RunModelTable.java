package dev.crowdlab.results;

import dev.crowdlab.dataset.IdList;
import dev.crowdlab.engine.Estimates;
import java.util.List;

/** The models and their weights. */
final class RunModelTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_model", List.of("run_id", "model", "model_weight", "temperature"), List.of("run_id", "model"), false);

    private final long runId;
    private final IdList models;
    private final Estimates estimates;

    RunModelTable(long runId, IdList models, Estimates estimates) {
        this.runId = runId;
        this.models = models;
        this.estimates = estimates;
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return models.size();
    }

    @Override
    public void write(int model, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        target.text(models, model);
        target.numberOrNull(estimates.modelWeight(model));
        target.numberOrNull(estimates.temperature(model));
    }
}
