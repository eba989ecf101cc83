package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.ShareFigures;
import dev.crowdlab.report.figures.ShareFigures.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how many examples are of each class. */
final class ShareQueries {

    private static final String ROWS = """
            select class, counted_share, share, lower, upper, num_examples, num_gold, more_gold_to_halve, reason
            from crowdlab.class_share
            where run_id = ? and scope = 'dataset'
            order by coalesce(share, counted_share) desc, class""";

    private static final String IS_SAMPLE = """
            select exists (select from crowdlab.dataset_stats where run_id = ? and statistic = 'gold_sample')""";

    private static final String PERIODS = """
            select count(distinct scope)
            from crowdlab.class_share
            where run_id = ? and scope <> 'dataset'""";

    private static final int CORRECTED = 3;

    private final JdbcClient jdbc;
    private final long runId;

    ShareQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** A row, and what is the same in all rows. */
    private record Read(Row row, long examples, long gold, long more, String reason) {}

    ShareFigures read() {
        List<Read> rows =
                jdbc.sql(ROWS).param(runId).query((row, number) -> row(row)).list();
        if (rows.isEmpty()) {
            return ShareFigures.NONE;
        }
        Read any = rows.get(0);
        return new ShareFigures(
                rows.stream().map(Read::row).toList(),
                any.examples(),
                any.gold(),
                any.more(),
                any.reason(),
                jdbc.sql(IS_SAMPLE).param(runId).query(Boolean.class).single(),
                jdbc.sql(PERIODS).param(runId).query(Long.class).single());
    }

    private static Read row(ResultSet row) throws SQLException {
        return new Read(
                new Row(
                        row.getString("class"),
                        row.getDouble("counted_share"),
                        Columns.number(row, CORRECTED),
                        Columns.number(row, CORRECTED + 1),
                        Columns.number(row, CORRECTED + 2)),
                row.getLong("num_examples"),
                row.getLong("num_gold"),
                row.getLong("more_gold_to_halve"),
                Columns.text(row.getString("reason")));
    }
}
