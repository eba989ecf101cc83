package dev.crowdlab.run;

import dev.crowdlab.results.copy.RecordedTable;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The rows of {@code crowdlab.run} and the tables that refer to them. Closing a run is final: the database then adds it
 * to the hash chain and refuses every later change. Thread-safe. Takes part in the current transaction of its data
 * source.
 */
public final class RunLedger {

    private final JdbcClient jdbc;

    public RunLedger(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Draws the number of the next run. */
    public long nextRunId() {
        return jdbc.sql("select nextval('crowdlab.run_id_seq')")
                .query(Long.class)
                .single();
    }

    /** The time by the server's clock. */
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /**
     * Records that a run has begun. The server adds the database user to the given name of the system user.
     *
     * @param jobExecutionId the execution of Spring Batch; null if there is none
     */
    public void open(RunDescriptor run, @Nullable Long jobExecutionId) {
        bind(
                        jdbc.sql("""
                                insert into crowdlab.run (run_id, dataset, as_of, status, started_at, job_execution_id,
                                    software_version, results_version, settings, started_by)
                                values (:runId, :dataset, :asOf, 'RUNNING', clock_timestamp(), :jobExecutionId,
                                    :softwareVersion, :resultsVersion, %s, :systemUser)""".formatted(json(run.settings().recorded()))),
                        run.settings().recorded())
                .param("runId", run.runId())
                .param("dataset", run.settings().name())
                .param("asOf", timestamp(run.asOf()))
                .param("jobExecutionId", jobExecutionId, Types.BIGINT)
                .param("softwareVersion", run.softwareVersion())
                .param("resultsVersion", ResultsVersion.CURRENT)
                .param("systemUser", System.getProperty("user.name"), Types.VARCHAR)
                .update();
    }

    /**
     * Returns runs of the dataset other than the given one that are still RUNNING although their processes are gone.
     */
    public List<Long> leftOver(String dataset, long runId) {
        return jdbc.sql("select run_id from crowdlab.run where dataset = ? and status = 'RUNNING' and run_id <> ?"
                        + " order by run_id")
                .params(dataset, runId)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /**
     * Locks a run's row until the end of the transaction.
     *
     * @return its status; empty if it never began
     */
    public Optional<RunStatus> lock(long runId) {
        return jdbc.sql("select status from crowdlab.run where run_id = ? for update")
                .param(runId)
                .query((row, number) -> RunStatus.valueOf(row.getString(1)))
                .optional();
    }

    /** Cancels the current statements of all sessions with this application_name. The sessions stay open. */
    public void cancelStatements(String sessionName) {
        jdbc.sql("select pg_cancel_backend(pid) from pg_stat_activity where application_name = ?"
                        + " and state = 'active' and pid <> pg_backend_pid() and datname = current_database()")
                .param(sessionName)
                .query(Boolean.class)
                .list();
    }

    /** The application_name of a run's sessions. */
    public static String sessionName(long runId) {
        return "crowdlab-etl run " + runId;
    }

    /** The run that is published for the dataset. */
    public Optional<PublishedRun> published(String dataset) {
        return jdbc.sql(
                        "select r.run_id, r.as_of, (select count(*) from crowdlab.run_model m where m.run_id = r.run_id)"
                                + " from crowdlab.published_run p join crowdlab.run r on r.run_id = p.run_id where p.dataset = ?")
                .param(dataset)
                .query((row, number) -> new PublishedRun(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getLong(3)))
                .optional();
    }

    /**
     * A published run.
     *
     * @param runId its number
     * @param asOf the time that it describes
     * @param modelCount number of its models
     */
    public record PublishedRun(long runId, Instant asOf, long modelCount) {}

    /**
     * Whether a run on this input with these settings would repeat the published one. Results of another
     * {@link dev.crowdlab.run.ResultsVersion} never count as repeated.
     */
    public boolean isUnchanged(RunDescriptor run, String inputDigest) {
        return bind(
                                jdbc.sql("""
                                select count(*) from crowdlab.published_run p
                                join crowdlab.run r on r.run_id = p.run_id
                                where p.dataset = :dataset and r.input_digest = :inputDigest
                                    and r.results_version = :resultsVersion and r.settings = %s""".formatted(json(run.settings().recorded()))),
                                run.settings().recorded())
                        .param("dataset", run.settings().name())
                        .param("inputDigest", inputDigest)
                        .param("resultsVersion", ResultsVersion.CURRENT)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Records a result table of a run that is not yet closed. */
    public void addTable(long runId, RecordedTable table) {
        jdbc.sql(
                        "insert into crowdlab.run_table (run_id, table_name, row_count, digest, columns) values (?, ?, ?, ?, ?)")
                .params(runId, table.name(), table.rowCount(), table.digest())
                .param(5, table.columns().toArray(String[]::new), Types.ARRAY)
                .update();
    }

    /**
     * How a run ended.
     *
     * @param runId its number
     * @param status any but RUNNING
     * @param becameCurrent whether the dashboards show it from now on
     * @param inputDigest the digest of all rows read; empty if not known
     * @param outputDigest the digest over its tables; empty if it has none
     * @param figures the metrics of the analysis; empty if there was none
     */
    public record Closing(
            long runId,
            RunStatus status,
            boolean becameCurrent,
            Optional<String> inputDigest,
            Optional<String> outputDigest,
            Optional<RunMetrics> figures) {}

    /**
     * Closes a run.
     *
     * @return false, without changing anything, if another process has closed it before
     */
    public boolean close(Closing closing) {
        Optional<RunMetrics> figures = closing.figures();
        return jdbc.sql("""
                                update crowdlab.run set status = :status, finished_at = clock_timestamp(),
                                    became_current = :becameCurrent,
                                    input_digest = :inputDigest, output_digest = :outputDigest,
                                    num_examples = :examples, num_annotations = :annotations,
                                    num_annotators = :annotators, num_classes = :classes,
                                    num_unlabeled = :unlabeled, num_collapsed = :collapsed,
                                    num_rejected = :rejected, consensus_likelihood = :likelihood
                                where run_id = :runId and status = 'RUNNING'""")
                        .param("status", closing.status().name())
                        .param("becameCurrent", closing.becameCurrent())
                        .param("inputDigest", closing.inputDigest().orElse(null), Types.VARCHAR)
                        .param("outputDigest", closing.outputDigest().orElse(null), Types.VARCHAR)
                        .param("examples", count(figures.map(RunMetrics::exampleCount)), Types.BIGINT)
                        .param("annotations", count(figures.map(RunMetrics::annotationCount)), Types.BIGINT)
                        .param("annotators", count(figures.map(RunMetrics::annotatorCount)), Types.BIGINT)
                        .param("classes", count(figures.map(RunMetrics::classCount)), Types.BIGINT)
                        .param("unlabeled", count(figures.map(RunMetrics::unlabeledCount)), Types.BIGINT)
                        .param("collapsed", count(figures.map(RunMetrics::collapsedCount)), Types.BIGINT)
                        .param("rejected", count(figures.map(RunMetrics::allRejectedCount)), Types.BIGINT)
                        .param(
                                "likelihood",
                                numberOrNull(
                                        figures.map(found -> found.estimates().consensusLikelihood())
                                                .orElse(Double.NaN)),
                                Types.DOUBLE)
                        .param("runId", closing.runId())
                        .update()
                == 1;
    }

    private static @Nullable Long count(Optional<Long> count) {
        return count.orElse(null);
    }

    private static @Nullable Double numberOrNull(double number) {
        return Double.isNaN(number) ? null : number;
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** An expression for the settings as jsonb; their names are constants of this program. */
    private static String json(Map<String, @Nullable Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "'" + setting.getKey() + "', " + json(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(", ", "jsonb_build_object(", ")"));
    }

    private static String json(String name, @Nullable Object value) {
        if (value instanceof List<?>) {
            return "to_jsonb(:" + name + "::text[])";
        }
        return ":" + name + (value instanceof Boolean ? "::boolean" : "::text");
    }

    private static StatementSpec bind(StatementSpec statement, Map<String, @Nullable Object> settings) {
        StatementSpec bound = statement;
        for (Map.Entry<String, @Nullable Object> setting : settings.entrySet()) {
            Object value = setting.getValue();
            bound = value instanceof List<?> texts
                    ? bound.param(setting.getKey(), texts.toArray(String[]::new))
                    : bound.param(setting.getKey(), value, value instanceof Boolean ? Types.BOOLEAN : Types.VARCHAR);
        }
        return bound;
    }
}
