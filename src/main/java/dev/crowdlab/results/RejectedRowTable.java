package dev.crowdlab.results;

import dev.crowdlab.dataset.rejection.RejectedRow;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Locale;

/** The rejected rows that are kept, sorted by content and numbered from 1. */
final class RejectedRowTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "rejected_row",
            List.of(
                    "run_id",
                    "row_number",
                    "source",
                    "example_id",
                    "annotator_id",
                    "model",
                    "label",
                    "reason",
                    "detail"),
            List.of("run_id", "row_number"),
            false);

    private final long runId;
    private final List<RejectedRow> rows;

    RejectedRowTable(long runId, RejectedRows rejected) {
        this.runId = runId;
        rows = rejected.rows();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return rows.size();
    }

    @Override
    public void write(int place, BinaryCopyWriter target) {
        RejectedRow row = rows.get(place);
        target.beginRow(definition(), runId);
        target.bigint(place + 1L);
        target.text(row.source().name().toLowerCase(Locale.ROOT));
        target.text(row.exampleId());
        target.text(row.annotatorId());
        target.text(row.model());
        target.text(row.label());
        target.text(row.reason().name());
        target.text(row.detail());
    }
}
