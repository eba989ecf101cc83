package dev.crowdlab.forget;

import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.retention.RetentionSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what schema crowdlab stores about a dataset, in one transaction, and records in forget_log the hashes that
 * went with it: a hash that somebody has kept is then found there. The large tables must be gone before. The caller must
 * hold the dataset's lock.
 */
public final class DatasetRemoval {

    private static final List<String> INPUT_TABLES = List.of("annotation", "prediction", "gold");

    private static final String WITHDRAW = "delete from crowdlab.published_run where dataset = ?";

    /** Taken before the rows are removed. */
    private static final String HASHES = """
            select coalesce(jsonb_agg(jsonb_build_object(
                'run_id', h.run_id, 'table_name', h.table_name, 'old', h.hash, 'new', null) order by h.table_name, h.place), '[]')::text
            from (
                select r.run_id, 'run' as table_name, r.hash, r.run_id as place
                from crowdlab.run r
                where r.dataset = :dataset and r.hash is not null
                union all
                select coalesce(p.run_id, p.previous_run_id, 0), 'publication_log', p.hash, p.publication_id
                from crowdlab.publication_log p
                where p.dataset = :dataset) h""";

    private static final String RECORD = """
            insert into crowdlab.forget_log (what, dataset, rows, digests, forgotten_at, forgotten_by, hash)
            values ('dataset', :dataset, :rows, cast(:digests as jsonb), now(), session_user, '')""";

    private final DataSource dataSource;
    private final ToLongBiFunction<JdbcClient, String> elsewhere;

    /**
     * @param dataSource connections of the schema's owner
     * @param elsewhere removes the dataset's rows from Spring Batch's tables, and returns how many
     */
    public DatasetRemoval(DataSource dataSource, ToLongBiFunction<JdbcClient, String> elsewhere) {
        this.dataSource = dataSource;
        this.elsewhere = elsewhere;
    }

    /**
     * Requires a member of the role that owns the schema.
     *
     * @throws PublicationRefusedException if the user is not a member
     */
    public void requireOwner() {
        SchemaOwner.require(dataSource, "drop a dataset");
    }

    /** Whether anything is recorded of the dataset: a run, or a change of what dashboards show. */
    public boolean hasResults(String dataset) {
        return JdbcClient.create(dataSource)
                .sql("select exists (select from crowdlab.run where dataset = :dataset)"
                        + " or exists (select from crowdlab.publication_log where dataset = :dataset)"
                        + " or exists (select from crowdlab.published_run where dataset = :dataset)")
                .param("dataset", dataset)
                .query(Boolean.class)
                .single();
    }

    /** The number of its rows in the built-in input tables, by table; without those that have none. */
    public Map<String, Long> input(String dataset) {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : INPUT_TABLES) {
            long count = JdbcClient.create(dataSource)
                    .sql("select count(*) from crowdlab." + table + " where dataset = ?")
                    .param(dataset)
                    .query(Long.class)
                    .single();
            if (count > 0) {
                rows.put(table, count);
            }
        }
        return rows;
    }

    /** Withdraws the dataset from the dashboards, so that nobody begins to read what is about to go. */
    public void withdraw(String dataset) {
        JdbcClient.create(dataSource).sql(WITHDRAW).param(dataset).update();
    }

    /**
     * Removes the dataset's rows from all plain tables.
     *
     * @param isInputRemoved whether its rows in the built-in input tables go, too
     * @return how many rows were removed, by table
     * @throws RetentionInUseException if another session keeps removing old results
     */
    public Map<String, Long> remove(String dataset, boolean isInputRemoved) throws SQLException {
        try (RetentionSession session = RetentionSession.open(dataSource)) {
            return session.transaction().execute(status -> remove(session.jdbc(), dataset, isInputRemoved));
        }
    }

    private Map<String, Long> remove(JdbcClient jdbc, String dataset, boolean isInputRemoved) {
        jdbc.sql("set local crowdlab.forgetting = 'on'").update();
        String hashes =
                jdbc.sql(HASHES).param("dataset", dataset).query(String.class).single();
        Long[] runIds = jdbc.sql("select run_id from crowdlab.run where dataset = ? for update")
                .param(dataset)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
        Map<String, Long> rows = new TreeMap<>();
        count(rows, "batch_*", elsewhere.applyAsLong(jdbc, dataset));
        ofRuns().forEach(table -> count(
                rows,
                table,
                jdbc.sql("delete from crowdlab." + table + " where run_id = any(?)")
                        .param((Object) runIds)
                        .update()));
        Stream.of("published_run", "publication_log", "run")
                .forEach(table -> count(rows, table, ofDataset(jdbc, table, dataset)));
        if (isInputRemoved) {
            INPUT_TABLES.forEach(table -> count(rows, table, ofDataset(jdbc, table, dataset)));
        }
        jdbc.sql(RECORD)
                .param("dataset", dataset)
                .param("rows", rows.values().stream().mapToLong(Long::longValue).sum())
                .param("digests", hashes)
                .update();
        return rows;
    }

    /** The plain tables with rows of runs; that of the runs themselves is the last to go. */
    private static Stream<String> ofRuns() {
        return Stream.concat(
                ResultTableDefinitions.SHARED.stream().map(ResultTableDefinition::name),
                Stream.of("run_part", "run_table"));
    }

    private static long ofDataset(JdbcClient jdbc, String table, String dataset) {
        return jdbc.sql("delete from crowdlab." + table + " where dataset = ?")
                .param(dataset)
                .update();
    }

    private static void count(Map<String, Long> rows, String table, long removed) {
        if (removed > 0) {
            rows.merge(table, removed, Long::sum);
        }
    }
}
