package dev.crowdlab.results;

import static java.util.Comparator.comparing;

import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectedRows.Count;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ListTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Locale;

/** The number of rejected rows by source and reason. */
final class RejectedCountTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "rejected_count",
            List.of("run_id", "source", "reason", "num_rows"),
            List.of("run_id", "source", "reason"),
            false);

    private RejectedCountTable() {}

    static ResultTable of(long runId, RejectedRows rejected) {
        List<Count> counts = rejected.counts().stream()
                .sorted(comparing(RejectedCountTable::source).thenComparing(RejectedCountTable::reason))
                .toList();
        return new ListTable<>(runId, DEFINITION, counts, RejectedCountTable::write);
    }

    private static void write(Count count, BinaryCopyWriter target) {
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
