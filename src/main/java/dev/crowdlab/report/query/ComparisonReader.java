package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.ClassShare;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.StoredRows;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads two runs side by side in one snapshot. Thread-safe. */
public final class ComparisonReader {

    private static final String REMOVED =
            "select table_name, removed_at from crowdlab.run_table where run_id = ? and removed_at is not null";

    private final ReportSnapshot snapshot;
    private final JdbcClient jdbc;

    /** Reads from the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public ComparisonReader(DataSource sessions) {
        snapshot = new ReportSnapshot(sessions);
        jdbc = snapshot.jdbc();
    }

    /** The figures of two runs that have results; queries, which differ or not, are read, too. */
    public ComparisonFigures read(long first, long second) {
        return snapshot.read(() -> readSnapshot(first, second));
    }

    /** Opens the large tables first, because that takes locks, before the snapshot. */
    private ComparisonFigures readSnapshot(long first, long second) {
        List<String> labels = snapshot.onConnection(connection ->
                StoredRows.relations(connection, ResultTableDefinitions.LABEL_QUALITY, List.of(first, second)));
        Side before = side(first, labels.get(0));
        Side after = side(second, labels.get(1));
        ComparisonQueries queries = new ComparisonQueries(jdbc, first, second);
        ComparisonQueries.Compared compared = queries.labels(labels);
        boolean hasLabels = compared.shares().stream()
                                .mapToLong(ClassShare::first)
                                .sum()
                        > 0
                && compared.shares().stream().mapToLong(ClassShare::second).sum() > 0;
        return new ComparisonFigures(
                before,
                after,
                hasLabels ? Optional.of(compared.labels()) : Optional.empty(),
                compared.shares(),
                hasAnnotators(before) && hasAnnotators(after) ? Optional.of(queries.annotators()) : Optional.empty());
    }

    private static boolean hasAnnotators(Side side) {
        return !side.removed().containsKey("annotator_stats");
    }

    private Side side(long runId, String labels) {
        RunFigures run = new RunQueries(jdbc, runId).read();
        LabelQueries.Counted counted =
                new LabelQueries(jdbc, runId, labels).read(run.counts().unlabeled());
        boolean isCounted =
                counted.labels().bins().stream().mapToLong(Long::longValue).sum() > 0;
        return new Side(
                run,
                new AgreementFigures(new AgreementQueries(jdbc, runId).read(), Double.NaN, Double.NaN, false),
                new ConsensusQueries(jdbc, runId).read(),
                new OriginQueries(jdbc, runId).read(true),
                new ClassQueries(jdbc, runId).classes(),
                isCounted ? Optional.of(counted.reasons()) : Optional.empty(),
                counted.labels().overlapping(),
                removed(runId));
    }

    private Map<String, Instant> removed(long runId) {
        Map<String, Instant> removed = new HashMap<>();
        jdbc.sql(REMOVED)
                .param(runId)
                .query((row, number) -> removed.put(row.getString(1), Columns.instant(row, 2)))
                .list();
        return removed;
    }
}
