package dev.crowdlab.report.query;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.report.figures.NightFigures;
import dev.crowdlab.report.figures.NightFigures.Course;
import dev.crowdlab.report.figures.NightFigures.Point;
import dev.crowdlab.report.figures.NightFigures.Started;
import dev.crowdlab.report.figures.NightFigures.Subject;
import dev.crowdlab.report.figures.Rightness;
import dev.crowdlab.run.FindingReader;
import dev.crowdlab.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which datasets there are and how each stands. Thread-safe. */
public final class NightReader {

    private static final String SUBJECTS = """
            select n.dataset, n.run_id, n.status, n.started_at, e.run_id, e.status, e.started_at, p.run_id, (
                    select max(s.last_annotated_at) from crowdlab.annotator_stats s where s.run_id = p.run_id) as newest_label
            from (
                select distinct on (dataset) dataset, run_id, status, started_at
                from crowdlab.run
                order by dataset, run_id desc) n
            left join (
                select distinct on (dataset) dataset, run_id, status, started_at
                from crowdlab.run
                where status <> 'RUNNING'
                order by dataset, run_id desc) e using (dataset)
            left join crowdlab.published_run p using (dataset)""";

    private static final int NEWEST = 2;
    private static final int ENDED = 5;
    private static final int IN_USE = 8;

    private static final String FORGOTTEN = "select max(forgotten_at) as forgotten_at from crowdlab.forget_log";

    private static final String POINTS = """
            select r.run_id, s.value, c.estimated_accuracy, case
                when coalesce(g.num_gold, c.num_gold) >= ? then coalesce(g.accuracy, c.gold_accuracy) end
            from crowdlab.run r
            left join crowdlab.dataset_stats s on s.run_id = r.run_id and s.statistic = 'krippendorff_alpha'
            left join crowdlab.run_consensus c
                on c.run_id = r.run_id and c.consensus_method = r.settings -> 'consensus_methods' ->> 0
            left join crowdlab.gold_correction g
                on g.run_id = c.run_id and g.consensus_method = c.consensus_method and g.accuracy is not null
            where r.run_id = any (?)""";

    private final JdbcClient jdbc;

    /** Reads from the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public NightReader(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
    }

    /**
     * The datasets that are published, known to the caller or were run of late.
     *
     * @param known the names of datasets that are configured or found
     */
    public NightFigures read(Set<String> known) {
        Instant now = jdbc.sql("select now()")
                .query((row, number) -> Columns.instant(row, 1))
                .single();
        Optional<Instant> forgottenAt = jdbc.sql(FORGOTTEN)
                .query((row, number) -> Columns.optionalInstant(row, "forgotten_at"))
                .single();
        Map<String, Subject> subjects = new TreeMap<>();
        known.forEach(name -> subjects.put(name, Subject.neverRun(name)));
        jdbc.sql(SUBJECTS).query((row, number) -> subject(row)).list().stream()
                .filter(subject -> known.contains(subject.dataset())
                        || subject.inUse().isPresent()
                        || subject.newest()
                                .filter(run -> run.startedAt().isAfter(now.minus(NightFigures.UNATTENDED)))
                                .isPresent())
                .forEach(subject -> subjects.put(subject.dataset(), subject));
        return new NightFigures(now, List.copyOf(subjects.values()), forgottenAt);
    }

    private static Subject subject(ResultSet row) throws SQLException {
        return new Subject(
                row.getString(1),
                Optional.of(started(row, NEWEST)),
                row.getString(ENDED) == null ? Optional.empty() : Optional.of(started(row, ENDED)),
                Optional.ofNullable(row.getObject(IN_USE, Long.class)),
                Columns.optionalInstant(row, "newest_label"));
    }

    private static Started started(ResultSet row, int column) throws SQLException {
        return new Started(
                row.getLong(column), RunStatus.valueOf(row.getString(column + 1)), Columns.instant(row, column + 2));
    }

    /**
     * What only the overview shows of a dataset.
     *
     * @param runs those of the small lines
     */
    public Course course(Subject subject, List<Long> runs) {
        return new Course(findings(subject), points(runs));
    }

    private List<Finding> findings(Subject subject) {
        Optional<Long> told = subject.ended()
                .filter(run -> run.status() != RunStatus.SKIPPED)
                .map(Started::runId)
                .or(subject::inUse);
        return told.map(new FindingReader(jdbc)::read).orElse(List.of());
    }

    private Map<Long, Point> points(List<Long> runs) {
        Map<Long, Point> points = new HashMap<>();
        if (!runs.isEmpty()) {
            jdbc.sql(POINTS).params(Rightness.FEWEST, runs.toArray(Long[]::new)).query(row -> {
                points.put(
                        row.getLong(1),
                        new Point(Columns.number(row, 2), Columns.number(row, 3), Columns.number(row, 4)));
            });
        }
        return points;
    }
}
