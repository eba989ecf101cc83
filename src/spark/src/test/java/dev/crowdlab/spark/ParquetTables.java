package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Seq;

/** The tables of a run as Parquet files. */
final class ParquetTables {

    private ParquetTables() {}

    /** Compares them with those of a dataset's first run in PostgreSQL: tables, columns, rows, and what the manifest says. */
    static void assertSame(Nights nights, String database, String dataset, Path directory) throws Exception {
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
        assertSameDigests(nights, database, dataset, manifest);
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkSession session = TableSession.open(spark);
            for (String table : nights.tables(dataset, database).keySet()) {
                Dataset<Row> file =
                        session.read().parquet(directory.resolve(table).toString());
                List<Row> found = file.collectAsList();
                assertThat(found.stream().map(ParquetTables::text).sorted().toList())
                        .as(table)
                        .isEqualTo(stored(nights, database, dataset, table, List.of(file.columns())));
                assertThat(manifest.at("/tables/" + table + "/row_count").asInt())
                        .isEqualTo(found.size());
            }
            assertThat(session.read()
                            .parquet(directory.resolve("detailed_label_quality").toString())
                            .schema()
                            .simpleString())
                    .isEqualTo("struct<run_id:bigint,example_id:string,annotator_id:string,label:string,"
                            + "quality_score:double,annotated_at:timestamp>");
            if (nights.tables(dataset, database).containsKey("label_posterior")) {
                assertSameProbabilities(nights, database, dataset, session, directory);
            }
        }
    }

    /** Compares the rows that the page on clusters makes of the arrays. */
    private static void assertSameProbabilities(
            Nights nights, String database, String dataset, SparkSession session, Path directory) throws SQLException {
        String query = """
                select example_id, label, posterior[class_index - 1] as probability
                from parquet.`%1$s/label_posterior` cross join parquet.`%1$s/run_class`""";
        List<String> found = session.sql(query.formatted(directory)).collectAsList().stream()
                .map(row -> row.getString(0) + " " + row.getString(1) + " " + row.getDouble(2))
                .sorted()
                .toList();
        String stored = """
                select example_id, label, posterior[class_index] from crowdlab.label_posterior
                join crowdlab.run_class using (run_id)
                where run_id = (select min(run_id) from crowdlab.run where dataset = '%s')""";
        List<String> expected = new ArrayList<>();
        nights.query(
                database,
                stored.formatted(dataset),
                row -> expected.add(row.getString(1) + " " + row.getString(2) + " " + row.getDouble(3)));
        expected.sort(Comparator.naturalOrder());
        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    /** Compares what the manifest says with the dataset's last run in PostgreSQL. */
    static void assertSameDigests(Nights nights, String database, String dataset, JsonNode manifest)
            throws SQLException {
        Map<String, String> found = new TreeMap<>();
        manifest.get("tables")
                .properties()
                .forEach(table -> found.put(
                        table.getKey(),
                        table.getValue().get("row_count") + " "
                                + table.getValue().get("digest").asText()));
        Map<String, String> expected = new TreeMap<>();
        nights.tables(dataset, database).forEach((table, text) -> expected.put(table, text.replaceFirst(" \\{.*", "")));
        assertThat(found).isEqualTo(expected);
        Map<String, String> run = nights.run(dataset, database);
        assertThat(manifest.get("input_digest").asText()).isEqualTo(run.get("input_digest"));
        assertThat(manifest.get("output_digest").asText()).isEqualTo(run.get("output_digest"));
    }

    private static String text(Row row) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column < row.length(); column++) { // after run_id
            String value = String.valueOf(row.get(column) instanceof Seq ? row.getList(column) : row.get(column));
            values.add(row.schema().fieldNames()[column] + " "
                    + value.replace("+294247-01-10T04:00:54.775807Z", "infinity")
                            .replace("-290308-12-21T19:59:05.224192Z", "-infinity"));
        }
        return values.toString();
    }

    /** The rows of a table, whose columns must be those that the run records: not every run writes all of them. */
    private static List<String> stored(
            Nights nights, String database, String dataset, String table, List<String> columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        assertThat(nights.value(database, """
                        select array_to_string(columns, ' ') from crowdlab.run_table where table_name = '%s'
                        and run_id = (select min(run_id) from crowdlab.run where dataset = '%s')""".formatted(table, dataset)))
                .as(table)
                .isEqualTo(String.join(" ", columns.subList(1, columns.size())));
        nights.query(
                database,
                "select \"" + String.join("\", \"", columns) + "\" from crowdlab." + table
                        + " where run_id = (select min(run_id) from crowdlab.run where dataset = '" + dataset + "')",
                row -> rows.add(text(row)));
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    private static String text(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
            values.add(row.getMetaData().getColumnName(column) + " " + value(row, column));
        }
        return values.toString();
    }

    private static Object value(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return switch (row.getMetaData().getColumnTypeName(column)) {
            case "_float8" -> Arrays.asList((Object[]) row.getArray(column).getArray());
            case "timestamptz" ->
                text == null || text.endsWith("infinity")
                        ? text
                        : row.getObject(column, OffsetDateTime.class).toInstant();
            default -> row.getObject(column);
        };
    }
}
