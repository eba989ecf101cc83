package dev.crowdlab.results;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;

/** The classes in their order. */
final class RunClassTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "run_class", List.of("run_id", "class_index", "label"), List.of("run_id", "class_index"), false);

    private final long runId;
    private final IdList classes;

    RunClassTable(long runId, IdList classes) {
        this.runId = runId;
        this.classes = classes;
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return classes.size();
    }

    @Override
    public void write(int label, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        target.integer(label + 1);
        target.text(classes, label);
    }
}
