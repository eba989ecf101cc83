package dev.crowdlab.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/**
 * The views of crowdlab_bi as a source of dbt, with what the data dictionary says of them, how old results may become, and
 * the report as an exposure: a file for the models directory of a project of dbt 1.10 or later.
 */
public final class DbtSources {

    private static final String SCHEMA = "crowdlab_bi";
    private static final int WIDTH = 160;

    /** What the report shows; without the views that only describe others. */
    private static final List<String> REPORTED =
            List.of("label_quality", "annotator_stats", "dataset_stats", "review_queue", "run_checks");

    private final DataSource dataSource;

    /** @param dataSource opens connections to the results */
    public DbtSources(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private record Row(
            String view,
            @Nullable String column,
            @Nullable String type,
            @Nullable String description) {}

    /** Returns the file. */
    public String yaml() {
        List<Row> rows = JdbcClient.create(dataSource)
                .sql("""
                        select view_name, column_name, data_type, description from crowdlab_bi.data_dictionary
                        order by view_name, position""")
                .query((row, number) -> new Row(
                        row.getString("view_name"),
                        row.getString("column_name"),
                        row.getString("data_type"),
                        row.getString("description")))
                .list();
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setWidth(WIDTH);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", 2);
        file.put("sources", List.of(source(rows)));
        file.put("exposures", List.of(exposure()));
        return "# Made by config --dbt; make it again after an upgrade of crowdlab-etl.\n"
                + new Yaml(options).dump(file);
    }

    private static Map<String, Object> source(List<Row> rows) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("name", SCHEMA);
        source.put("schema", SCHEMA);
        source.put("description", "Consensus labels and what is known of them, as crowdlab-etl published them last.");
        source.put("tables", tables(rows));
        return source;
    }

    private static List<Map<String, Object>> tables(List<Row> rows) {
        List<Map<String, Object>> tables = new ArrayList<>();
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Row row : rows) {
            if (row.column() == null) {
                columns = new ArrayList<>();
                tables.add(table(row, columns));
            } else {
                columns.add(column(row));
            }
        }
        return tables;
    }

    private static Map<String, Object> table(Row row, List<Map<String, Object>> columns) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("name", row.view());
        describe(table, row);
        if (row.view().equals("freshness")) {
            table.put("config", freshness());
        }
        table.put("columns", columns);
        return table;
    }

    /** Of the published dataset whose last run is the oldest, for a run every night. */
    private static Map<String, Object> freshness() {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("warn_after", after(30));
        limits.put("error_after", after(54));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("freshness", limits);
        config.put(
                "loaded_at_query",
                "select min(last_run_finished_at) from crowdlab_bi.freshness where run_id is not null");
        return config;
    }

    private static Map<String, Object> after(int hours) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("count", hours);
        after.put("period", "hour");
        return after;
    }

    private static Map<String, Object> column(Row row) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("name", row.column());
        if (row.type() != null) {
            column.put("data_type", row.type());
        }
        describe(column, row);
        return column;
    }

    private static void describe(Map<String, Object> entry, Row row) {
        if (row.description() != null) {
            entry.put("description", row.description());
        }
    }

    private static Map<String, Object> exposure() {
        Map<String, Object> exposure = new LinkedHashMap<>();
        exposure.put("name", "crowdlab_report");
        exposure.put("label", "Report on the labels");
        exposure.put("type", "dashboard");
        exposure.put("description", "What the command report writes of a run.");
        exposure.put(
                "depends_on",
                REPORTED.stream()
                        .map(view -> "source('" + SCHEMA + "', '" + view + "')")
                        .toList());
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("name", "owner of the annotations");
        exposure.put("owner", owner);
        return exposure;
    }
}
