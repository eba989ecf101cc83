package dev.crowdlab.job;

import dev.crowdlab.catalog.CatalogCheck;
import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.RowDigest;
import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.publication.PublishedTables;
import dev.crowdlab.publication.Publisher;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.results.LabelChangeWriter;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.results.WrittenTable;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetricsCollector;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.runs.FindingWriter;
import dev.crowdlab.runs.RunComparison;
import dev.crowdlab.runs.RunLedger;
import dev.crowdlab.runs.RunLedger.Closing;
import dev.crowdlab.runs.RunLedger.PublishedRun;
import dev.crowdlab.text.Plural;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The steps of one run that do not move rows. Each receives the results of earlier steps and returns its own; none keeps state.
 * {@link RunJob} defines their order.
 */
final class RunTasklets {

    private final RunContext context;
    private final RunCancellation cancellation;

    RunTasklets(RunContext context, RunCancellation cancellation) {
        this.context = context;
        this.cancellation = cancellation;
    }

    /**
     * The starting point of a run.
     *
     * @param snapshot the snapshot that is read
     * @param published the run published before; empty if there is none
     * @param lostTables large tables that it has lost
     */
    record Opened(Snapshot snapshot, Optional<PublishedRun> published, List<String> lostTables) {

        /** The run published before, if its labels still exist for comparison. */
        Optional<PublishedRun> comparable() {
            return published.filter(before -> !lostTables.contains(ResultTableDefinitions.LABEL_QUALITY.name()));
        }

        /**
         * Whether the dashboards will show this run: its time is not earlier than that of the run they show, or
         * {@code --replace-newer} was given.
         */
        boolean becomesCurrent(RunContext context) {
            return context.request().replaceNewer()
                    || published
                            .map(before -> !context.run().asOf().isBefore(before.asOf()))
                            .orElse(true);
        }

        /** The run that this one replaces, if its labels still exist for comparison. */
        Optional<PublishedRun> replaced(RunContext context) {
            return comparable().filter(before -> becomesCurrent(context));
        }
    }

    /**
     * The comparison of the input with that of the published run.
     *
     * @param digest the digest of all rows read
     * @param isUnchanged whether there is nothing new
     */
    record Compared(String digest, boolean isUnchanged) {}

    /**
     * The computed results.
     *
     * @param dataset the input
     * @param tables the rows of the result tables
     * @param metrics the metrics
     */
    record Analyzed(Dataset dataset, ResultTables tables, RunMetrics metrics) {}

    /**
     * The state of a run before it is closed.
     *
     * @param findings the findings of its checks
     * @param tables the tables written, including that of the findings
     */
    record Checked(List<Finding> findings, List<WrittenTable> tables) {

        Checked {
            findings = List.copyOf(findings);
            tables = List.copyOf(tables);
        }
    }

    /** The result of a dry run: how a run would end, and what its checks would find. */
    record Rehearsed(DryRun end, List<Finding> findings) {}

    /** Records the run and takes the snapshot. */
    Opened open(long jobExecutionId) throws SQLException {
        context.ledger().open(context.run(), jobExecutionId);
        CatalogCheck.requireOwnTables(context.shared());
        return takeSnapshot();
    }

    /** Starts to read, unless the dataset's queries are unusable or their rows cannot fit into memory. */
    Opened takeSnapshot() throws SQLException {
        Optional<PublishedRun> published = context.ledger().published(context.dataset());
        List<String> lostTables = published
                .map(before -> new PublishedTables(context.shared()).lost(before.runId()))
                .orElse(List.of());
        context.plan().requireReadable();
        context.heap().requireRoom(context.plan());
        return new Opened(Snapshot.take(context.source()), published, lostTables);
    }

    /**
     * Compares the digest of all rows read with that of the published run. If the published run has lost a table, the input
     * counts as changed.
     */
    Compared compare(Opened opened, AnnotationRows annotations, PredictionRows predictions) {
        String digest = RowDigest.of(annotations.digest(), predictions.digest());
        boolean mayBeSkipped =
                !context.request().force() && context.request().asOf().isEmpty();
        return new Compared(
                digest,
                mayBeSkipped
                        && opened.lostTables().isEmpty()
                        && context.ledger().isUnchanged(context.run(), digest));
    }

    /** Checks a run with unchanged input: the published result may have become too old. */
    Checked checkUnchanged(Optional<Instant> newestAnnotation) {
        return new Checked(RunChecks.ofUnchanged(context.run(), newestAnnotation), List.of());
    }

    /** Closes the run as SKIPPED, or as REFUSED if a check failed. */
    Closed skip(Compared input, List<Finding> findings) {
        RunStatus status = RunChecks.isRefused(findings) ? RunStatus.REFUSED : RunStatus.SKIPPED;
        context.transaction().executeWithoutResult(transaction -> {
            Optional<WrittenTable> stored = findings.isEmpty() ? Optional.empty() : Optional.of(write(findings));
            stored.ifPresent(table -> context.ledger().addTable(context.runId(), table.recorded()));
            Closing closing = new Closing(
                    context.runId(),
                    status,
                    false,
                    Optional.of(input.digest()),
                    stored.map(table -> WrittenTable.outputDigest(List.of(table))),
                    Optional.empty());
            if (!context.ledger().close(closing)) {
                throw new IllegalStateException("run " + context.runId() + " was closed by another process");
            }
        });
        return new Closed(status, false);
    }

    private WrittenTable write(List<Finding> findings) {
        return new FindingWriter(context.shared()).write(context.runId(), findings);
    }

    /** Builds the dataset. A separate method, so that nothing references the rows after it returns. */
    Dataset assemble(AnnotationRows annotations, PredictionRows predictions) {
        return Dataset.of(annotations, predictions, context.run().settings().inputRules());
    }

    Analyzed analyze(Dataset dataset) {
        return cancellation.interruptibly(() -> {
            Optional<Analysis> analysis = dataset.examples().size() == 0
                    ? Optional.empty()
                    : Optional.of(Crowdlab.analyze(dataset.annotations(), dataset.predictions(), options()));
            DatasetTotals totals = DatasetTotals.of(dataset);
            return new Analyzed(
                    dataset,
                    new ResultTables(context.runId(), dataset, totals, analysis),
                    RunMetricsCollector.of(DatasetNames.of(dataset), totals, analysis.map(Analysis::estimates)));
        });
    }

    /** Runs ActiveLab, concurrently with steps that write. */
    Optional<ActiveLabScores> scoreActiveLearning(Dataset dataset) {
        boolean isWanted = context.run().settings().methods().activeLearning();
        if (!isWanted || dataset.models().size() == 0) {
            return Optional.empty();
        }
        return Optional.of(cancellation.interruptibly(() -> ActiveLab.score(
                dataset.annotations(),
                dataset.predictions(),
                dataset.unlabeled().predictions(),
                options())));
    }

    private Options options() {
        return context.run()
                .settings()
                .methods()
                .options(context.settings().engine().threads());
    }

    /** Compares the consensus labels with those published before; empty for a first run. */
    Optional<WrittenTable> writeLabelChange(Opened opened) throws SQLException {
        Optional<PublishedRun> before = opened.replaced(context);
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelChangeWriter(context.shared())
                        .write(context.runId(), before.get().runId()));
    }

    /** Checks the metrics, compares the stored rows with the computed ones, and writes the findings. */
    Checked check(Opened opened, RunMetrics metrics, List<WrittenTable> written) {
        RunLedger ledger = context.ledger();
        Optional<RunComparison> comparison =
                opened.replaced(context).map(before -> RunComparison.read(context.shared(), context.runId(), before));
        List<Finding> findings = new ArrayList<>(RunChecks.of(context.run(), metrics, comparison));
        findings.addAll(aboutPublished(opened));
        RunChecks.asOf(context.run().asOf(), ledger.now()).ifPresent(findings::add);
        oldResults(context.shared()).behind(context.dataset()).ifPresent(findings::add);
        findings.add(RunChecks.rowCounts(lostRows(written, metrics), written.size()));
        WrittenTable stored = context.transaction().execute(status -> write(List.copyOf(findings)));
        return new Checked(
                findings, Stream.concat(written.stream(), Stream.of(stored)).toList());
    }

    /** Findings about the run published before. */
    private List<Finding> aboutPublished(Opened opened) {
        List<Finding> findings = new ArrayList<>();
        if (!opened.lostTables().isEmpty()) {
            findings.add(RunChecks.lostTables(opened.published().orElseThrow(), opened.lostTables()));
        }
        if (context.request().asOf().isEmpty() && !opened.becomesCurrent(context)) {
            findings.add(RunChecks.historyOnly(opened.published().orElseThrow()));
        }
        return findings;
    }

    /** One sentence for each table whose stored rows are not those that were computed. */
    private static List<String> lostRows(List<WrittenTable> written, RunMetrics metrics) {
        List<String> sentences = new ArrayList<>();
        for (WrittenTable table : written) {
            long expected = expectedRows(table, metrics);
            if (expected != table.writtenRows()) {
                sentences.add("Table " + table.shape().name() + " holds "
                        + Plural.of(table.writtenRows(), "row", "rows") + ", "
                        + Plural.of(expected, "was", "were") + " computed.");
            }
        }
        return sentences;
    }

    /**
     * The number of rows according to the metrics if they determine it, which also detects a block lost before it reached the
     * writer.
     */
    private static long expectedRows(WrittenTable table, RunMetrics metrics) {
        return switch (table.shape().name()) {
            case "label_quality" -> metrics.exampleCount();
            case "detailed_label_quality" -> metrics.annotationCount();
            case "annotator_stats" -> metrics.annotatorCount();
            default -> table.computedRows();
        };
    }

    /** Publishes the run, or closes it as REFUSED if a check failed. */
    Closed publish(Opened opened, Compared input, RunMetrics metrics, Checked checked) {
        boolean isRefused = RunChecks.isRefused(checked.findings());
        boolean isCurrent = !isRefused && opened.becomesCurrent(context);
        RunStatus status = isRefused ? RunStatus.REFUSED : RunStatus.PUBLISHED;
        Closing closing = new Closing(
                context.runId(),
                status,
                isCurrent,
                Optional.of(input.digest()),
                Optional.of(WrittenTable.outputDigest(checked.tables())),
                Optional.of(metrics));
        new Publisher(context.shared(), context.settings().standby())
                .publish(closing, checked.tables(), context.dataset());
        return new Closed(status, isCurrent);
    }

    /** Checks the metrics and determines what publishing would change. Nothing is written. */
    Rehearsed rehearse(Opened opened, Compared input, Analyzed analyzed) throws SQLException {
        Optional<LabelChangePreview> difference = Optional.empty();
        if (opened.comparable().isPresent()) {
            long published = opened.comparable().get().runId();
            difference = Optional.of(analyzed.tables().examples().differenceFrom(context.shared(), published));
        }
        boolean isCurrent = opened.becomesCurrent(context);
        Optional<RunComparison> comparison = difference
                .filter(before -> isCurrent)
                .map(before -> new RunComparison(
                        before.previousRunId(),
                        before.previousCount(),
                        before.commonCount(),
                        before.changedCount(),
                        before.previousQuality(),
                        opened.comparable().orElseThrow().modelCount()));
        RunMetrics metrics = analyzed.metrics();
        List<Finding> findings = new ArrayList<>();
        if (input.isUnchanged()) {
            findings.addAll(RunChecks.ofUnchanged(context.run(), metrics.newestAnnotation()));
        } else {
            findings.addAll(RunChecks.of(context.run(), metrics, comparison));
            findings.addAll(aboutPublished(opened));
        }
        return new Rehearsed(new DryRun(input.isUnchanged(), isCurrent, difference), findings);
    }

    /** Removes old results of this dataset and old metadata of Spring Batch. Never fails the run. */
    void retain() {
        cancellation.interruptibly(() -> {
            oldResults(context.result()).removeAfterRun(context.dataset());
            return context;
        });
    }

    private RetentionTask oldResults(DataSource dataSource) {
        return new RetentionTask(dataSource, context.settings().retention(), context.clock());
    }
}
