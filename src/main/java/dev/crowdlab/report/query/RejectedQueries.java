package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.RejectedFigures.Group;
import dev.crowdlab.report.figures.RejectedFigures.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which rows were rejected, and why. */
final class RejectedQueries {

    private static final String REASONS = """
            select source, reason, num_rows
            from crowdlab.rejected_count
            where run_id = ?
            order by num_rows desc, source, reason""";

    private static final String GROUPS = """
            select r.source, r.reason, g.rows, r.example_id, r.annotator_id, r.model, r.label, r.detail
            from (
                select count(*) as rows, min(row_number) as first
                from crowdlab.rejected_row
                where run_id = :run
                group by source, reason, case reason when 'UNKNOWN_LABEL' then label end
                order by rows desc, first
                limit :most) g
            join crowdlab.rejected_row r on r.run_id = :run and r.row_number = g.first
            order by g.rows desc, g.first""";

    private final JdbcClient jdbc;
    private final long runId;

    RejectedQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    RejectedFigures read() {
        return new RejectedFigures(
                jdbc.sql(REASONS)
                        .param(runId)
                        .query((row, number) -> new Reason(row.getString(1), row.getString(2), row.getLong(3)))
                        .list(),
                jdbc.sql(GROUPS)
                        .param("run", runId)
                        .param("most", RejectedFigures.MAX_GROUPS)
                        .query((row, number) -> new Group(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8)))
                        .list());
    }
}
