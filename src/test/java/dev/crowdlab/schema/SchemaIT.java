package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What other people's SQL relies on: names, comments, partitions, and closed runs that stand still. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaIT {

    /** The columns of the tables that hold no results; together with those of the results, the public contract. */
    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.ofEntries(
            Map.entry("annotation", "dataset, example_id, annotator_id, label, annotated_at, annotator_kind, family"),
            Map.entry("prediction", "dataset, model, example_id, label, probability"),
            Map.entry("gold", "dataset, example_id, label"),
            Map.entry(
                    "run",
                    "run_id, dataset, as_of, status, started_at, started_by, finished_at, became_current, job_execution_id,"
                            + " software_version, results_version, settings, input_digest, output_digest,"
                            + " num_examples, num_annotations, num_annotators, num_classes, num_unlabeled,"
                            + " num_collapsed, num_rejected, consensus_likelihood, previous_hash, hash"),
            Map.entry("run_table", "run_id, table_name, row_count, digest, columns, removed_at"),
            Map.entry("published_run", "dataset, run_id, published_at"),
            Map.entry(
                    "forget_log",
                    "forget_id, what, pseudonym, dataset, rows, digests, forgotten_at, forgotten_by, previous_hash, hash"),
            Map.entry(
                    "publication_log",
                    "publication_id, dataset, run_id, previous_run_id, changed_at, changed_by, previous_hash, hash"),
            Map.entry("run_part", "run_id, table_name, part, row_count"),
            Map.entry("purge_log", "purge_id, what, run_ids, rows, purged_at, purged_by")));

    private static final List<String> VIEWS = List.of(
            "alternative_consensus",
            "annotator_confusion",
            "annotator_pairs",
            "annotator_periods",
            "annotator_quality_history",
            "annotator_stats",
            "calibration_bins",
            "class_confusion",
            "class_share",
            "data_dictionary",
            "dataset_stats",
            "dataset_stats_history",
            "detailed_label_quality",
            "example_posterior",
            "example_votes",
            "freshness",
            "gold_correction",
            "gold_weight",
            "label_changes",
            "label_next",
            "label_posterior",
            "label_quality",
            "label_quality_histogram",
            "label_state",
            "machine_pair",
            "machine_period",
            "machine_stats",
            "rejected_rows",
            "rejected_rows_history",
            "review_queue",
            "run_checks",
            "run_checks_history",
            "run_classes",
            "run_consensus",
            "run_expert_models",
            "run_experts",
            "run_history",
            "run_models",
            "run_panel",
            "soft_label");

    /** Views that aggregate, and so have columns of their own. */
    private static final Map<String, String> OWN_COLUMNS = Map.of(
            "class_confusion",
            "dataset, run_id, consensus_label, given_label, num_annotations, num_annotators, share",
            "data_dictionary",
            "view_name, position, column_name, data_type, description",
            "example_votes",
            "dataset, run_id, example_id, consensus_label, consensus_quality_score, annotator_agreement, num_annotations,"
                    + " votes, model_label, model_probability, annotators_by_label",
            "freshness",
            "dataset, run_id, published_at, as_of, newest_annotation, last_run_id, last_run_status, last_run_started_at,"
                    + " last_run_finished_at, last_run_failure",
            "label_posterior",
            "dataset, run_id, example_id, label, probability",
            "label_quality_histogram",
            "dataset, run_id, bin, bin_lower, bin_upper, num_examples",
            "rejected_rows",
            "dataset, run_id, source, reason, num_rows, row_number, example_id, annotator_id, model, label, detail",
            "rejected_rows_history",
            "dataset, run_id, as_of, status, source, reason, num_rows, row_number, example_id, annotator_id, model, label,"
                    + " detail",
            "run_checks_history",
            "dataset, run_id, as_of, status, code, severity, severity_order, message, observed, threshold, rank");

    private TestDatabase database;
    private JdbcClient jdbc;
    private Program.Result firstMigration;
    private Program.Result secondMigration;

    @BeforeAll
    void makeSomeHistory() throws SQLException {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        firstMigration = Program.on(database).call("migrate");
        secondMigration = Program.on(database).call("migrate");
        jdbc.sql("""
                        insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                        select d, 'e' || e, 'w' || (e + w) % 9, case when (e * w) % 7 < 5 then 'a' else 'b' end, '2026-03-01Z'::timestamptz
                        from (values ('first'), ('second')) v (d), generate_series(1, 2000) e, generate_series(1, 3) w
                        union all select 'first', 'e1', null, 'a', null""").update();
        String[] all = {"run"};
        run(0, all);
        run(0, all); // skipped
        jdbc.sql("update crowdlab.annotation set label = 'b' where dataset = 'first' and example_id in ('e1', 'e2')")
                .update();
        run(0, "run", "--dataset", "first");
        run(0, "run", "--dataset", "first", "--force");
        run(3, "run", "--dataset", "first", "--force", "--crowdlab.datasets.first.checks.min-examples=1000000");
        run(1, "run", "--dataset", "first", "--crowdlab.datasets.first.on-missing-prediction=fail");
        runWithACommittee();
        runWhoseLabelsGoldChanges();
    }

    private void runWhoseLabelsGoldChanges() {
        run(
                0,
                "run",
                "--dataset",
                "fourth",
                "--crowdlab.datasets.fourth.consensus-methods=committee",
                "--crowdlab.datasets.fourth.use-gold=anchor",
                "--crowdlab.datasets.fourth.stop.at=0.85",
                "--crowdlab.datasets.fourth.annotations-query=select 'e' || e as example_id, 'w' || w as annotator_id,"
                        + " chr(97 + case when w < 4 then e % 3 % 2 else e % 3 end) as label"
                        + " from generate_series(1, 300) e, generate_series(1, 4) w",
                "--crowdlab.datasets.fourth.gold-query=select 'e' || e as example_id, chr(97 + e % 3) as label"
                        + " from generate_series(1, 150) e");
    }

    private void runWithACommittee() {
        jdbc.sql("""
                        insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                        select 'third', 'e' || e, 'w' || w, case when (e * w) % 7 < 5 then 'a' else 'b' end
                        from generate_series(1, 60) e, generate_series(1, 3) w
                        union all
                        select 'third', 'e' || e, 'm' || m, case when (e * m) % 7 < 5 then 'a' else 'b' end
                        from generate_series(1, 60) e, generate_series(1, 2) m""").update();
        jdbc.sql("""
                        insert into crowdlab.prediction (dataset, example_id, label, probability)
                        select 'third', 'e' || e, label, 0.5 from generate_series(1, 60) e, unnest(array['a', 'b']) label""").update();
        String third = " from crowdlab.%s where dataset = 'third'";
        run(
                0,
                "run",
                "--dataset",
                "third",
                "--crowdlab.datasets.third.store-posterior=true",
                "--crowdlab.datasets.third.store-soft-labels=true",
                "--crowdlab.datasets.third.machines=m*",
                "--crowdlab.datasets.third.consensus-methods=committee,best_quality",
                "--crowdlab.datasets.third.annotations-query=select *" + third.formatted("annotation"),
                "--crowdlab.datasets.third.predictions-query=select *" + third.formatted("prediction"),
                "--crowdlab.datasets.third.gold-query=select distinct example_id, 'a' as label"
                        + third.formatted("annotation"));
    }

    private void run(int exitCode, String... words) {
        Program.Result result =
                Program.on(database).with("crowdlab.retention.runs", "5").call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    @Test
    void theSecondMigrationSaysThatNothingWasPending() {
        assertThat(firstMigration.exitCode()).isZero();
        assertThat(firstMigration.out()).matches("Applied \\d+ migrations; the schema is up to date\\.\\R");
        assertThat(secondMigration.exitCode()).isZero();
        assertThat(secondMigration.out())
                .isEqualTo("The schema is up to date; no migration was pending." + System.lineSeparator());
    }

    @Test
    void theTablesHaveTheColumnsOfTheContract() {
        Map<String, String> found = new TreeMap<>();
        jdbc.sql("""
                        select c.relname, string_agg(a.attname, ', ' order by a.attnum) from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                        where c.relnamespace = 'crowdlab'::regnamespace and c.relkind in ('r', 'p')
                            and not c.relispartition and c.relname not like 'batch%' and c.relname not like 'flyway%'
                        group by c.relname""")
                .query((row, number) -> found.put(row.getString(1), row.getString(2)))
                .list();
        assertThat(found).isEqualTo(columns());
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new TreeMap<>(COLUMNS);
        results().forEach(table -> columns.put(table.name(), String.join(", ", table.columnNames())));
        return columns;
    }

    static Stream<ResultTableDefinition> results() {
        return ResultTableDefinitions.kept(Kept.values()).stream();
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultTableHasTheTypesAndTheKeyOfItsDefinition(ResultTableDefinition table) {
        assertThat(jdbc.sql("""
                        select format_type(a.atttypid, a.atttypmod) || case when a.attnum = any (i.indkey::int2[]) then ' key' else '' end
                        from pg_attribute a
                        join pg_index i on i.indrelid = a.attrelid and i.indisprimary
                        where a.attrelid = cast(? as regclass) and a.attnum > 0 and not a.attisdropped
                        order by a.attnum""")
                        .param("crowdlab." + table.name())
                        .query(String.class)
                        .list())
                .isEqualTo(table.columns().stream()
                        .map(column -> column.type().sqlName() + (column.isKey() ? " key" : ""))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("shared")
    void aTableOfAllRunsGuardsThoseThatAreClosed(ResultTableDefinition table) {
        List<String> triggers =
                new ArrayList<>(List.of("refuse_insert", "refuse_truncate", "refuse_update_from", "refuse_update_to"));
        if (table.kept() != Kept.WITH_PARTITIONS) {
            triggers.add("refuse_delete");
        }
        assertThat(jdbc.sql("select tgname from pg_trigger where tgrelid = cast(? as regclass) and not tgisinternal")
                        .param("crowdlab." + table.name())
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(triggers);
    }

    static Stream<ResultTableDefinition> shared() {
        return ResultTableDefinitions.SHARED.stream();
    }

    @Test
    void theViewsBeginWithDatasetAndRunAndHaveTheTablesColumns() {
        Map<String, String> found = new TreeMap<>();
        jdbc.sql("""
                        select c.relname, string_agg(a.attname, ', ' order by a.attnum) from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                        where c.relnamespace = 'crowdlab_bi'::regnamespace group by c.relname""")
                .query((row, number) -> found.put(row.getString(1), row.getString(2)))
                .list();
        assertThat(found.keySet()).containsExactlyElementsOf(VIEWS);
        Map<String, String> tables = Map.ofEntries(
                Map.entry("annotator_pairs", "annotator_pair"),
                Map.entry("annotator_periods", "annotator_period"),
                Map.entry("annotator_quality_history", "annotator_stats"),
                Map.entry("calibration_bins", "calibration_bin"),
                Map.entry("dataset_stats_history", "dataset_stats"),
                Map.entry("example_posterior", "label_posterior"),
                Map.entry("label_changes", "label_change"),
                Map.entry("label_next", "active_learning_score"),
                Map.entry("review_queue", "label_quality"),
                Map.entry("run_checks", "run_check"),
                Map.entry("run_classes", "run_class"),
                Map.entry("run_expert_models", "run_expert_model"),
                Map.entry("run_experts", "run_expert"),
                Map.entry("run_models", "run_model"));
        for (String view : VIEWS) {
            String table = columns().get(tables.getOrDefault(view, view));
            if (OWN_COLUMNS.containsKey(view)) {
                assertThat(found.get(view)).isEqualTo(OWN_COLUMNS.get(view));
            } else if (view.equals("run_history")) {
                // who started a run, and with which queries, is for auditors, not for dashboards
                assertThat(found.get(view))
                        .isEqualTo(COLUMNS.get("run")
                                        .replace("run_id, dataset", "dataset, run_id")
                                        .replace(", started_by", "")
                                        .replace(", settings", "")
                                + ", duration, is_current");
            } else {
                assertThat(found.get(view)).startsWith("dataset, run_id, ");
                assertThat(found.get(view).split(", ")).contains(table.split(", "));
            }
        }
    }

    @Test
    void everythingIsExplainedByAComment() {
        assertThat(jdbc.sql("""
                        select c.oid::regclass || coalesce('.' || a.attname, '') from pg_class c
                        left join lateral (
                            select attnum, attname from pg_attribute
                            where attrelid = c.oid and attnum > 0 and not attisdropped and c.relkind <> 'S'
                            union all select 0, null) a on true
                        where c.relnamespace in ('crowdlab'::regnamespace, 'crowdlab_bi'::regnamespace)
                            and c.relkind in ('r', 'p', 'v', 'S') and not c.relispartition
                            and c.relname <> 'flyway_schema_history'
                            and not exists (select from pg_depend where objid = c.oid and deptype = 'i')
                            and coalesce(btrim(col_description(c.oid, a.attnum)),
                                case when a.attnum = 0 then btrim(obj_description(c.oid, 'pg_class')) end, '') = ''
                        order by 1""").query(String.class).list()).isEmpty();
    }

    @Test
    void keysAreComparedByCodePoint() {
        assertThat(jdbc.sql("""
                        select c.relname || '.' || a.attname from pg_index i
                        join pg_class c on c.oid = i.indrelid
                        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
                        where c.relnamespace = 'crowdlab'::regnamespace and i.indisprimary and a.atttypid = 'text'::regtype
                            and a.attcollation <> '"C"'::regcollation""").query(String.class).list()).isEmpty();
    }

    @Test
    void attachingARunsTableScansNothingAndBuildsNoIndex() throws SQLException {
        List<String> partitions = jdbc.sql("select inhrelid::regclass || ' of ' || inhparent::regclass from pg_inherits"
                        + " where inhrelid::regclass::text like 'crowdlab.%\\_r%' and inhparent::regclass::text !~ 'key$'"
                        + " order by 1")
                .query(String.class)
                .list();
        assertThat(partitions).hasSizeGreaterThanOrEqualTo(12);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set client_min_messages = debug1");
            connection.setAutoCommit(false);
            for (String partition : partitions) {
                String child = partition.substring(0, partition.indexOf(' '));
                String parent = partition.substring(partition.lastIndexOf(' ') + 1);
                String runId = child.substring(child.lastIndexOf("_r") + 2);
                String indexes = "select string_agg(indexrelid::text, ' ' order by indexrelid) from pg_index"
                        + " where indrelid = '" + child + "'::regclass";
                statement.execute("alter table " + parent + " detach partition " + child);
                String before = single(statement, indexes);
                statement.clearWarnings();
                statement.execute(
                        "alter table " + parent + " attach partition " + child + " for values in (" + runId + ")");
                assertThat(messages(statement))
                        .as(partition)
                        .anySatisfy(message -> assertThat(message).contains("is implied by existing constraints"))
                        .noneSatisfy(message -> assertThat(message).contains("verifying table"));
                assertThat(single(statement, indexes)).as(partition).isNotNull().isEqualTo(before);
            }
            connection.rollback();
        }
    }

    private static List<String> messages(Statement statement) throws SQLException {
        List<String> messages = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            messages.add(warning.getMessage());
        }
        return messages;
    }

    private static String single(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"label_quality", "detailed_label_quality", "review_queue"})
    void aViewReadsThePartitionOfThePublishedRunAndNoOther(String view) {
        long published = jdbc.sql("select run_id from crowdlab.published_run where dataset = 'first'")
                .query(Long.class)
                .single();
        List<String> scans = jdbc
                .sql("explain (analyze, costs off, timing off, summary off) select count(*) from crowdlab_bi." + view
                        + " where dataset = 'first'")
                .query(String.class)
                .list()
                .stream()
                .filter(line -> line.matches(".* on [a-z_]+_r\\d+.*"))
                .toList();
        assertThat(scans).hasSizeGreaterThanOrEqualTo(5).allSatisfy(scan -> {
            boolean isPublished = scan.matches(".*_r" + published + "\\D.*");
            assertThat(scan.contains("(never executed)")).as(scan).isNotEqualTo(isPublished);
        });
        assertThat(scans).anyMatch(scan -> scan.matches(".*_r" + published + "\\D.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update crowdlab.run set status = 'FAILED'",
                "update crowdlab.run set consensus_likelihood = 0.5 where status = 'SKIPPED'",
                "update crowdlab.run set hash = null where status = 'FAILED'",
                "update crowdlab.run set status = 'RUNNING', finished_at = null where status = 'REFUSED'",
                "delete from crowdlab.run where status = 'SKIPPED'",
                "insert into crowdlab.run_table values (1, 'x', 0, 'y', '{z}')",
                "update crowdlab.run_table set digest = 'x' where table_name = 'run_model'",
                "update crowdlab.run_table set removed_at = now(), row_count = 5",
                "update crowdlab.run_table set removed_at = now(), columns = '{x}'",
                "delete from crowdlab.run_table",
                "insert into crowdlab.run_check select run_id, 'X', severity, message from crowdlab.run_check limit 1",
                "update crowdlab.run_check set severity = 'INFO'",
                "delete from crowdlab.run_check where code = 'FAILED'",
                "insert into crowdlab.run_model select run_id, 'x' from crowdlab.published_run",
                "update crowdlab.annotator_stats set annotator_quality = 1",
                "delete from crowdlab.annotator_stats where annotator_id = 'w1'",
                "update crowdlab.label_change set previous_score = null",
                "delete from crowdlab.label_change",
                "update crowdlab.annotator_confusion set num_annotations = num_annotations + 1",
                "insert into crowdlab.annotator_confusion select run_id, 'x', 'a', 'a', 1 from crowdlab.published_run",
                "update crowdlab.rejected_row set reason = 'TOO_LONG'",
                "insert into crowdlab.rejected_row (run_id, row_number, source, reason)"
                        + " select run_id, 99, 'annotation', 'TOO_LONG' from crowdlab.published_run",
                "update crowdlab.rejected_count set num_rows = num_rows + 1",
                "delete from crowdlab.rejected_count",
                "update crowdlab.dataset_stats set num_items = num_items + 1",
                "delete from crowdlab.dataset_stats",
                "insert into crowdlab.dataset_stats select run_id, 'x', 0, 0, 0, 1 from crowdlab.published_run",
                "update crowdlab.run_consensus set num_gold = num_gold + 1",
                "delete from crowdlab.run_consensus",
                "insert into crowdlab.run_consensus (run_id, consensus_method, num_gold, agreement_with_published)"
                        + " select run_id, 'x', 0, 0 from crowdlab.published_run",
                "update crowdlab.run_expert set weight = 0",
                "delete from crowdlab.run_expert",
                "insert into crowdlab.run_expert select run_id, 'x', 'x', 0, 0, 1 from crowdlab.published_run",
                "update crowdlab.run_expert_model set lambda = 0",
                "delete from crowdlab.run_expert_model",
                "insert into crowdlab.run_expert_model select run_id, 'x', 'x', 'x', 0 from crowdlab.published_run",
                "update crowdlab.annotator_pair set num_common = num_common + 1",
                "insert into crowdlab.annotator_pair select run_id, 'x', 'y', 1, 1 from crowdlab.published_run",
                "update crowdlab.annotator_period set num_annotations = num_annotations + 1",
                "insert into crowdlab.annotator_period"
                        + " select run_id, 'x', '2026-01-05', 1, 1, 1, 1, 1, null, false from crowdlab.published_run",
                "update crowdlab.label_quality_bin set num_examples = num_examples + 1",
                "insert into crowdlab.label_quality_bin select run_id, 1, 99, 'TIE', 1 from crowdlab.published_run",
                "update crowdlab.calibration_bin set num_gold = num_gold + 1",
                "insert into crowdlab.calibration_bin"
                        + " select run_id, 'committee', 1, 0, 0.1, 1, 0, 1 from crowdlab.published_run",
                "update crowdlab.class_share set num_gold = num_gold + 1",
                "delete from crowdlab.class_share",
                "insert into crowdlab.class_share (run_id, scope, class, num_examples, counted_share, num_gold, reason)"
                        + " select run_id, 'x', 'x', 1, 0, 0, 'x' from crowdlab.published_run",
                "update crowdlab.gold_correction set num_gold = num_gold + 1",
                "delete from crowdlab.gold_correction",
                "insert into crowdlab.gold_correction (run_id, consensus_method, status, num_gold)"
                        + " select run_id, 'x', 'KEPT', 1 from crowdlab.published_run",
                "update crowdlab.gold_weight set weight = weight + 1",
                "insert into crowdlab.gold_weight (run_id, consensus_method, place, feature, weight)"
                        + " select run_id, 'x', 1, 'votes', 1 from crowdlab.published_run",
                "update crowdlab.machine_stats set num_overlap = num_overlap + 1",
                "delete from crowdlab.machine_stats",
                "insert into crowdlab.machine_stats (run_id, annotator_id, num_overlap, status)"
                        + " select run_id, 'x', 0, 'NO_OVERLAP' from crowdlab.published_run",
                "update crowdlab.machine_pair set num_common = num_common + 1",
                "insert into crowdlab.machine_pair select run_id, 'x', 'y', 0 from crowdlab.published_run",
                "insert into crowdlab.machine_period select run_id, 'x', '2026-01-05', 1, 1, null, false from crowdlab.published_run",
                "update crowdlab.run_panel set num_anchors = num_anchors + 1",
                "delete from crowdlab.run_panel",
                "update crowdlab.run_class set class_index = class_index + 100",
                "insert into crowdlab.run_class select run_id, 100, 'x' from crowdlab.published_run",
                "update crowdlab.work_list set rank = rank + 1000000",
                "insert into crowdlab.work_list select run_id, 'label_next', 1000000, 'x' from crowdlab.published_run",
                "insert into crowdlab.rejected_count select run_id, 'annotation', 'X', 1 from crowdlab.published_run"
            })
    void aClosedRunStandsStill(String statement) {
        String before = everything();
        assertThatThrownBy(() -> jdbc.sql(statement).update()).hasMessageContaining("closed");
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("recordOfRuns")
    void theRecordOfRunsCannotBeTruncated(String table) {
        assertThatThrownBy(() -> jdbc.sql("truncate crowdlab." + table).update())
                .hasMessageContaining("Table crowdlab." + table + " cannot be truncated");
    }

    static Stream<String> recordOfRuns() {
        return Stream.concat(Stream.of("run_table"), shared().map(ResultTableDefinition::name));
    }

    @Test
    void runsCannotBeTruncatedNotEvenTogetherWithAllThatBelongsToThem() {
        String before = everything();
        assertThatThrownBy(() -> jdbc.sql("truncate crowdlab.run cascade").update())
                .hasMessageContaining("cannot be truncated");
        assertThat(everything()).isEqualTo(before);
    }

    /** One digest over all that may not change. */
    private String everything() {
        return Stream.concat(Stream.of("run"), recordOfRuns())
                .map(table -> jdbc.sql(
                                "select concat_ws(' ', count(*), sum(hashtextextended(t::text, 0))) from crowdlab."
                                        + table + " t")
                        .query(String.class)
                        .single())
                .collect(Collectors.joining(", "));
    }

    @Test
    void everyClosedRunIsHashedOverTheOneBefore() {
        assertThat(jdbc.sql("select dataset || ' ' || status from crowdlab.run order by dataset, run_id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "first PUBLISHED",
                        "first SKIPPED",
                        "first PUBLISHED",
                        "first PUBLISHED",
                        "first REFUSED",
                        "first FAILED",
                        "fourth PUBLISHED",
                        "second PUBLISHED",
                        "second SKIPPED",
                        "third PUBLISHED");
        assertThat(jdbc.sql("""
                        select r.run_id from crowdlab.run r
                        where r.hash is distinct from crowdlab.run_hash(r)
                            or r.previous_hash is distinct from (
                                select p.hash from crowdlab.run p where p.dataset = r.dataset and p.run_id < r.run_id
                                order by p.run_id desc limit 1)""").query(Long.class).list()).isEmpty();
        assertThat(jdbc.sql("select count(distinct hash) || ' ' || min(length(hash)) from crowdlab.run")
                        .query(String.class)
                        .single())
                .isEqualTo("10 64");
    }

    @Test
    void theHashIsTheOneThatIsDescribedWhateverTheSession() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            String hashes = "select string_agg(crowdlab.run_hash(r), ' ' order by run_id) from crowdlab.run r";
            String expected = single(statement, "select string_agg(hash, ' ' order by run_id) from crowdlab.run");
            statement.execute("set timezone = 'Asia/Tokyo'; set extra_float_digits = -5");
            assertThat(single(statement, hashes)).isEqualTo(expected);
            statement.execute("set timezone = 'UTC'; set datestyle = 'ISO'; set extra_float_digits = 1");
            assertThat(single(statement, """
                            select string_agg(encode(sha256(convert_to(jsonb_build_array(previous_hash, run_id, dataset,
                                as_of, status, started_at, started_by, finished_at, became_current, job_execution_id,
                                software_version, results_version, settings, input_digest, output_digest, num_examples,
                                num_annotations, num_annotators, num_classes, num_unlabeled, num_collapsed, num_rejected,
                                consensus_likelihood)::text, 'UTF8')), 'hex'),
                                ' ' order by run_id)
                            from crowdlab.run""")).isEqualTo(expected);
        }
    }
}
