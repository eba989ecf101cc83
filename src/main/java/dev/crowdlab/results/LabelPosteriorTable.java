package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Grain;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;

/**
 * How probable each class is for every example. A row is computed when it is written, so that no more than one is in
 * memory.
 */
final class LabelPosteriorTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of("label_posterior", Kept.AS_PARTITION)
            .oneRowPer(Grain.EXAMPLE)
            .key("example_id", FieldType.EXAMPLE)
            .column("posterior", FieldType.DOUBLES);

    private final long runId;
    private final Dataset dataset;
    private final PosteriorReader reader;
    private final double[] posterior;

    LabelPosteriorTable(long runId, Dataset dataset, PosteriorReader reader) {
        this.runId = runId;
        this.dataset = dataset;
        this.reader = reader;
        posterior = new double[dataset.classes().size()];
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return dataset.examples().size();
    }

    @Override
    public void write(int example, BinaryCopyWriter target) {
        reader.fill(example, posterior);
        target.beginRow(definition(), runId);
        target.text(dataset.examples(), example);
        target.numbers(posterior);
    }
}
