package dev.crowdlab.schema;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.RecordedTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.TableDigest;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A database as version 0.2.0 leaves it, from which every later migration is tested: its migrations alone, and rows in every
 * table that it has, written with SQL of its own, since the program of today writes those of today. Nothing here changes when
 * a migration is added.
 */
final class FirstRelease {

    /** The last migration of version 0.2.0. */
    static final String NEWEST = "007";

    /** The digested columns of the tables of a published run with one example, in the order of version 0.2.0. */
    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "label_quality",
                    "example_id,consensus_label,consensus_quality_score,annotator_agreement,num_annotations,tie_break"),
            Map.entry(
                    "alternative_consensus",
                    "consensus_method,example_id,consensus_label,consensus_quality_score,annotator_agreement"),
            Map.entry("detailed_label_quality", "example_id,annotator_id,label,quality_score"),
            Map.entry("active_learning_score", "example_id,score,num_annotations"),
            Map.entry(
                    "annotator_stats",
                    "annotator_id,annotator_quality,quality_reason,agreement_with_consensus,worst_class,"
                            + "num_examples_labeled,annotator_weight,agreement_with_annotators,agreement_imputed"),
            Map.entry("annotator_confusion", "annotator_id,consensus_label,given_label,num_annotations"),
            Map.entry(
                    "label_change", "example_id,previous_label,consensus_label,previous_score,consensus_quality_score"),
            Map.entry("run_model", "model,model_weight,temperature"),
            Map.entry("rejected_row", "row_number,source,example_id,annotator_id,model,label,reason,detail"),
            Map.entry("rejected_count", "source,reason,num_rows"),
            Map.entry("run_check", "code,severity,message,observed,threshold")));

    private static final String ROWS = """
            insert into crowdlab.annotation values
                ('colors', 'e0', 'a1', 'red', '2026-03-01Z'), ('colors', 'e0', 'a2', null, null);
            insert into crowdlab.prediction values ('colors', 'default', 'e0', 'red', 1),
                ('colors', 'default', 'e0', 'green', 0), ('colors', 'default', 'e0', 'blue', 0);
            insert into crowdlab.batch_job_instance values (nextval('crowdlab.batch_job_instance_seq'), 0, 'crowdlab', '0123456789abcdef');
            insert into crowdlab.batch_job_execution
                values (nextval('crowdlab.batch_job_execution_seq'), 2, 1, now(), now(), now(), 'COMPLETED', 'COMPLETED', '', now());
            insert into crowdlab.batch_job_execution_params values (1, 'run.id', 'java.lang.Long', '1', 'Y');
            insert into crowdlab.batch_job_execution_context values (1, '{}', null);
            insert into crowdlab.batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, status)
                values (nextval('crowdlab.batch_step_execution_seq'), 2, 'publish', 1, now(), 'COMPLETED');
            insert into crowdlab.batch_step_execution_context values (1, '{}', null);
            insert into crowdlab.run (run_id, dataset, as_of, status, started_at, job_execution_id, software_version,
                    results_version, settings, started_by)
                values (nextval('crowdlab.run_id_seq'), 'colors', '2026-03-01Z', 'RUNNING', '2026-03-01Z', 1, '0.2.0', 1, '{}', 'me');
            insert into crowdlab.run_check values (1, 'SINGLE_ANNOTATION_ONLY', 'WARN', 'All have one.', 1, 0.5);
            insert into crowdlab.run_model values (1, 'default', 1, null);
            insert into crowdlab.annotator_stats values (1, 'a1', 1, null, 1, 'red', 1, 1, null, true);
            insert into crowdlab.annotator_confusion values (1, 'a1', 'red', 'red', 1);
            insert into crowdlab.label_change values (1, 'e0', null, 'red', null, 1);
            insert into crowdlab.rejected_row values
                (1, 1, 'annotation', 'e0', 'a2', null, null, 'MISSING_LABEL', 'the label is NULL');
            insert into crowdlab.rejected_count values (1, 'annotation', 'MISSING_LABEL', 1)""";

    private static final Map<String, String> LARGE_ROWS = new LinkedHashMap<>();

    static {
        LARGE_ROWS.put("label_quality", "(1, 'e0', 'red', 1, 1, 1, 'none')");
        LARGE_ROWS.put("alternative_consensus", "(1, 'majority_vote', 'e0', 'red', 1, 1)");
        LARGE_ROWS.put("detailed_label_quality", "(1, 'e0', 'a1', 'red', 1)");
        LARGE_ROWS.put("active_learning_score", "(1, 'e0', 0.5, 1)");
    }

    /** Made once for each JVM. */
    private static @Nullable Warehouse made;

    private FirstRelease() {}

    /** Such a database: run 1 of dataset colors is published. */
    static Warehouse copy() throws SQLException {
        if (made == null) {
            Warehouse empty = Warehouse.empty();
            fill(empty);
            made = empty;
        }
        return made.copy();
    }

    private static void fill(Warehouse warehouse) throws SQLException {
        warehouse.migrateTo(
                NEWEST, warehouse.database().user(), warehouse.database().password());
        warehouse.execute(ROWS.split(";\n"));
        for (Map.Entry<String, String> table : LARGE_ROWS.entrySet()) {
            attach(warehouse, table.getKey(), 1, "values " + table.getValue());
        }
        String outputDigest = record(warehouse, 1, COLUMNS);
        warehouse.execute("""
                update crowdlab.run set status = 'PUBLISHED', finished_at = '2026-03-02Z', became_current = true,
                    input_digest = repeat('0', 64), output_digest = '%s', num_examples = 1, num_annotations = 1,
                    num_annotators = 1, num_classes = 1, num_unlabeled = 0, num_collapsed = 0, num_rejected = 1
                where run_id = 1""".formatted(outputDigest), """
                insert into crowdlab.published_run values ('colors', 1, '2026-03-02Z')""", """
                insert into crowdlab.purge_log (what, run_ids) values ('Spring Batch metadata', '{0}')""", """
                insert into crowdlab.forget_log (what, pseudonym, rows, digests, forgotten_at, forgotten_by, hash)
                values ('annotator', 'forgotten-0', 0, '[]', now(), '', '')""");
    }

    /**
     * Gives a run its own part of a table with such parts, as a run does while it publishes.
     *
     * @param rows what follows {@code insert into} the part
     */
    static void attach(Warehouse warehouse, String table, long run, String rows) throws SQLException {
        String own = "crowdlab." + table + "_r" + run;
        warehouse.execute(
                "create table " + own + " (like crowdlab." + table + " including constraints including indexes)",
                "insert into " + own + " " + rows,
                "alter table " + own + " add check (run_id = " + run + ")",
                "alter table " + own + " owner to crowdlab_writer",
                "alter table crowdlab." + table + " attach partition " + own + " for values in (" + run + ")");
    }

    /**
     * Records the digests of a run's tables, of one row each.
     *
     * @param columns the digested columns by table, separated by commas
     * @return the digest of all
     */
    static String record(Warehouse warehouse, long run, Map<String, String> columns) throws SQLException {
        List<RecordedTable> tables = new ArrayList<>();
        try (Connection connection = warehouse.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into crowdlab.run_table (run_id, table_name, row_count, digest, columns)"
                                + " values (?, ?, 1, ?, string_to_array(?, ','))")) {
            for (Map.Entry<String, String> table : columns.entrySet()) {
                ResultTableDefinition definition =
                        ResultTableDefinitions.named(table.getKey()).orElseThrow();
                List<String> digested = List.of(table.getValue().split(","));
                String digest = TableDigest.of(connection, definition, digested, "crowdlab." + table.getKey(), run)
                        .digest();
                tables.add(new RecordedTable(table.getKey(), 1, digest, digested, false));
                insert.setLong(1, run);
                insert.setString(2, table.getKey());
                insert.setString(3, digest);
                insert.setString(4, table.getValue());
                insert.executeUpdate();
            }
        }
        return RecordedTable.outputDigest(tables);
    }
}
