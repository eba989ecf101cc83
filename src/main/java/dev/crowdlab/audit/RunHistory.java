package dev.crowdlab.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the database knows of past runs. Thread-safe. */
public final class RunHistory {

    private static final String LINES = """
            select r.run_id, r.dataset, r.as_of, r.status, p.run_id is not null as is_current, r.started_at,
                extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::double precision as seconds,
                r.num_examples, r.num_annotations, r.num_rejected
            from crowdlab.run r
            left join crowdlab.published_run p on p.run_id = r.run_id""";

    private final JdbcClient jdbc;

    /** The history in the database that the sessions lead to. */
    public RunHistory(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
    }

    /**
     * One line of the history.
     *
     * @param runId the run's number
     * @param dataset the dataset
     * @param asOf the moment described
     * @param status RUNNING, PUBLISHED, SKIPPED, REFUSED or FAILED
     * @param isCurrent whether the dashboards show it
     * @param startedAt when it began
     * @param duration how long it took, so far if it is not closed
     * @param exampleCount examples analysed, as far as known
     * @param annotationCount annotations analysed, as far as known
     * @param rejectedCount rows refused, as far as known
     */
    public record Line(
            long runId,
            String dataset,
            Instant asOf,
            String status,
            boolean isCurrent,
            Instant startedAt,
            Duration duration,
            OptionalLong exampleCount,
            OptionalLong annotationCount,
            OptionalLong rejectedCount) {}

    /** The newest runs, newest first; empty dataset: of all. */
    public List<Line> newest(Optional<String> dataset, int limit) {
        return jdbc.sql(LINES + " where r.dataset = coalesce(:dataset::text, r.dataset)"
                        + " order by r.run_id desc limit :limit")
                .param("dataset", dataset.orElse(null))
                .param("limit", limit)
                .query(RunHistory::line)
                .list();
    }

    /** The published run of every dataset, by dataset. */
    public List<Line> published() {
        return jdbc.sql(LINES + " where p.run_id is not null order by r.dataset")
                .query(RunHistory::line)
                .list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        return new Line(
                row.getLong("run_id"),
                row.getString("dataset"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getString("status"),
                row.getBoolean("is_current"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Duration.ofMillis(Math.round(1_000 * row.getDouble("seconds"))),
                count(row.getObject("num_examples", Long.class)),
                count(row.getObject("num_annotations", Long.class)),
                count(row.getObject("num_rejected", Long.class)));
    }

    /** Every column of a run as text, name and value, in the order of the table; empty: there is no such run. */
    public List<Field> run(long runId) {
        return pairs("""
                select f.key, coalesce(f.value, '')
                from crowdlab.run r
                cross join lateral (values
                    ('run_id', r.run_id::text),
                    ('dataset', r.dataset),
                    ('as_of', r.as_of::text),
                    ('status', r.status),
                    ('started_at', r.started_at::text),
                    ('finished_at', r.finished_at::text),
                    ('job_execution_id', r.job_execution_id::text),
                    ('software_version', r.software_version),
                    ('settings', jsonb_pretty(r.settings)),
                    ('input_digest', r.input_digest),
                    ('output_digest', r.output_digest),
                    ('previous_hash', r.previous_hash),
                    ('hash', r.hash),
                    ('num_examples', r.num_examples::text),
                    ('num_annotations', r.num_annotations::text),
                    ('num_annotators', r.num_annotators::text),
                    ('num_classes', r.num_classes::text),
                    ('num_unlabeled', r.num_unlabeled::text),
                    ('num_collapsed', r.num_collapsed::text),
                    ('num_rejected', r.num_rejected::text),
                    ('consensus_likelihood', r.consensus_likelihood::text)) as f (key, value)
                where r.run_id = ?""", runId);
    }

    /**
     * A name and a value.
     *
     * @param name the name
     * @param value the value as text, empty for null
     */
    public record Field(String name, String value) {}

    /** The tables of a run with their numbers of rows, by name. */
    public List<Field> tables(long runId) {
        return pairs("""
                select table_name, row_count || coalesce(' (removed ' || removed_at || ')', '')
                from crowdlab.run_table where run_id = ? order by table_name""", runId);
    }

    /** The models of a run with their weights, by name. */
    public List<Field> models(long runId) {
        return pairs(
                "select model, 'weight ' || coalesce(model_weight::text, 'none') from crowdlab.run_model"
                        + " where run_id = ? order by model",
                runId);
    }

    /** The findings of a run, the worst first. */
    public List<Field> checks(long runId) {
        return pairs("""
                select severity || ' ' || code, message from crowdlab.run_check where run_id = ?
                order by array_position(array['FAIL', 'WARN', 'INFO'], severity), code""", runId);
    }

    /** How many rows a run refused for each reason that is still on record. */
    public List<Field> rejected(long runId) {
        return pairs("""
                select source || ' ' || reason, count(*)::text from crowdlab.rejected_row where run_id = ?
                group by source, reason order by count(*) desc, 1""", runId);
    }

    private static OptionalLong count(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private List<Field> pairs(String query, long runId) {
        return jdbc.sql(query)
                .param(runId)
                .query((row, number) -> new Field(row.getString(1), row.getString(2)))
                .list();
    }
}
