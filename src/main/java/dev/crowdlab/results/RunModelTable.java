package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Analysis;

/** The models and their weights. */
final class RunModelTable implements ResultTable {

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
        return ResultTableDefinitions.RUN_MODEL;
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
