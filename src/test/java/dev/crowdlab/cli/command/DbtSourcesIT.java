package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The ways to the results from outside: the source for dbt, and DuckDB on a file. */
class DbtSourcesIT {

    private static final String[] ROWS = {
        "create table public.label as select 'e' || e as example_id, 'a' || a as annotator_id,"
                + " case when (e + a) % 7 = 0 then 'no' else 'yes' end as label"
                + " from generate_series(1, 30) e, generate_series(1, 3) a",
    };

    private static Warehouse warehouse() throws SQLException {
        Warehouse warehouse = Warehouse.with();
        warehouse.execute(ROWS);
        return warehouse;
    }

    private static Result run(Warehouse warehouse, String... arguments) {
        Result result = warehouse
                .program()
                .with("crowdlab.datasets.d.annotations-query", "select * from public.label")
                .call(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyViewAndColumnIsDescribed() throws SQLException {
        try (Warehouse warehouse = warehouse()) {
            run(warehouse, "run");
            String text = run(warehouse, "config", "--dbt").out();
            assertThat(text).doesNotContain("{{", "{%"); // dbt would run it
            Map<String, Object> file = new Yaml().load(text);
            Map<String, Object> source = ((List<Map<String, Object>>) file.get("sources")).get(0);
            List<Map<String, Object>> tables = (List<Map<String, Object>>) source.get("tables");
            assertThat(tables)
                    .extracting(table -> table.get("name"))
                    .isEqualTo(
                            warehouse.column(
                                    "select table_name::text from information_schema.views where table_schema = 'crowdlab_bi' order by table_name::text collate \"C\""));
            assertThat(tables).allSatisfy(table -> {
                assertThat(table).containsKey("description");
                assertThat((List<Map<String, Object>>) table.get("columns"))
                        .isNotEmpty()
                        .allSatisfy(column -> assertThat(column).containsKeys("name", "data_type", "description"));
            });
            Map<String, Object> freshness = tables.stream()
                    .filter(table -> "freshness".equals(table.get("name")))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> config = (Map<String, Object>) freshness.get("config");
            assertThat(warehouse.value((String) config.get("loaded_at_query")))
                    .isEqualTo(warehouse.value("select finished_at from crowdlab.run"));
            Map<String, Object> exposure = ((List<Map<String, Object>>) file.get("exposures")).get(0);
            assertThat((List<String>) exposure.get("depends_on")).allSatisfy(used -> assertThat(tables)
                    .extracting(table -> "source('crowdlab_bi', '" + table.get("name") + "')")
                    .contains(used));
        }
    }

    @Test
    void jsonIsNotForDbt() throws SQLException {
        try (Warehouse warehouse = warehouse()) {
            Result result = warehouse.program().call("config", "--dbt", "--output", "json");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("--dbt prints YAML; leave --output out");
        }
    }

    @Test
    void duckDbReadsAnExportedFile(@TempDir Path directory) throws SQLException {
        try (Warehouse warehouse = warehouse()) {
            run(warehouse, "run");
            Path file = directory.resolve("labels.parquet");
            run(
                    warehouse,
                    "export",
                    "--dataset",
                    "d",
                    "--table",
                    "label_quality",
                    "--format",
                    "parquet",
                    "--out",
                    file.toString());
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = duck.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select consensus_label, count(*) from '" + file + "' group by 1 order by 1")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1) + " " + rows.getLong(2))
                        .isEqualTo(
                                warehouse.value(
                                        "select consensus_label || ' ' || count(*) from"
                                                + " crowdlab_bi.label_quality group by consensus_label order by consensus_label limit 1"));
            }
        }
    }
}
