package dev.crowdlab.runs;

import dev.crowdlab.results.RecordedTable;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.ResultsVersion;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of {@code crowdlab.run} and what hangs on them. Closing a run is final: the database fills the hash chain and
 * refuses every later change. Thread-safe. Takes part in a transaction of its sessions.
 */
public final class RunLedger {

    private static final String SETTINGS = """
            jsonb_build_object(
                'annotations_query', :annotationsQuery::text,
                'predictions_query', :predictionsQuery::text,
                'classes', to_jsonb(:classes::text[]),
                'consensus_methods', to_jsonb(:consensusMethods::text[]),
                'quality_method', :qualityMethod::text,
                'label_quality_score', :labelQualityScore::text,
                'adjust_predictions', :adjustPredictions::boolean,
                'calibrate_predictions', :calibratePredictions::boolean,
                'active_learning', :activeLearning::boolean,
                'on_missing_prediction', :onMissingPrediction::text,
                'on_duplicate_annotation', :onDuplicateAnnotation::text,
                'on_incomplete_prediction', :onIncompletePrediction::text)""";

    private final JdbcClient jdbc;

    /** A ledger in the database that the sessions lead to. */
    public RunLedger(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
    }

    /** Draws the number of the next run. */
    public long nextRunId() {
        return jdbc.sql("select nextval('crowdlab.run_id_seq')")
                .query(Long.class)
                .single();
    }

    /** The moment by the server's clock. */
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Records that a run has begun. The server adds who started it to what the system's user is called here. */
    public void open(RunDescriptor run, long jobExecutionId) {
        bindSettings(jdbc.sql("""
                                insert into crowdlab.run (run_id, dataset, as_of, status, started_at, job_execution_id,
                                    software_version, results_version, settings, started_by)
                                values (:runId, :dataset, :asOf, 'RUNNING', clock_timestamp(), :jobExecutionId,
                                    :softwareVersion, :resultsVersion, %s, :systemUser)""".formatted(SETTINGS)), run.settings())
                .param("runId", run.runId())
                .param("dataset", run.settings().name())
                .param("asOf", timestamp(run.asOf()))
                .param("jobExecutionId", jobExecutionId)
                .param("softwareVersion", run.softwareVersion())
                .param("resultsVersion", ResultsVersion.CURRENT)
                .param("systemUser", System.getProperty("user.name"), Types.VARCHAR)
                .update();
    }

    /** Runs of the dataset that are still RUNNING, other than the given one: their processes are gone. */
    public List<Long> leftOver(String dataset, long runId) {
        return jdbc.sql("select run_id from crowdlab.run where dataset = ? and status = 'RUNNING' and run_id <> ?"
                        + " order by run_id")
                .params(dataset, runId)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Where a run stands, which nobody else can change until the end of the transaction; empty: it never began. */
    public Optional<RunStatus> lock(long runId) {
        return jdbc.sql("select status from crowdlab.run where run_id = ? for update")
                .param(runId)
                .query((row, number) -> RunStatus.valueOf(row.getString(1)))
                .optional();
    }

    /** Cancels what the sessions of this application_name are doing at this moment; the sessions stay. */
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
     * @param asOf the moment that it describes
     * @param modelCount its models
     */
    public record PublishedRun(long runId, Instant asOf, long modelCount) {}

    /** Whether a run with this input and these settings would repeat the published one, results being of this version. */
    public boolean isUnchanged(RunDescriptor run, String inputDigest) {
        return bindSettings(jdbc.sql("""
                                select count(*) from crowdlab.published_run p
                                join crowdlab.run r on r.run_id = p.run_id
                                where p.dataset = :dataset and r.input_digest = :inputDigest
                                    and r.results_version = :resultsVersion and r.settings = %s""".formatted(SETTINGS)), run.settings())
                        .param("dataset", run.settings().name())
                        .param("inputDigest", inputDigest)
                        .param("resultsVersion", ResultsVersion.CURRENT)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Adds findings to a run that is not yet closed. */
    public void addChecks(long runId, List<Finding> findings) {
        for (Finding finding : findings) {
            jdbc.sql("""
                            insert into crowdlab.run_check (run_id, code, severity, message, observed, threshold)
                            values (?, ?, ?, ?, ?, ?)""")
                    .param(runId)
                    .param(finding.code())
                    .param(finding.severity().name())
                    .param(finding.message())
                    .param(5, numberOrNull(finding.observed()), Types.DOUBLE)
                    .param(6, numberOrNull(finding.threshold()), Types.DOUBLE)
                    .update();
        }
    }

    /** Records a result table of a run that is not yet closed. */
    public void addTable(long runId, RecordedTable table) {
        jdbc.sql(
                        "insert into crowdlab.run_table (run_id, table_name, row_count, digest, columns) values (?, ?, ?, ?, ?)")
                .params(runId, table.name(), table.rowCount(), table.digest())
                .param(
                        5,
                        table.columns()
                                .map(names -> names.toArray(String[]::new))
                                .orElse(null),
                        Types.ARRAY)
                .update();
    }

    /**
     * How a run ended.
     *
     * @param runId its number
     * @param status any but RUNNING
     * @param becameCurrent whether the dashboards show it from now on
     * @param inputDigest over all rows read; empty: not known
     * @param outputDigest over its tables; empty: it has none
     * @param figures of the analysis; empty: there was none
     */
    public record Closing(
            long runId,
            RunStatus status,
            boolean becameCurrent,
            Optional<String> inputDigest,
            Optional<String> outputDigest,
            Optional<RunMetrics> figures) {}

    /** Closes a run; gives false, and changes nothing, if it was closed before by somebody else. */
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
                        .param("rejected", count(figures.map(RunMetrics::rejectedCount)), Types.BIGINT)
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

    private static JdbcClient.StatementSpec bindSettings(JdbcClient.StatementSpec statement, DatasetSettings settings) {
        return statement
                .param("annotationsQuery", settings.annotationsQuery(), Types.VARCHAR)
                .param("predictionsQuery", settings.predictionsQuery(), Types.VARCHAR)
                .param("classes", settings.inputRules().classes().toArray(String[]::new))
                .param(
                        "consensusMethods",
                        settings.methods().consensusMethods().stream()
                                .map(RunLedger::lowerCase)
                                .toArray(String[]::new))
                .param("qualityMethod", lowerCase(settings.methods().qualityMethod()))
                .param("labelQualityScore", lowerCase(settings.methods().labelQualityScore()))
                .param("adjustPredictions", settings.methods().adjustPredictions())
                .param("calibratePredictions", settings.methods().calibratePredictions())
                .param("activeLearning", settings.methods().activeLearning())
                .param("onMissingPrediction", lowerCase(settings.inputRules().missingPrediction()))
                .param("onDuplicateAnnotation", lowerCase(settings.inputRules().duplicateAnnotation()))
                .param("onIncompletePrediction", lowerCase(settings.inputRules().incompletePrediction()));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
