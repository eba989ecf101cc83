package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;

/** The ActiveLab score of every example that has predictions, labeled or not. */
final class ActiveLearningScoreTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of("active_learning_score", Kept.AS_PARTITION)
            .key("example_id", FieldType.EXAMPLE)
            .column("score", FieldType.DOUBLE)
            .column("num_annotations", FieldType.INTEGER);

    private final long runId;
    private final Dataset dataset;
    private final ActiveLabScores scores;
    private final ExampleOrder order;

    ActiveLearningScoreTable(long runId, Dataset dataset, ActiveLabScores scores) {
        this.runId = runId;
        this.dataset = dataset;
        this.scores = scores;
        order = new ExampleOrder(dataset.examples(), dataset.unlabeled().examples());
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return order.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        order.writeId(row, target);
        target.number(order.score(scores, row));
        target.integer(order.isLabeled(row) ? dataset.annotations().size(order.example(row)) : 0);
    }
}
