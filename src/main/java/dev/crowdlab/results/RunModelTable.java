package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Analysis;
import java.util.List;

/** The models and their weights. */
final class RunModelTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_model", List.of("run_id", "model", "model_weight", "temperature"), List.of("run_id", "model"), false);

    private final long runId;
    private final Dataset dataset;
    private final Analysis analysis;

    RunModelTable(long runId, Dataset dataset, Analysis analysis) {
        this.runId = runId;
        this.dataset = dataset;
        this.analysis = analysis;
    }

    @Override
    public ResultTableDefinition shape() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return dataset.models().size();
    }

    @Override
    public void write(int model, BinaryCopyWriter target) {
        target.beginRow(shape(), runId);
        target.text(dataset.models(), model);
        target.numberOrNull(analysis.modelWeight(model));
        target.numberOrNull(analysis.temperature(model));
    }
}
