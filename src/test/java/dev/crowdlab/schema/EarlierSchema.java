package dev.crowdlab.schema;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A database as a build between version 0.2.0 and today leaves it: what 0.2.0 left in it, the migrations up to one, and a run of
 * then, with a row in every table and a value in every column that there was. A column of a later migration needs a value here
 * only if its constraints refuse the one of its type.
 */
final class EarlierSchema {

    /** Columns and what a run has in them, in whatever table. */
    private static final Map<String, String> VALUES = values("""
            example_id 'e0'; annotator_id 'a1'; annotator_a 'a1'; annotator_b 'a2'; label 'red'; given_label 'red';
            consensus_label 'red'; worst_class 'red'; model_label 'red'; previous_label 'green'; model 'default';
            consensus_quality_score 0.9; quality_score 0.9; score 0.5; previous_score 0.5; annotator_quality 0.9;
            quality_lower 0.8; quality_upper 1; mean_quality_score 0.9; agreement_with_consensus 1; annotator_agreement 1;
            agreement_with_annotators 1; agreement_with_model 1; agreement_with_published 1; agreement_imputed false;
            agreement_drop 0.1; is_drifting true; annotator_weight 1; model_weight 1; temperature 1; coverage 1; model_probability 0.8;
            num_annotations 1; num_examples_labeled 1; num_examples 1; num_rows 1; num_items 1; num_common 1; num_agreed 1;
            cohen_kappa 0.5; tie_break 'none'; consensus_method 'majority_vote'; annotated_at '2026-04-01Z';
            first_annotated_at '2026-04-01Z'; last_annotated_at '2026-04-01Z'; period_start '2026-03-30';
            row_number 1; source 'annotation'; reason 'MISSING_LABEL'; detail 'the label is NULL';
            code 'SINGLE_ANNOTATION_ONLY'; severity 'WARN'; message 'All have one.'; observed 1; threshold 0.5; wording '[]';
            state 'ask'; statistic 'overlap'; value 0.5; lower 0.4; upper 0.6; list 'worst_annotations'; rank 1;
            table_name 'label_quality'; part 0; row_count 1; bin 1; bin_lower 0; bin_upper 0.1; mean_predicted 0.1; actual 0.1;
            estimated_accuracy 0.5; rounds 3; gold_accuracy 0.9; gold_lower 0.8; gold_upper 1; num_gold 1;
            expert 'annotators'; weight 1; loo_score -0.5; lambda 1; class_index 1; posterior '{0.5,0.5}';
            gold_correction.status 'KEPT'; feature 'class'; machine_stats.status 'USED'; run_panel.status 'ANCHORED';
            verdict 'PASS'; accuracy 0.5; num_machines 1; effective_votes 1; label_source 'HUMANS'""");

    /** What a run has in columns with other names. */
    private static final Map<String, String> VALUES_BY_TYPE = values("""
            text 'x'; int4 1; int8 1; float8 0.5; bool true; date '2026-03-30'; timestamptz '2026-04-01Z'; jsonb '[]'""");

    private static final Set<String> PARTITIONED = Set.of(ResultTableDefinitions.partitionedNames());

    /** Made once for each JVM. */
    private static final Map<String, Warehouse> MADE = new HashMap<>();

    private EarlierSchema() {}

    private static Map<String, String> values(String text) {
        return Arrays.stream(text.split(";\\s+"))
                .map(value -> value.strip().split(" ", 2))
                .collect(Collectors.toMap(value -> value[0], value -> value[1]));
    }

    /** Every version of the schema from that of version 0.2.0 on, the newest too. */
    static List<String> versions() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
                .map(file -> String.valueOf(file.getFilename()).substring(1, 4))
                .filter(version -> version.compareTo(FirstRelease.NEWEST) >= 0)
                .sorted()
                .toList();
    }

    /** Such a database: runs 1, of version 0.2.0, and 2, of the schema's version, of dataset colors are published. */
    static Warehouse copy(String version) throws SQLException {
        Warehouse made = MADE.get(version);
        if (made == null) {
            made = FirstRelease.copy();
            migrate(made, version);
            MADE.put(version, made);
        }
        return made.copy();
    }

    private static void migrate(Warehouse warehouse, String version) throws SQLException {
        warehouse.migrateTo(
                version, warehouse.database().user(), warehouse.database().password());
        warehouse.execute("""
                insert into crowdlab.run (run_id, dataset, as_of, status, started_at, job_execution_id, software_version,
                        results_version, settings, started_by)
                    values (nextval('crowdlab.run_id_seq'), 'colors', '2026-04-01Z', 'RUNNING', '2026-04-01Z', 1, '%s', 1, '{}', 'me')
                """.formatted(version));
        if (warehouse.value("select to_regclass('crowdlab.gold')") != null) {
            warehouse.execute("insert into crowdlab.gold values ('colors', 'e0', 'red')");
        }
        Map<String, String> columns = columns(warehouse);
        for (Map.Entry<String, String> table : columns.entrySet()) {
            String rows = "(run_id," + table.getValue() + ") values (2,"
                    + literals(warehouse, table.getKey(), table.getValue()) + ")";
            if (PARTITIONED.contains(table.getKey())) {
                FirstRelease.attach(warehouse, table.getKey(), 2, rows);
            } else {
                warehouse.execute("insert into crowdlab." + table.getKey() + " " + rows);
            }
        }
        warehouse.execute("""
                do $$ begin
                    if to_regclass('crowdlab.gold') is not null then
                        insert into crowdlab.gold (dataset, example_id, label) values ('colors', 'e0', 'red');
                    end if;
                end $$""");
        columns.remove("run_part");
        String outputDigest = FirstRelease.record(warehouse, 2, columns);
        warehouse.execute("""
                update crowdlab.run set status = 'PUBLISHED', finished_at = '2026-04-02Z', became_current = true,
                    input_digest = repeat('1', 64), output_digest = '%s', num_examples = 1, num_annotations = 1,
                    num_annotators = 1, num_classes = 1, num_unlabeled = 0, num_collapsed = 0, num_rejected = 1
                where run_id = 2""".formatted(outputDigest), """
                update crowdlab.published_run set run_id = 2, published_at = '2026-04-02Z' where dataset = 'colors'""");
    }

    /** The columns of a run's tables that there are, without the run's number, by table. */
    private static Map<String, String> columns(Warehouse warehouse) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String line : warehouse.column("""
                select c.relname || ' ' || string_agg(a.attname, ',' order by a.attnum)
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> 'run_id'
                where c.relnamespace = 'crowdlab'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and c.relname not in ('run', 'run_table', 'published_run', 'publication_log')
                    and exists (select from pg_attribute r where r.attrelid = c.oid and r.attname = 'run_id')
                group by c.relname
                order by c.relname""")) {
            String[] table = line.split(" ");
            columns.put(table[0], table[1]);
        }
        return columns;
    }

    private static String literals(Warehouse warehouse, String table, String columns) throws SQLException {
        Map<String, String> types = new HashMap<>();
        for (String line : warehouse.column("select attname || ' ' || typname from pg_attribute a"
                + " join pg_type t on t.oid = atttypid where attnum > 0 and attrelid = 'crowdlab." + table
                + "'::regclass")) {
            String[] column = line.split(" ");
            types.put(column[0], VALUES_BY_TYPE.get(column[1]));
        }
        types.putAll(VALUES);
        return Arrays.stream(columns.split(","))
                .map(column -> types.getOrDefault(table + "." + column, types.get(column)))
                .collect(Collectors.joining(","));
    }
}
