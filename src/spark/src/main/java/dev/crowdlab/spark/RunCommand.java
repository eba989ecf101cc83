package dev.crowdlab.spark;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.crowdlab.closing.RunChoices;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.DatasetInspection;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.postgres.Causes;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.postgres.ConnectionPool;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.run.SoftwareVersion;
import dev.crowdlab.runs.FailureSentence;
import dev.crowdlab.runs.RunLedger;
import dev.crowdlab.runs.RunLock;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.text.UserProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: runs one dataset and publishes its results. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a dataset and publishes its results, as the local job does.")
final class RunCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REFUSED = 3;
    private static final int IN_USE = 4;
    private static final int UNREACHABLE = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--dataset", required = true, paramLabel = "D", description = "The dataset.")
    private String dataset = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings. Default: config/application.yml, then application.yml.")
    private @Nullable Path config;

    @Option(
            names = "--as-of",
            paramLabel = "T",
            description = "The moment to describe, such as 2026-03-01T06:00:00Z. Always runs. Default: now.")
    private @Nullable String asOf;

    @Option(names = "--force", description = "Run an unchanged dataset, too.")
    private boolean force;

    @Option(names = "--replace-newer", description = "Publish even if the published run describes a later moment.")
    private boolean replaceNewer;

    @Option(
            names = "--parts",
            paramLabel = "P",
            description = "In how many parts the dataset is held. Default: Spark's default parallelism.")
    private int parts;

    @Option(
            names = "--readers",
            paramLabel = "N",
            description =
                    "How many tasks execute the queries; with as many as parts nothing is shuffled. Default: as many.")
    private int readers;

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            description = "A directory that all executors reach; needed on a cluster.")
    private @Nullable String checkpoints;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run();
        } catch (SQLException | RuntimeException e) {
            return explain(e);
        }
    }

    @SuppressWarnings("try") // the lock is held, not used
    private int run() throws SQLException, InterruptedException {
        ClusterSettings settings = ClusterSettings.read(config);
        Databases databases = SharedDatabases.of(settings).open();
        new Migration(databases.migration()).requireCurrent();
        DatasetSettings chosen = Optional.ofNullable(
                        settings.program().datasets().get(dataset))
                .orElseGet(() -> DatasetSettings.builtIn(dataset)
                        .withPeriods(settings.program().periods()));
        long runId = new RunLedger(databases.result()).nextRunId();
        String name = RunLedger.sessionName(runId);
        ConnectionFactory result = databases.result().with("application_name", name);
        try (RunLock lock = RunLock.take(result.asUser(), dataset);
                HikariDataSource shared = ConnectionPool.of(result);
                JavaSparkContext spark =
                        new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "crowdlab-etl"))) {
            Instant moment = moment().orElseGet(new RunLedger(shared)::now).truncatedTo(ChronoUnit.MICROS);
            RunDescriptor run = new RunDescriptor(
                    runId, chosen, moment, SoftwareVersion.recorded().toString());
            RunChoices choices = new RunChoices(asOf != null, force, replaceNewer);
            DatasetPlan plan = new DatasetInspection(UnaryOperator.identity())
                    .plan(chosen, databases.input(chosen, moment).with("application_name", name));
            return report(
                    new SparkRun(spark, new RunContext(run, choices, settings, shared), plan, options(spark)).run(),
                    runId);
        }
    }

    private ClusterOptions options(JavaSparkContext spark) {
        int partCount = parts > 0 ? parts : Math.max(1, spark.defaultParallelism());
        return new ClusterOptions(readers > 0 ? readers : partCount, partCount, checkpoints);
    }

    private Optional<Instant> moment() {
        try {
            return Optional.ofNullable(asOf)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new InvalidSettingsException(
                    List.of("--as-of is '" + asOf + "'; give a moment such as 2026-03-01T06:00:00Z"));
        }
    }

    private int report(SparkRun.Outcome outcome, long runId) {
        out().println("Run " + runId + " of dataset '" + dataset + "': "
                + outcome.closed().status() + counts(outcome.metrics()));
        outcome.sentences().forEach(out()::println);
        out().flush();
        return outcome.closed().status() == RunStatus.REFUSED ? REFUSED : 0;
    }

    private static String counts(@Nullable RunMetrics metrics) {
        return metrics == null
                ? ""
                : ", " + metrics.exampleCount() + " examples, " + metrics.annotationCount() + " annotations, "
                        + metrics.annotatorCount() + " annotators";
    }

    private int explain(Exception failure) {
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof UserProblem problem) {
                problem.sentences().forEach(err()::println);
                err().flush();
                return switch (problem.kind()) {
                    case USAGE -> USAGE;
                    case IN_USE -> IN_USE;
                    case UNREACHABLE -> UNREACHABLE;
                };
            }
        }
        err().println(dataset + ": " + FailureSentence.sentence(failure));
        err().flush();
        return SqlErrors.isUnreachable(failure) ? UNREACHABLE : FAILED;
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return requireNonNull(spec).commandLine();
    }
}
