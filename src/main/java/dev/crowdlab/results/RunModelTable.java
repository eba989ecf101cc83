package dev.crowdlab.results;

import dev.crowdlab.dataset.ModelCounts;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** The models, their weights, and how much they have predicted. */
final class RunModelTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_model",
            List.of("run_id", "model", "model_weight", "temperature", "coverage"),
            List.of("run_id", "model"),
            false);

    private final long runId;
    private final IdList models;
    private final Estimates estimates;
    private final ModelCounts counts;

    RunModelTable(long runId, IdList models, Estimates estimates, ModelCounts counts) {
        this.runId = runId;
        this.models = models;
        this.estimates = estimates;
        this.counts = counts;
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
        target.numberOrNull(counts.coverage(model));
    }
}
