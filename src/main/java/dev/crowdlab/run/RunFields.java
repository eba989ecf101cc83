package dev.crowdlab.run;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Describes one run by names and values, all as text, for somebody to read. Thread-safe. */
public final class RunFields {

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

    public RunFields(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * A name and a value.
     *
     * @param name the name
     * @param value the value as text, empty for null
     */
    public record Field(String name, String value) {}

    /**
     * Describes a run: who started it, when, from what and with which settings, and its outcome. Names are those of the
     * table's columns. Empty if there is no such run.
     */
    public List<Field> run(long runId) {
        return pairs(RUN, runId);
    }

    /** Returns the tables of a run with their row counts and digests, by name. */
    public List<Field> tables(long runId) {
        return pairs("""
                select table_name, row_count || case row_count when 1 then ' row' else ' rows' end || ', digest ' || digest || coalesce(', removed ' || removed_at, '')
                from crowdlab.run_table where run_id = ? order by table_name""", runId);
    }

    /** Returns the models of a run with their weights and temperatures, by name. */
    public List<Field> models(long runId) {
        return pairs("""
                select model, 'weight ' || coalesce(round(model_weight::numeric, 4)::text, 'none')
                    || ', temperature ' || coalesce(temperature::text, 'none')
                    || coalesce(', predicted ' || round((100 * coverage)::numeric, 1) || ' % of the labeled examples', '')
                from crowdlab.run_model where run_id = ? order by model""", runId);
    }

    /** Returns the consensus methods of a run side by side, the published one first. */
    public List<Field> consensusMethods(long runId) {
        return pairs("""
                select c.consensus_method, concat_ws(', ',
                    case when p.is_published then 'published'
                        else round((100 * c.agreement_with_published)::numeric, 1) || ' % of the labels equal to the published' end,
                    case when c.consensus_method = 'committee' and c.estimated_accuracy is null
                        then 'no estimated accuracy, see the findings' end,
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
                    (2, 'annotator_weight', coalesce(round(a.least_weight::numeric, 4) || ' to ' || round(a.most_weight::numeric, 4), 'none')),
                    (3, 'annotator_quality', coalesce(round(a.least_quality::numeric, 4) || ' to ' || round(a.most_quality::numeric, 4), 'none')))
                    as f (place, key, value)
                where a.number > 0
                order by f.place""", runId);
    }

    /** Returns the findings of a run, worst first. */
    public List<Field> checks(long runId) {
        return new FindingReader(jdbc)
                .read(runId).stream()
                        .map(finding -> new Field(finding.severity() + " " + finding.code(), finding.message()))
                        .toList();
    }

    /** Returns the number of rows that a run rejected, by source and reason; never capped, never removed. */
    public List<Field> rejected(long runId) {
        return pairs("""
                select source || ' ' || reason, num_rows::text from crowdlab.rejected_count where run_id = ?
                order by num_rows desc, 1""", runId);
    }

    private List<Field> pairs(String query, long runId) {
        return jdbc.sql(query)
                .param(runId)
                .query((row, number) -> new Field(row.getString(1), row.getString(2)))
                .list();
    }
}
