package dev.crowdlab.audit;

import dev.crowdlab.results.copy.RecordedTable;
import dev.crowdlab.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what runs recorded about themselves. Every answer comes from one statement and so from one snapshot; no lock
 * outlives it. The connections must use time zone UTC, as the program's do.
 */
public final class AuditReader {

    /**
     * The same hash as function crowdlab.run_hash, spelled out here because someone who changes rows may have changed
     * the function, too.
     */
    private static final String EXPECTED_HASH = """
            encode(sha256(convert_to(jsonb_build_array(r.previous_hash, r.run_id, r.dataset, r.as_of, r.status, r.started_at,
                r.started_by, r.finished_at, r.became_current, r.job_execution_id, r.software_version, r.results_version,
                r.settings, r.input_digest, r.output_digest, r.num_examples, r.num_annotations, r.num_annotators,
                r.num_classes, r.num_unlabeled, r.num_collapsed, r.num_rejected, r.consensus_likelihood)::text, 'UTF8')),
                'hex')""";

    private final JdbcClient jdbc;

    public AuditReader(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Returns the datasets that have runs, in code-point order. */
    public List<String> datasets() {
        return jdbc.sql("select distinct dataset from crowdlab.run order by dataset")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Returns the runs of a dataset, by number. */
    public List<AuditedRun> runs(String dataset) {
        // read after the runs, so that the tables of every closed run are there
        List<AuditedRun> runs = jdbc.sql("""
                        select r.run_id, r.status, r.previous_hash, r.hash, r.output_digest, %s as expected_hash
                        from crowdlab.run r
                        where r.dataset = ?
                        order by r.run_id""".formatted(EXPECTED_HASH))
                .param(dataset)
                .query(AuditReader::withoutTables)
                .list();
        Map<Long, List<RecordedTable>> tables = tables(dataset);
        return runs.stream()
                .map(run -> withTables(run, tables.getOrDefault(run.runId(), List.of())))
                .toList();
    }

    private Map<Long, List<RecordedTable>> tables(String dataset) {
        Map<Long, List<RecordedTable>> tables = new HashMap<>();
        jdbc.sql("""
                        select t.run_id, t.table_name, t.row_count, t.digest, t.columns, t.removed_at is not null as is_removed
                        from crowdlab.run_table t
                        join crowdlab.run r on r.run_id = t.run_id
                        where r.dataset = ?
                        order by t.run_id, t.table_name""").param(dataset).query(row -> {
            tables.computeIfAbsent(row.getLong("run_id"), runId -> new ArrayList<>())
                    .add(new RecordedTable(
                            row.getString("table_name"),
                            row.getLong("row_count"),
                            row.getString("digest"),
                            List.of((String[]) row.getArray("columns").getArray()),
                            row.getBoolean("is_removed")));
        });
        return tables;
    }

    /** Computes the hash of a run from its other columns as they are now. */
    public String expectedHash(long runId) {
        return jdbc.sql("select " + EXPECTED_HASH + " from crowdlab.run r where r.run_id = ?")
                .param(runId)
                .query(String.class)
                .single();
    }

    /** Whether a table of a run is now marked as removed. */
    public boolean isRemoved(long runId, String table) {
        return jdbc.sql("select removed_at is not null from crowdlab.run_table where run_id = ? and table_name = ?")
                .params(runId, table)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static AuditedRun withoutTables(ResultSet row, int number) throws SQLException {
        return new AuditedRun(
                row.getLong("run_id"),
                RunStatus.valueOf(row.getString("status")),
                Optional.ofNullable(row.getString("previous_hash")),
                Optional.ofNullable(row.getString("hash")),
                row.getString("expected_hash"),
                Optional.ofNullable(row.getString("output_digest")),
                List.of());
    }

    private static AuditedRun withTables(AuditedRun run, List<RecordedTable> tables) {
        return new AuditedRun(
                run.runId(),
                run.status(),
                run.previousHash(),
                run.hash(),
                run.expectedHash(),
                run.outputDigest(),
                tables);
    }
}
