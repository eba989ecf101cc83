package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the statistics of agreement. */
final class AgreementQueries {

    private static final String STATISTICS = """
            select statistic, value, lower, upper, num_items, note
            from crowdlab.dataset_stats
            where run_id = ?
            order by statistic""";

    private final JdbcClient jdbc;
    private final long runId;

    AgreementQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    List<Statistic> read() {
        return jdbc.sql(STATISTICS)
                .param(runId)
                .query((row, number) -> new Statistic(
                        row.getString(1),
                        Columns.number(row, 2),
                        Columns.number(row, 3),
                        Columns.number(row, 4),
                        row.getLong(5),
                        Columns.text(row.getString(6))))
                .list();
    }
}
