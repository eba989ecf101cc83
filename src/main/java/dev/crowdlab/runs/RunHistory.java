package dev.crowdlab.runs;

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

/** Reads the records of past runs. Thread-safe. */
public final class RunHistory {

    private static final String LINES = """
            select r.run_id, r.dataset, r.as_of, r.status, p.run_id is not null as is_current, r.started_at,
                extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::double precision as seconds,
                r.num_examples, r.num_annotations, r.num_rejected,
                r.became_current, (
                    select string_agg(case c.code when 'FAILED' then c.message else c.code end, ', ' order by c.code)
                    from crowdlab.run_check c
                    where c.run_id = r.run_id and c.severity = 'FAIL') as reason
            from crowdlab.run r
            left join crowdlab.published_run p on p.run_id = r.run_id""";

    private static final String RUN = """
            select f.key, coalesce(f.value, '')
            from crowdlab.run r
            cross join lateral (values
                ('run_id', r.run_id::text),
                ('dataset', r.dataset),
                ('status', r.status),
                ('is_current', case when exists (select from crowdlab.published_run p where p.run_id = r.run_id)
                    then 'yes' else 'no' end),
                ('became_current', case when r.became_current then 'yes' when not r.became_current then 'no' end),
                ('as_of', r.as_of::text),
                ('started_by', r.started_by),
                ('started_at', r.started_at::text),
                ('finished_at', r.finished_at::text),
                ('duration', (coalesce(r.finished_at, now()) - r.started_at)::text),
                ('job_execution_id', r.job_execution_id::text),
                ('software_version', r.software_version),
                ('results_version', r.results_version::text),
                ('annotations_query', coalesce(r.settings ->> 'annotations_query',
                    'none: ' || coalesce(r.settings ->> 'annotations_table', 'crowdlab.annotation'))),
                ('predictions_query', coalesce(r.settings ->> 'predictions_query',
                    'none: ' || (r.settings ->> 'predictions_table'),
                    case when coalesce(r.settings ->> 'annotations_query', r.settings ->> 'annotations_table') is null
                        then 'none: crowdlab.prediction' else 'none' end)),
                ('gold_query', r.settings ->> 'gold_query'),
                ('settings', jsonb_pretty(r.settings - 'annotations_query' - 'predictions_query' - 'gold_query')),
                ('num_examples', r.num_examples::text),
                ('num_annotations', r.num_annotations::text),
                ('num_annotators', r.num_annotators::text),
                ('num_classes', r.num_classes::text),
                ('num_unlabeled', r.num_unlabeled::text),
                ('num_collapsed', r.num_collapsed::text),
                ('num_rejected', r.num_rejected::text),
                ('consensus_likelihood', r.consensus_likelihood::text),
                ('input_digest', r.input_digest),
                ('output_digest', r.output_digest),
                ('previous_hash', r.previous_hash),
                ('hash', r.hash)) as f (key, value)
            where r.run_id = ? and (f.key <> 'gold_query' or f.value is not null)""";

    private final JdbcClient jdbc;

    public RunHistory(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * One line of the history.
     *
     * @param runId the run's number
     * @param dataset the dataset
     * @param asOf the time that the run describes
     * @param status RUNNING, PUBLISHED, SKIPPED, REFUSED or FAILED
     * @param isCurrent whether the dashboards show it
     * @param startedAt when it began
     * @param duration how long it took, or has taken so far if it is not closed
     * @param exampleCount number of examples analyzed, if known
     * @param annotationCount number of annotations analyzed, if known
     * @param rejectedCount number of rejected rows, if known
     * @param becameCurrent whether the dashboards showed it from its end on; empty if it is not closed
     * @param reason why it failed, or the codes of the checks that refused it; empty if neither
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
            OptionalLong rejectedCount,
            Optional<Boolean> becameCurrent,
            Optional<String> reason) {

        /** Whether it was published without the dashboards showing it at its end. */
        public boolean isHistoryOnly() {
            return status.equals("PUBLISHED") && !becameCurrent.orElse(true);
        }
    }

    /** Returns the newest runs, newest first, of one dataset or of all. */
    public List<Line> newest(Optional<String> dataset, int limit) {
        return jdbc.sql(LINES + " where r.dataset = coalesce(:dataset::text, r.dataset)"
                        + " order by r.run_id desc limit :limit")
                .param("dataset", dataset.orElse(null))
                .param("limit", limit)
                .query(RunHistory::line)
                .list();
    }

    /** Returns the published run of every dataset, by dataset. */
    public List<Line> published() {
        return jdbc.sql(LINES + " where p.run_id is not null order by r.dataset")
                .query(RunHistory::line)
                .list();
    }

    /** Returns the datasets that have a run, in code-point order. */
    public List<String> datasets() {
        return jdbc.sql("select distinct dataset from crowdlab.run order by dataset")
                .query((row, number) -> row.getString(1))
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
                count(row.getObject("num_rejected", Long.class)),
                Optional.ofNullable(row.getObject("became_current", Boolean.class)),
                Optional.ofNullable(row.getString("reason")));
    }

    /**
     * Describes a run: who started it, when, from what and with which settings, and its outcome. Names are those of the table's
     * columns. Empty if there is no such run.
     */
    public List<Field> run(long runId) {
        return pairs(RUN, runId);
    }

    /**
     * A name and a value.
     *
     * @param name the name
     * @param value the value as text, empty for null
     */
    public record Field(String name, String value) {}

    /** Returns the tables of a run with their row counts and digests, by name. */
    public List<Field> tables(long runId) {
        return pairs("""
                select table_name, row_count || case row_count when 1 then ' row' else ' rows' end || ', digest ' || digest || coalesce(', removed ' || removed_at, '')
                from crowdlab.run_table where run_id = ? order by table_name""", runId);
    }

    /** Returns the models of a run with their weights and temperatures, by name. */
    public List<Field> models(long runId) {
        return pairs("""
                select model, 'weight ' || coalesce(model_weight::text, 'none')
                    || ', temperature ' || coalesce(temperature::text, 'none')
                from crowdlab.run_model where run_id = ? order by model""", runId);
    }

    /** Returns the consensus methods of a run side by side, the published one first. */
    public List<Field> consensusMethods(long runId) {
        return pairs("""
                select c.consensus_method, concat_ws(', ',
                    case when p.is_published then 'published'
                        else round((100 * c.agreement_with_published)::numeric, 1) || ' % of the labels equal to the published' end,
                    'estimated accuracy ' || round(c.estimated_accuracy::numeric, 4) || ' (' || round(c.lower::numeric, 4) || ' to '
                        || round(c.upper::numeric, 4) || ')',
                    'gold ' || round(c.gold_accuracy::numeric, 4) || ' (' || round(c.gold_lower::numeric, 4) || ' to '
                        || round(c.gold_upper::numeric, 4) || ') of ' || c.num_gold,
                    c.rounds || case c.rounds when 1 then ' round' else ' rounds' end)
                from crowdlab.run_consensus c
                join crowdlab.run r using (run_id)
                cross join lateral (select c.consensus_method = r.settings -> 'consensus_methods' ->> 0 as is_published) p
                where run_id = ? order by p.is_published desc, 1""", runId);
    }

    /** Returns the number of annotators of a run, and the ranges of their weights and qualities. */
    public List<Field> annotators(long runId) {
        return pairs("""
                select f.key, f.value
                from (
                    select count(*) as number, min(annotator_weight) as least_weight, max(annotator_weight) as most_weight,
                        min(annotator_quality) as least_quality, max(annotator_quality) as most_quality
                    from crowdlab.annotator_stats where run_id = ?) a
                cross join lateral (values
                    (1, 'number', a.number::text),
                    (2, 'annotator_weight', coalesce(a.least_weight || ' to ' || a.most_weight, 'none')),
                    (3, 'annotator_quality', coalesce(a.least_quality || ' to ' || a.most_quality, 'none')))
                    as f (place, key, value)
                where a.number > 0
                order by f.place""", runId);
    }

    /** Returns the findings of a run, worst first. */
    public List<Field> checks(long runId) {
        return pairs("""
                select severity || ' ' || code, message from crowdlab.run_check where run_id = ?
                order by array_position(array['FAIL', 'WARN', 'INFO'], severity), code""", runId);
    }

    /** Returns the number of rows that a run rejected, by source and reason; never capped, never removed. */
    public List<Field> rejected(long runId) {
        return pairs("""
                select source || ' ' || reason, num_rows::text from crowdlab.rejected_count where run_id = ?
                order by num_rows desc, 1""", runId);
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
