package dev.crowdlab.report.query;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Changes;
import dev.crowdlab.report.figures.RunFigures.Counts;
import dev.crowdlab.report.figures.RunFigures.Published;
import dev.crowdlab.run.FindingReader;
import dev.crowdlab.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a run as a whole. */
final class RunQueries {

    private static final String RUN = """
            select r.run_id, r.dataset, r.as_of, r.status,
                extract(epoch from r.finished_at - r.started_at)::double precision as seconds,
                coalesce(r.num_examples, 0), coalesce(r.num_unlabeled, 0), coalesce(r.num_annotations, 0),
                coalesce(r.num_annotators, 0), coalesce(r.num_classes, 0), coalesce(r.num_collapsed, 0),
                coalesce(r.num_rejected, 0), (
                    select t.removed_at from crowdlab.run_table t
                    where t.run_id = r.run_id and t.table_name = 'label_quality') as removed_at
            from crowdlab.run r
            where r.run_id = ?""";

    private static final int COUNTS = 7;

    private static final String HISTORY = """
            select h.run_id, h.as_of, h.num_examples, h.num_annotations, h.num_annotators, (
                select c.observed from crowdlab.run_check c where c.run_id = h.run_id and c.code = ?),
                (h.settings -> 'quality_method', h.settings -> 'consensus_methods' -> 0,
                    h.settings -> 'label_quality_score', h.settings -> 'use_gold')
                    is not distinct from (r.settings -> 'quality_method', r.settings -> 'consensus_methods' -> 0,
                    r.settings -> 'label_quality_score', r.settings -> 'use_gold')
            from crowdlab.run r
            join crowdlab.run h on h.dataset = r.dataset and h.run_id <= r.run_id and h.as_of <= r.as_of
            where r.run_id = ? and h.status = 'PUBLISHED' and (h.became_current is not false or h.run_id = r.run_id)
            order by h.as_of desc, h.run_id desc
            limit ?""";

    private static final String CHANGES = """
            select count(*) filter (where c.previous_label is not null and c.consensus_label is not null),
                count(c.example_id) filter (where c.previous_label is null),
                count(c.example_id) filter (where c.consensus_label is null)
            from crowdlab.run_table t
            left join crowdlab.label_change c on c.run_id = t.run_id
            where t.run_id = ? and t.table_name = 'label_change' and t.removed_at is null
            group by t.run_id""";

    private final JdbcClient jdbc;
    private final long runId;

    RunQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    RunFigures read() {
        List<Finding> findings = new FindingReader(jdbc).read(runId);
        List<Published> history = history();
        Optional<Changes> changes = history.stream().anyMatch(run -> run.runId() != runId)
                ? jdbc.sql(CHANGES)
                        .param(runId)
                        .query((row, number) -> new Changes(row.getLong(1), row.getLong(2), row.getLong(3)))
                        .optional()
                : Optional.empty();
        return jdbc.sql(RUN)
                .param(runId)
                .query((row, number) -> run(row, findings, history, changes))
                .single();
    }

    private List<Published> history() {
        List<Published> newestFirst = new ArrayList<>(jdbc.sql(HISTORY)
                .params(FindingCode.MEAN_QUALITY.name(), runId, RunFigures.MAX_RUNS)
                .query((row, number) -> new Published(
                        row.getLong(1),
                        Columns.instant(row, 2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBoolean(7) ? Columns.number(row, 6) : Double.NaN,
                        row.getBoolean(7)))
                .list());
        Collections.reverse(newestFirst);
        return List.copyOf(newestFirst);
    }

    private static RunFigures run(
            ResultSet row, List<Finding> findings, List<Published> history, Optional<Changes> changes)
            throws SQLException {
        int column = row.findColumn("seconds");
        long[] counts = new long[COUNTS];
        for (int i = 0; i < COUNTS; i++) {
            counts[i] = row.getLong(column + 1 + i);
        }
        Optional<Instant> removedAt = Columns.optionalInstant(row, "removed_at");
        return new RunFigures(
                row.getLong("run_id"),
                row.getString("dataset"),
                Columns.instant(row, row.findColumn("as_of")),
                RunStatus.valueOf(row.getString("status")),
                Duration.ofMillis(Math.round(1_000 * row.getDouble("seconds"))),
                new Counts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]),
                findings,
                history,
                changes,
                removedAt);
    }
}
