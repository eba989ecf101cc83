package dev.crowdlab.publication;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.StoredRows;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.retention.RetentionSession;
import dev.crowdlab.settings.StandbySettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The commands publish and unpublish: change which run the dashboards show for a dataset without running it again.
 * Makes an earlier run current, or withdraws the dataset from the dashboards. The caller must hold the dataset's lock.
 * A database trigger records every change in publication_log.
 */
public final class ManualPublication {

    /** Tables whose rows readers of the run would miss: removed, or detached by a retention that was interrupted. */
    private static final String MISSING_TABLES = """
            select t.table_name
            from crowdlab.run_table t
            where t.run_id = :runId and (t.removed_at is not null or t.table_name = any(:partitioned) and not exists (
                select from pg_inherits i
                where i.inhparent = to_regclass('crowdlab.' || t.table_name) and not i.inhdetachpending
                    and i.inhrelid = to_regclass('crowdlab.' || t.table_name || '_r' || t.run_id)))
            order by t.table_name""";

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    /** Uses connections of the user who makes the change; their lock timeout limits how long a change waits. */
    public ManualPublication(DataSource dataSource) {
        this.dataSource = dataSource;
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Returns the dataset of a run.
     *
     * @throws PublicationRefusedException if there is no such run
     */
    public String datasetOf(long runId) {
        return jdbc.sql("select dataset from crowdlab.run where run_id = ?")
                .param(runId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new PublicationRefusedException(
                        "There is no run " + runId + "; the command runs lists all runs"));
    }

    /**
     * Makes a run current again. Its partitions stayed attached, so readers see either the former result or this one.
     * Holding the retention lock keeps them from being removed meanwhile.
     *
     * @return the run that was current before (the same run if it already was current); empty if none was
     * @throws PublicationRefusedException if the run was not published or has lost its tables
     * @throws RetentionInUseException if another session keeps removing old results
     */
    public Optional<Long> set(String dataset, long runId) throws SQLException {
        try (RetentionSession session = RetentionSession.open(dataSource)) {
            requireWhole(session.jdbc(), dataset, runId);
            requirePlain(session.connection(), runId);
            Optional<Long> before = current(session.jdbc(), dataset);
            if (!before.equals(Optional.of(runId))) {
                new Publisher(dataSource, StandbySettings.DEFAULT).awaitPlans();
                Publisher.makeCurrent(session.jdbc(), dataset, runId, "clock_timestamp()");
            }
            return before;
        }
    }

    private static void requireWhole(JdbcClient jdbc, String dataset, long runId) {
        String run = "Run " + runId + " of dataset '" + dataset + "' ";
        String status = jdbc.sql("select status from crowdlab.run where run_id = ?")
                .param(runId)
                .query(String.class)
                .single();
        if (!status.equals("PUBLISHED")) {
            throw new PublicationRefusedException(
                    run + "is " + status + "; only a run that is PUBLISHED can be made current again");
        }
        List<String> missing = jdbc.sql(MISSING_TABLES)
                .param("runId", runId)
                .param("partitioned", ResultTableDefinitions.partitionedNames())
                .query((row, number) -> row.getString(1))
                .list();
        if (!missing.isEmpty()) {
            throw new PublicationRefusedException(
                    run + "no longer has its rows in " + String.join(", ", missing)
                            + ", which retention removed; choose a run that has kept its tables, or run the dataset with --force");
        }
    }

    /** What dashboards are about to read must be the tables that the run wrote, and run no code of others. */
    private static void requirePlain(Connection connection, long runId) throws SQLException {
        connection.setAutoCommit(false);
        try {
            StoredRows.relations(connection, ResultTableDefinitions.PARTITIONED, runId);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Withdraws a dataset from the dashboards.
     *
     * @return the run that they showed
     * @throws PublicationRefusedException if the dataset is not published
     */
    public long withdraw(String dataset) {
        return jdbc.sql("delete from crowdlab.published_run where dataset = ? returning run_id")
                .param(dataset)
                .query((row, number) -> row.getLong(1))
                .optional()
                .orElseThrow(() -> new PublicationRefusedException("Dataset '" + dataset
                        + "' is not published, so there is nothing to withdraw; the command datasets"
                        + " lists what is published"));
    }

    private static Optional<Long> current(JdbcClient jdbc, String dataset) {
        return jdbc.sql("select run_id from crowdlab.published_run where dataset = ?")
                .param(dataset)
                .query(Long.class)
                .optional();
    }
}
