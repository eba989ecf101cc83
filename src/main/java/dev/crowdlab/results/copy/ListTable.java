package dev.crowdlab.results.copy;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * A table whose rows are in a list, in key order.
 *
 * @param fields writes the fields of a row that come after its run_id
 */
public record ListTable<R>(
        long runId, ResultTableDefinition definition, List<R> rows, BiConsumer<R, BinaryCopyWriter> fields)
        implements ResultTable {

    @Override
    public int rowCount() {
        return rows.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        target.beginRow(definition, runId);
        fields.accept(rows.get(row), target);
    }
}
