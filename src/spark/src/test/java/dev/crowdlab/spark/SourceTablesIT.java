package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on Parquet files against those of the local job on the same rows in PostgreSQL. */
class SourceTablesIT {

    /** Ids, labels and times of other types than text, nulls, and arrays of every kind that is refused. */
    private static final String TYPED = """
            create table public.typed_annotation (id bigint, who date, label numeric(4, 2), at timestamp);
            insert into public.typed_annotation
            select case when i % 41 = 0 then null when i % 7 = 0 then -i / 3 else i / 3 end, date '2026-01-01' + i % 9,
                case when i % 53 = 0 then null when i % 5 < 3 then 1.50 else 20 end,
                case when i % 11 = 0 then null else timestamp '2026-01-02 03:04:05.678901' + i * interval '1 minute' end
            from generate_series(1, 900) i;
            create table public.typed_prediction (id integer, version smallint, p numeric(3, 2)[]);
            insert into public.typed_prediction
            select i, v, case
                when i % 17 = 0 then array[0.25, null]
                when i % 19 = 0 then null
                when i % 23 = 0 then array[]::numeric[]
                when i % 29 = 0 then array[0.7, 0.7]
                else array[(i + v) % 10 / 10.0, 1 - (i + v) % 10 / 10.0] end
            from generate_series(-300, 320) i
            cross join generate_series(1, 2) v;
            create table public.typed_gold (id smallint, label numeric(4, 2));
            insert into public.typed_gold
            select case when i % 37 = 0 then null else i end, case when i % 31 = 0 then 7 when i % 3 = 0 then 1.5 else 20 end
            from generate_series(-320, 320, 2) i;
            insert into public.typed_gold select i, 1.5 from generate_series(-40, 40, 10) i""";

    /** Gold for a third of the examples of texts, and beyond them; two different labels, an unknown one, and no id. */
    private static final String GOLD = """
            create table public.gold as
            select 'e' || e as example_id, 'c' || e % 3 as label from generate_series(1, 330, 3) e
            union all select 'e' || e, 'c0' from generate_series(1, 330, 30) e
            union all select null, 'c0' union all select 'e4', 'odd'""";

    @TempDir
    private static Path lake;

    private static Nights nights;

    @BeforeAll
    static void runLocally() throws Exception {
        nights = new Nights();
        nights.addDataset("texts", 21, 300, List.of("active-learning: true"));
        nights.addQueries(
                "gold",
                GOLD,
                List.of(
                        "annotations-query: select * from crowdlab.annotation where dataset = 'texts'",
                        "predictions-query: select * from crowdlab.prediction where dataset = 'texts'",
                        "gold-query: select example_id, label from public.gold",
                        "consensus-methods: [committee, best_quality, majority_vote, dawid_skene]",
                        "classes: [c0, c1, c2, c3, c4]",
                        "on-missing-prediction: uniform",
                        "on-incomplete-prediction: spread",
                        "checks: {max-rejected-share: 0.9, min-gold-accuracy: {warn: 0.99}}"));
        nights.addQueries(
                "typed",
                TYPED,
                List.of(
                        "classes: ['1.50', '20.00']",
                        "gold-query: select id as example_id, label from public.typed_gold",
                        "use-gold: true",
                        "consensus-methods: [committee, majority_vote]",
                        "checks: {max-rejected-share: 0.9}",
                        "annotations-query: select id as example_id, who as annotator_id, label, at as annotated_at"
                                + " from public.typed_annotation",
                        "predictions-query: select id as example_id, version as model, p as probabilities"
                                + " from public.typed_prediction"));
        nights.begin("local", "spark", "failing");
        nights.runLocally("local");
        writeFiles();
        for (String database : List.of("spark", "failing")) {
            Path settings = nights.settings(database);
            Files.writeString(
                    settings,
                    Files.readString(settings)
                            .replace("    texts:\n", "    texts:\n" + tables("texts", "%s/texts-%s.parquet"))
                            .replaceAll(" +(annotations|predictions|gold)-query: .*\n", "")
                            .replace(
                                    "    gold:\n",
                                    "    gold:\n" + tables("gold", "%s/texts-%s.parquet")
                                            + goldTable("%s/texts-gold.parquet"))
                            .replace(
                                    "    typed:\n",
                                    "    typed:\n" + tables("typed", "parquet.`%s/typed-%s.parquet`")
                                            + goldTable("parquet.`%s/typed-gold.parquet`")));
        }
    }

    private static String tables(String dataset, String pattern) {
        return "      annotations-table: " + pattern.formatted(lake, "annotations") + "\n      predictions-table: "
                + pattern.formatted(lake, "predictions") + "\n";
    }

    private static String goldTable(String pattern) {
        return "      gold-table: " + pattern.formatted(lake) + "\n";
    }

    private static void writeFiles() throws SQLException {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkSession session = TableSession.open(spark);
            write(
                    session,
                    "texts-annotations",
                    "example_id string, annotator_id string, label string, annotated_at timestamp",
                    "select example_id, annotator_id, label, annotated_at from crowdlab.annotation where dataset = 'texts'");
            write(
                    session,
                    "texts-predictions",
                    "label string, example_id string, model string, probability double",
                    "select label, example_id, model, probability from crowdlab.prediction where dataset = 'texts'");
            write(
                    session,
                    "typed-annotations",
                    "example_id bigint, annotator_id date, label decimal(4, 2), annotated_at timestamp_ntz, unused int",
                    "select id, who, label, at, 7 from public.typed_annotation");
            write(
                    session,
                    "typed-predictions",
                    "example_id int, model smallint, probabilities array<decimal(3, 2)>",
                    "select id, version, p from public.typed_prediction");
            write(
                    session,
                    "texts-gold",
                    "label string, example_id string",
                    "select label, example_id from public.gold");
            write(
                    session,
                    "typed-gold",
                    "example_id smallint, label decimal(4, 2)",
                    "select id, label from public.typed_gold");
        }
    }

    private static void write(SparkSession session, String name, String schema, String query) throws SQLException {
        write(nights, session, lake.resolve(name + ".parquet"), schema, query);
    }

    /** Writes what a query of the local job's database returns. */
    static void write(Nights nights, SparkSession session, Path target, String schema, String query)
            throws SQLException {
        StructType columns = StructType.fromDDL(schema);
        List<Row> rows = new ArrayList<>();
        nights.query("local", query, found -> {
            Object[] values = new Object[columns.size()];
            for (int column = 0; column < values.length; column++) {
                values[column] = value(
                        found, column + 1, columns.fields()[column].dataType().simpleString());
            }
            rows.add(RowFactory.create(values));
        });
        session.createDataFrame(rows, columns).repartition(3).write().parquet(target.toString());
    }

    private static Object value(ResultSet row, int column, String type) throws SQLException {
        if (row.getObject(column) == null) {
            return null;
        }
        return switch (type) {
            case "timestamp" -> row.getObject(column, OffsetDateTime.class).toInstant();
            case "timestamp_ntz" -> row.getObject(column, LocalDateTime.class);
            case "date" -> row.getObject(column, Date.class).toLocalDate();
            case "smallint" -> row.getShort(column);
            case "array<decimal(3,2)>" ->
                Arrays.asList((Object[]) row.getArray(column).getArray());
            default -> row.getObject(column);
        };
    }

    @Test
    void everyTableIsThatOfTheSameRowsInPostgresql() throws Exception {
        SparkProgram.runAll(nights, "spark", List.of("texts", "gold", "typed"), 3);
        nights.assertSameRows("texts", "local", "spark");
        nights.assertSameRows("gold", "local", "spark");
        nights.assertSameRowsButFindings("typed", "local", "spark");
        assertThat(Long.parseLong(nights.run("typed", "local").get("num_examples")))
                .isGreaterThan(100);
        SparkProgram.Result again = SparkProgram.call(
                "local[2]", "", nights, "spark", List.of("--dataset", "texts", "--dataset", "typed", "--parts", "2"));
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(again.output()).contains("of dataset 'texts': SKIPPED", "of dataset 'typed': SKIPPED");
    }

    /** So that the comparison is one of datasets with gold that is measured against, fixed, and rejected for every reason. */
    @Test
    void goldIsUsableAndUnusable() throws Exception {
        String reasons = "select string_agg(distinct reason, ' ' order by reason) from crowdlab.rejected_count"
                + " where source = 'gold' and run_id = (select max(run_id) from crowdlab.run where dataset = '%s')";
        assertThat(nights.value("local", reasons.formatted("gold")))
                .isEqualTo("CONFLICTING_GOLD MISSING_ID NOT_ANNOTATED UNKNOWN_LABEL");
        assertThat(nights.value("local", reasons.formatted("typed")))
                .isEqualTo("CONFLICTING_GOLD MISSING_ID NOT_ANNOTATED UNKNOWN_LABEL");
        assertThat(nights.run("gold", "local")).containsEntry("status", "PUBLISHED");
        assertThat(nights.run("typed", "local")).containsEntry("status", "PUBLISHED");
        assertThat(nights.tables("gold", "local").get("calibration_bin")).isNotNull();
    }

    @Test
    void soItIsIfEveryTaskFailsOnceAfterItsWork() throws Exception {
        SparkProgram.runFailing(nights, "failing", "--dataset", "typed", "--parts", "2");
        nights.assertSameRowsButFindings("typed", "local", "failing");
    }
}
