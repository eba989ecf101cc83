package dev.crowdlab.spark;

import com.zaxxer.hikari.HikariDataSource;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.DatasetInspection;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.postgres.ConnectionPool;
import dev.crowdlab.publication.RunChoices;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLock;
import dev.crowdlab.run.SoftwareVersion;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.SourceTables;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs datasets one after another in one Spark context, which starts when the first of them has its lock and ends when
 * this is closed. Used by one thread.
 */
final class SparkRuns implements AutoCloseable {

    /** The end of a sentence about annotations. */
    static final String KINDS =
            "has a column annotator_kind, which cannot be used on Spark; run the dataset with the local"
                    + " job, or leave the column out";

    private final ClusterSettings settings;
    private final SparkRunRequest request;
    private @Nullable JavaSparkContext spark;

    SparkRuns(ClusterSettings settings, SparkRunRequest request) {
        this.settings = settings;
        this.request = request;
    }

    private Databases databases() {
        return SharedDatabases.of(settings).open();
    }

    /** Runs a dataset, or says what a run would do. */
    @SuppressWarnings("try") // the lock is held, not used
    SparkRun.Outcome run(DatasetSettings dataset) throws SQLException, InterruptedException {
        if (request.onlyFiles()) {
            return runIntoFiles(dataset);
        }
        if (request.dryRun()) {
            ConnectionFactory result = databases().result().with("application_name", "crowdlab-etl dry run");
            try (HikariDataSource shared = ConnectionPool.of(result)) {
                SparkRunContext context = context(dataset, 0, shared);
                JavaSparkContext started = spark();
                return new SparkDryRun(started, context, source(started, context), options(started)).run();
            }
        }
        long runId = new RunLedger(databases().result()).nextRunId();
        ConnectionFactory result = databases().result().with("application_name", RunLedger.sessionName(runId));
        try (RunLock lock = RunLock.take(result.asUser(), dataset.name());
                HikariDataSource shared = ConnectionPool.of(result)) {
            SparkRunContext context = context(dataset, runId, shared);
            JavaSparkContext started = spark();
            return new SparkRun(
                            started, context, source(started, context), directory(started, context), options(started))
                    .run();
        }
    }

    /** Runs a dataset without a lock and a history. The run's number is its moment, in seconds since 1970. */
    private SparkRun.Outcome runIntoFiles(DatasetSettings dataset) throws SQLException {
        if (settings.url() == null && dataset.tables() == null) {
            throw new InvalidSettingsException(List.of("crowdlab.datasets." + dataset.name()
                    + ".annotations-table is missing, and without spring.datasource.url there is no database to read;"
                    + " give one of them"));
        }
        Instant moment = request.moment().orElseGet(Instant::now).truncatedTo(ChronoUnit.MICROS);
        SparkRunContext context = context(dataset, moment.getEpochSecond(), moment, Optional.empty());
        JavaSparkContext started = spark();
        RunFiles files = RunFiles.open(
                started.hadoopConfiguration(), Objects.requireNonNull(request.directory()), dataset.name());
        return new FileRun(started, context, source(started, context), files, options(started)).run();
    }

    private SparkRunContext context(DatasetSettings dataset, long runId, DataSource shared) {
        Instant moment = request.moment().orElseGet(new RunLedger(shared)::now).truncatedTo(ChronoUnit.MICROS);
        return context(dataset, runId, moment, Optional.of(shared));
    }

    private SparkRunContext context(DatasetSettings dataset, long runId, Instant moment, Optional<DataSource> shared) {
        RunDescriptor run = new RunDescriptor(
                runId, dataset, moment, SoftwareVersion.recorded().toString());
        RunChoices choices = new RunChoices(request.moment().isPresent(), request.force(), request.replaceNewer());
        return new SparkRunContext(run, choices, settings, shared);
    }

    private ClusterOptions options(JavaSparkContext started) {
        return request.options(started.defaultParallelism());
    }

    private JavaSparkContext spark() {
        JavaSparkContext started = spark;
        if (started == null) {
            started = new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "crowdlab-etl"));
            spark = started;
        }
        return started;
    }

    /** Opens the directory for files, and removes what lost runs left behind there. */
    private Optional<ResultDirectory> directory(JavaSparkContext started, SparkRunContext context) {
        Optional<ResultDirectory> directory = Optional.ofNullable(request.directory())
                .map(parent -> ResultDirectory.open(
                        started.hadoopConfiguration(),
                        parent,
                        context.run().settings().name()));
        directory.ifPresent(found -> found.clear(context.runId()));
        return directory;
    }

    /** Finds out how the dataset can be read. */
    private SparkRun.Source source(JavaSparkContext started, SparkRunContext context) throws SQLException {
        DatasetSettings dataset = context.run().settings();
        SourceTables tables = dataset.tables();
        if (tables == null) {
            DatasetPlan plan = new DatasetInspection(UnaryOperator.identity())
                    .plan(
                            dataset,
                            databases()
                                    .input(dataset, context.run().asOf())
                                    .with("application_name", context.sessionName()));
            return new SparkRun.Source(
                    plan.columns().annotations().kinds().areStated()
                            ? new DatasetPlan(
                                    dataset,
                                    CopyStatements.NONE,
                                    Optional.empty(),
                                    List.of("crowdlab.datasets." + dataset.name() + ".annotations-query: " + KINDS))
                            : plan,
                    Optional.empty());
        }
        TableInspection.Outcome found = TableInspection.inspect(TableSession.open(started), dataset, tables);
        return new SparkRun.Source(
                new DatasetPlan(dataset, CopyStatements.NONE, Optional.empty(), found.problems()), found.input());
    }

    @Override
    public void close() {
        if (spark != null) {
            spark.close();
        }
    }
}
