package dev.crowdlab.results;

import static java.util.Comparator.comparing;

import dev.crowdlab.dataset.RejectedRows;
import dev.crowdlab.dataset.RejectedRows.Count;
import java.util.List;
import java.util.Locale;

/** The number of rejected rows by source and reason. */
final class RejectedCountTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "rejected_count",
            List.of("run_id", "source", "reason", "num_rows"),
            List.of("run_id", "source", "reason"),
            false);

    private final long runId;
    private final List<Count> counts;

    RejectedCountTable(long runId, RejectedRows rejected) {
        this.runId = runId;
        counts = rejected.counts().stream()
                .sorted(comparing(RejectedCountTable::source).thenComparing(RejectedCountTable::reason))
                .toList();
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return counts.size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        Count count = counts.get(row);
        target.beginRow(definition(), runId);
        target.text(source(count));
        target.text(reason(count));
        target.bigint(count.rowCount());
    }

    private static String source(Count count) {
        return count.source().name().toLowerCase(Locale.ROOT);
    }

    private static String reason(Count count) {
        return count.reason().name();
    }
}
