package dev.crowdlab.publish;

import dev.crowdlab.dataset.RejectedRows;
import java.util.Locale;

/** The refused rows, numbered from 1 by their content. */
final class RejectedRowTable implements ResultTable {

    private final long runId;
    private final RejectedRows rejected;
    private final int[] order;

    RejectedRowTable(long runId, RejectedRows rejected) {
        this.runId = runId;
        this.rejected = rejected;
        order = rejected.sorted();
    }

    @Override
    public TableShape shape() {
        return Tables.REJECTED_ROW;
    }

    @Override
    public int rowCount() {
        return order.length;
    }

    @Override
    public void write(int place, RowBuffer target) {
        int row = order[place];
        target.beginRow(9, runId);
        target.bigint(place + 1L);
        target.text(rejected.source(row).name().toLowerCase(Locale.ROOT));
        target.text(rejected.exampleIds(), row);
        target.text(rejected.annotatorIds(), row);
        target.text(rejected.models(), row);
        target.text(rejected.labels(), row);
        target.text(rejected.reason(row).name());
        target.text(rejected.detail(row));
    }
}
