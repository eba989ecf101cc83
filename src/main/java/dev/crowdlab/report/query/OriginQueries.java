package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.OriginFigures;
import dev.crowdlab.report.figures.OriginFigures.Model;
import dev.crowdlab.report.figures.OriginFigures.Setting;
import dev.crowdlab.settings.DatasetSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads where a result comes from. */
final class OriginQueries {

    /** What a setting is unless somebody sets it, in the order in which settings are shown. */
    private static final Map<String, String> DEFAULTS = DatasetSettings.defaults();

    private static final String SETTINGS = """
            select s.key, case pg_catalog.jsonb_typeof(s.value)
                when 'array' then (
                    select coalesce(pg_catalog.string_agg(e.value, ', ' order by e.place), '')
                    from pg_catalog.jsonb_array_elements_text(s.value) with ordinality as e (value, place))
                else coalesce(s.value #>> '{}', '')
            end
            from crowdlab.run r
            cross join pg_catalog.jsonb_each(r.settings - array['annotations_query', 'predictions_query', 'gold_query']) as s (key, value)
            where r.run_id = ?
            order by s.key collate "C\"""";

    private static final String MODELS =
            "select model, model_weight, temperature, coverage from crowdlab.run_model where run_id = ? order by model";

    private static final String RECORD = """
            select f.name, f.value
            from crowdlab.run r
            cross join lateral (values
                (1, 'Run hash', r.hash),
                (2, 'Previous hash', r.previous_hash),
                (3, 'Input digest', r.input_digest),
                (4, 'Output digest', r.output_digest),
                (5, 'Software', r.software_version),
                (6, 'Results version', r.results_version::text)) as f (place, name, value)
            where r.run_id = ? and f.value is not null
            order by f.place""";

    private static final String QUERIES = """
            select f.name, f.value
            from crowdlab.run r
            cross join lateral (values
                (1, 'Annotations query', coalesce(r.settings ->> 'annotations_query',
                    'none: table ' || coalesce(r.settings ->> 'annotations_table', 'crowdlab.annotation'))),
                (2, 'Predictions query', coalesce(r.settings ->> 'predictions_query',
                    'none: table ' || (r.settings ->> 'predictions_table'),
                    case when r.settings ->> 'annotations_table' is null then 'none: table crowdlab.prediction'
                        else 'none' end)),
                (3, 'Gold query', r.settings ->> 'gold_query'),
                (4, 'Started by', r.started_by)) as f (place, name, value)
            where r.run_id = ? and f.value is not null
            order by f.place""";

    private final JdbcClient jdbc;
    private final long runId;

    OriginQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    OriginFigures read(boolean withQueries) {
        return new OriginFigures(
                settings(),
                jdbc.sql(MODELS)
                        .param(runId)
                        .query((row, number) -> new Model(
                                row.getString(1),
                                Columns.number(row, 2),
                                Columns.number(row, 3),
                                Columns.number(row, 4)))
                        .list(),
                pairs(RECORD),
                withQueries ? pairs(QUERIES) : Map.of());
    }

    private List<Setting> settings() {
        Map<String, String> values = pairs(SETTINGS);
        List<Setting> settings = new ArrayList<>();
        DEFAULTS.forEach((name, usual) -> {
            String value = values.remove(name);
            if (value != null) {
                settings.add(new Setting(name, value, value.equals(usual)));
            }
        });
        values.forEach((name, value) -> settings.add(new Setting(name, value, true)));
        return settings;
    }

    private Map<String, String> pairs(String query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        jdbc.sql(query)
                .param(runId)
                .query((row, number) -> pairs.put(row.getString(1), row.getString(2)))
                .list();
        return pairs;
    }
}
