package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.StandingFigures;
import dev.crowdlab.report.figures.StandingFigures.InUse;
import dev.crowdlab.report.figures.StandingFigures.Newest;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what became of the newest run of a dataset, and which run is in use. */
final class StandingQueries {

    private static final String NEWEST = """
            select run_id, status, (
                    select c.code
                    from crowdlab.run_check c
                    where c.run_id = r.run_id and c.severity = 'FAIL'
                    order by c.rank, c.code
                    limit 1), started_at,
                extract(epoch from finished_at - started_at)::double precision
            from crowdlab.run r
            where dataset = ? and status <> 'RUNNING'
            order by run_id desc
            limit 1""";

    private static final String IN_USE = """
            select p.run_id, r.as_of, p.published_at
            from crowdlab.published_run p
            join crowdlab.run r using (run_id)
            where p.dataset = ?""";

    private final JdbcClient jdbc;

    StandingQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    StandingFigures read(String dataset) {
        return new StandingFigures(
                jdbc.sql(NEWEST)
                        .param(dataset)
                        .query((row, number) -> new Newest(
                                row.getLong(1),
                                RunStatus.valueOf(row.getString(2)),
                                Columns.text(row.getString(3)),
                                Columns.instant(row, 4),
                                Duration.ofMillis(Math.round(1_000 * row.getDouble(5)))))
                        .optional(),
                jdbc.sql(IN_USE)
                        .param(dataset)
                        .query((row, number) ->
                                new InUse(row.getLong(1), Columns.instant(row, 2), Columns.instant(row, 3)))
                        .optional());
    }
}
