package dev.crowdlab.spark;

import dev.crowdlab.audit.CatalogCheck;
import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.dataset.InputNames;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.publication.FailedRunCloser;
import dev.crowdlab.publication.LeftOverRuns;
import dev.crowdlab.publication.OldResults;
import dev.crowdlab.publication.Predecessor;
import dev.crowdlab.publication.RunClosing;
import dev.crowdlab.publication.RunClosing.Checked;
import dev.crowdlab.publication.RunClosing.Closed;
import dev.crowdlab.run.FailureSentence;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLedger.PublishedRun;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** One run of one dataset, by the driver, which holds the dataset's lock. Used once. */
final class SparkRun {

    /** Tasks of a failed run end soon, as their jobs are canceled. */
    private static final Duration MAX_TASK_WAIT = Duration.ofSeconds(60);

    private final JavaSparkContext spark;
    private final SparkRunContext context;
    private final Source source;
    private final Optional<ResultDirectory> directory;
    private final ClusterOptions options;
    private final SharedDatabases databases;
    private final RunClosing closing;
    private Optional<String> inputDigest = Optional.empty();

    /**
     * @param directory where results are written as files, too; empty: nowhere
     */
    SparkRun(
            JavaSparkContext spark,
            SparkRunContext context,
            Source source,
            Optional<ResultDirectory> directory,
            ClusterOptions options) {
        this.spark = spark;
        this.context = context;
        this.source = source;
        this.directory = directory;
        this.options = options;
        databases = SharedDatabases.of(context.settings());
        closing = new RunClosing(
                context.run(),
                context.choices(),
                context.settings().program(),
                context.shared(),
                source.zonelessType());
    }

    /**
     * Where the dataset is read.
     *
     * @param plan how it is read by COPY, or why it cannot be read at all
     * @param tables how it is read from tables; empty: by COPY, or not at all
     */
    record Source(DatasetPlan plan, Optional<TableInput> tables) {

        /** The type of annotated_at if it has no time zone. */
        Optional<String> zonelessType() {
            return tables.map(input -> input.annotations().copy())
                    .orElse(plan.columns().annotations())
                    .zonelessType();
        }
    }

    /**
     * How the run ended.
     *
     * @param end in words
     * @param metrics null if the run was skipped
     * @param isRefused whether a check keeps the result back
     * @param findings of the checks
     */
    record Outcome(String end, @Nullable RunMetrics metrics, boolean isRefused, List<Finding> findings) {}

    /** Runs the dataset; a run that fails is closed as FAILED. The caller holds the dataset's lock. */
    Outcome run() throws SQLException, InterruptedException {
        LeftOverRuns.clear(context.shared(), result(), context.run().settings().name(), context.runId());
        new RunLedger(context.shared()).open(context.run(), null);
        try {
            CatalogCheck.requireOwnTables(context.shared());
            source.plan().requireReadable();
            return runOpened();
        } catch (SQLException | RuntimeException e) {
            spark.sc().cancelAllJobs();
            close(e);
            discardFiles(e);
            throw e;
        }
    }

    private ConnectionFactory result() {
        return databases.open().result().with("application_name", context.sessionName());
    }

    private void close(Exception failure) {
        try {
            new FailedRunCloser(
                            result().with("application_name", "crowdlab-etl end of run " + context.runId()),
                            MAX_TASK_WAIT)
                    .close(context.runId(), FailureSentence.sentence(failure), inputDigest);
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // the next run of the dataset cleans up
        }
    }

    private void discardFiles(Exception failure) {
        try {
            directory.ifPresent(found -> found.run(context.runId()).discard());
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // the next run of the dataset cleans up
        }
    }

    @SuppressWarnings("try") // the directory is in use as long as it is open
    private Outcome runOpened() throws SQLException {
        Predecessor predecessor = closing.predecessor();
        try (CheckpointDirectory checkpoints =
                CheckpointDirectory.of(spark, options.checkpoints(), "run-" + context.runId())) {
            JavaRDD<InputPart> input = new InputLoading(spark, context, source, options).load();
            InputNames names = InputLoading.names(input);
            inputDigest = Optional.of(names.digest());
            return hasFiles(predecessor) && closing.isUnchanged(predecessor, names.digest())
                    ? skip(names.digest(), input)
                    : analyze(predecessor, names, input);
        } finally {
            spark.sc().getPersistentRDDs().values().foreach(rdd -> rdd.unpersist(false));
            retain();
        }
    }

    /** Whether the published run is in the directory, too, if there is one. */
    private boolean hasFiles(Predecessor predecessor) {
        return directory.isEmpty()
                || predecessor
                        .published()
                        .filter(before -> directory.get().run(before.runId()).isComplete())
                        .isPresent();
    }

    private Outcome skip(String digest, JavaRDD<InputPart> input) {
        Instant newest = input.map(part -> part.annotations().newest().orElse(Instant.MIN))
                .reduce((one, other) -> one.isAfter(other) ? one : other);
        Checked checked = closing.checkUnchanged(Optional.of(newest).filter(Instant.MIN::isBefore));
        return outcome(closing.skip(digest, checked.findings()), null, checked);
    }

    private Outcome analyze(Predecessor predecessor, InputNames names, JavaRDD<InputPart> input) throws SQLException {
        ClusterAnalysis analysis = ClusterAnalysis.of(
                spark, input, names, context.run().settings(), PublishedStates.of(context, closing, predecessor));
        TableWriting writing = new TableWriting(spark, context, databases, analysis);
        Summaries summaries = writing.writeParts();
        summaries.totals().complete(names, context.run().settings().inputRules());
        RunMetrics metrics =
                analysis.metrics(summaries, context.run().settings().methods());
        writing.writeConfusion();
        writing.writeRest(summaries);
        Optional<PublishedRun> replaced = closing.replaced(predecessor);
        if (replaced.isPresent()) {
            writing.written()
                    .add(new StoredLabelChanges(context.shared())
                            .write(context.runId(), replaced.get().runId()));
        }
        Checked checked = closing.check(predecessor, metrics, writing.written());
        if (directory.isPresent() && !RunChecks.isRefused(checked.findings())) {
            new ResultFiles(
                            spark,
                            context,
                            databases,
                            directory.get().run(context.runId()).temporary())
                    .write(analysis, checked.tables());
        }
        Closed closed = closing.publish(predecessor, names.digest(), metrics, checked);
        if (directory.isPresent() && closed.status() == RunStatus.PUBLISHED) {
            Map<String, Object> manifest = Manifest.of(context, names.digest(), checked.tables());
            manifest.put("became_current", closed.isCurrent());
            publish(directory.get().run(context.runId()), manifest);
        }
        return outcome(closed, metrics, checked);
    }

    private static void publish(RunFiles files, Map<String, Object> manifest) {
        try {
            files.publish(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    e.getMessage() + "; the run is published in PostgreSQL, and the next one writes the files again",
                    e);
        }
    }

    private Outcome outcome(Closed closed, @Nullable RunMetrics metrics, Checked checked) {
        return new Outcome(
                "Run " + context.runId() + " of dataset '"
                        + context.run().settings().name() + "': " + closed.status(),
                metrics,
                closed.status() == RunStatus.REFUSED,
                checked.findings());
    }

    private void retain() {
        new OldResults(result(), context.settings().program().retention())
                .removeAfterRun(context.run().settings().name());
    }
}
