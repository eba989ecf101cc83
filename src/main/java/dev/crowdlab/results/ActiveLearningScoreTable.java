package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.IdList;
import dev.crowdlab.dataset.Utf8Texts;
import dev.crowdlab.engine.ActiveLabScores;
import java.util.List;

/** The ActiveLab score of every example that has predictions, labeled or not. */
final class ActiveLearningScoreTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "active_learning_score",
            List.of("run_id", "example_id", "score", "num_annotations"),
            List.of("run_id", "example_id"),
            true);

    private final long runId;
    private final Dataset dataset;
    private final ActiveLabScores scores;
    /** The examples in key order: i for the labeled example i, -1 - i for the unlabeled example i. */
    private final int[] order;

    ActiveLearningScoreTable(long runId, Dataset dataset, ActiveLabScores scores) {
        this.runId = runId;
        this.dataset = dataset;
        this.scores = scores;
        order = merge(dataset.examples(), dataset.unlabeled().examples());
    }

    private static int[] merge(IdList labeled, IdList unlabeled) {
        int[] order = new int[labeled.size() + unlabeled.size()];
        int example = 0;
        int other = 0;
        for (int row = 0; row < order.length; row++) {
            boolean isLabeled = other == unlabeled.size()
                    || (example < labeled.size() && Utf8Texts.compare(labeled, example, unlabeled, other) < 0);
            order[row] = isLabeled ? example++ : -1 - other++;
        }
        return order;
    }

    @Override
    public ResultTableDefinition shape() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return order.length;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        target.beginRow(shape(), runId);
        if (order[row] >= 0) {
            target.text(dataset.examples(), order[row]);
            target.number(scores.labeled(order[row]));
            target.integer(dataset.annotations().size(order[row]));
        } else {
            int example = -1 - order[row];
            target.text(dataset.unlabeled().examples(), example);
            target.number(scores.unlabeled(example));
            target.integer(0);
        }
    }
}
