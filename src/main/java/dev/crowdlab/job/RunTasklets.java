package dev.crowdlab.job;

import dev.crowdlab.catalog.CatalogCheck;
import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.RowDigest;
import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.publication.PublishedTables;
import dev.crowdlab.publication.Publisher;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.results.WrittenTable;
import dev.crowdlab.retention.Retention.Left;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.runs.FailureSentence;
import dev.crowdlab.runs.FindingWriter;
import dev.crowdlab.runs.RunComparison;
import dev.crowdlab.runs.RunLedger;
import dev.crowdlab.runs.RunLedger.Closing;
import dev.crowdlab.runs.RunLedger.PublishedRun;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import dev.crowdlab.text.Plural;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What the steps of one run do that do not move rows. */
final class RunTasklets {

    private static final Logger log = LoggerFactory.getLogger(RunTasklets.class);

    /** Examples that a thread takes at a time. */
    private static final int ENGINE_BLOCK = 4_096;

    private final RunContext context;
    private final RunState work;
    private final RunCancellation underWay;

    RunTasklets(RunContext context, RunState work, RunCancellation underWay) {
        this.context = context;
        this.work = work;
        this.underWay = underWay;
    }

    /** Records the run and takes the snapshot. */
    void open(long jobExecutionId) throws SQLException {
        RunLedger ledger = context.ledger();
        ledger.open(context.run(), jobExecutionId);
        CatalogCheck.requireOwnTables(context.shared());
        lookAtPublished();
        takeSnapshot();
    }

    private void lookAtPublished() {
        Optional<PublishedRun> published = context.ledger().published(context.dataset());
        work.setPublishedBefore(published);
        work.setLostTables(published
                .map(before -> new PublishedTables(context.shared()).lost(before.runId()))
                .orElse(List.of()));
    }

    /** Begins to read, unless the dataset's queries cannot be, or their rows cannot fit. */
    void takeSnapshot() throws SQLException {
        context.plan().requireReadable();
        context.heap().requireRoom(context.plan());
        work.setSnapshot(Snapshot.take(context.source()));
    }

    /**
     * Ends reading: the digest of all rows read decides whether there is anything new. Where the published run has lost a
     * table there always is.
     */
    boolean isUnchanged() {
        work.setInputDigest(
                RowDigest.of(work.annotations().digest(), work.predictions().digest()));
        boolean mayBeSkipped =
                !context.request().force() && context.request().asOf().isEmpty();
        return mayBeSkipped
                && work.lostTables().isEmpty()
                && context.ledger().isUnchanged(context.run(), work.inputDigest());
    }

    /**
     * Closes the run as one that found nothing new, or refuses it if what is published has grown too old; its snapshot first,
     * or retention would wait for that in vain.
     */
    void skip() throws SQLException {
        closeSnapshot();
        List<Finding> findings =
                RunChecks.ofUnchanged(context.run(), work.annotations().newest());
        work.checks().addAll(findings);
        RunStatus status = RunChecks.isRefused(findings) ? RunStatus.REFUSED : RunStatus.SKIPPED;
        context.transaction().executeWithoutResult(transaction -> {
            if (findings.isEmpty()) {
                close(status, Optional.empty());
                return;
            }
            WrittenTable stored = new FindingWriter(context.shared()).write(context.runId(), findings);
            context.ledger().addTable(context.runId(), stored.recorded());
            close(status, Optional.of(WrittenTable.outputDigest(List.of(stored))));
        });
        work.setClosed(status, false);
    }

    private void close(RunStatus status, Optional<String> outputDigest) {
        Closing closing =
                new Closing(context.runId(), status, false, work.inputDigestIfKnown(), outputDigest, work.figures());
        if (!context.ledger().close(closing)) {
            throw new IllegalStateException("run " + context.runId() + " was closed by another process");
        }
    }

    /** Builds the dataset and runs CROWDLAB on it. */
    void analyze() throws SQLException {
        closeSnapshot();
        DatasetSettings settings = context.run().settings();
        Dataset dataset = Dataset.of(work.annotations(), work.predictions(), settings.inputRules());
        work.forgetRows();
        underWay.interruptibly(() -> {
            work.setResult(context.runId(), dataset, analysis(dataset));
            return dataset;
        });
    }

    /** Runs ActiveLab on the dataset, beside steps that write. */
    void scoreActiveLearning() {
        underWay.interruptibly(() -> {
            work.setActiveLab(activeLab(work.dataset()));
            return work;
        });
    }

    /** Analyses, looks at the figures, and tells what publishing would change; nothing is written. */
    void rehearse() throws SQLException {
        lookAtPublished();
        boolean isUnchanged = isUnchanged();
        analyze();
        scoreActiveLearning();
        Optional<LabelChangePreview> difference = Optional.empty();
        if (work.comparable().isPresent()) {
            long published = work.comparable().get().runId();
            difference = Optional.of(work.tables().differenceFrom(context.shared(), published));
        }
        boolean isCurrent = work.becomesCurrent(context);
        Optional<RunComparison> comparison = difference
                .filter(before -> isCurrent)
                .map(before -> new RunComparison(
                        before.previousRunId(),
                        before.previousCount(),
                        before.commonCount(),
                        before.changedCount(),
                        before.previousQuality(),
                        work.comparable().orElseThrow().modelCount()));
        RunMetrics figures = work.figures().orElseThrow();
        if (isUnchanged) {
            work.checks().addAll(RunChecks.ofUnchanged(context.run(), figures.newestAnnotation()));
        } else {
            work.checks().addAll(RunChecks.of(context.run(), figures, comparison));
            addAboutPublished();
        }
        work.setForeseen(new DryRun(isUnchanged, isCurrent, difference));
    }

    private Optional<Analysis> analysis(Dataset dataset) {
        return dataset.examples().size() == 0
                ? Optional.empty()
                : Optional.of(Crowdlab.analyze(dataset.annotations(), dataset.predictions(), options()));
    }

    private Optional<ActiveLabScores> activeLab(Dataset dataset) {
        boolean isWanted = context.run().settings().methods().activeLearning();
        return isWanted && dataset.models().size() > 0
                ? Optional.of(ActiveLab.score(
                        dataset.annotations(),
                        dataset.predictions(),
                        dataset.unlabeled().predictions(),
                        options()))
                : Optional.empty();
    }

    private Options options() {
        MethodSettings methods = context.run().settings().methods();
        return new Options(
                methods.consensusMethods(),
                methods.qualityMethod(),
                methods.labelQualityScore(),
                methods.adjustPredictions(),
                methods.calibratePredictions(),
                context.settings().engine().threads(),
                ENGINE_BLOCK);
    }

    /** Closes the snapshot, if there is one. */
    void closeSnapshot() throws SQLException {
        Optional<Snapshot> snapshot = work.openSnapshot();
        if (snapshot.isPresent()) {
            snapshot.get().close();
        }
    }

    /** Looks at the figures and compares the rows stored with the rows computed. */
    void check() {
        RunMetrics figures = work.figures().orElseThrow();
        work.checks().addAll(RunChecks.of(context.run(), figures, comparison()));
        addAboutPublished();
        RunChecks.asOf(context.run().asOf(), context.ledger().now()).ifPresent(work.checks()::add);
        oldResults(context.shared()).behind(context.dataset()).ifPresent(work.checks()::add);
        List<String> differences = new ArrayList<>();
        for (WrittenTable table : work.written()) {
            long expected = expectedRows(table, figures);
            if (expected != table.writtenRows()) {
                differences.add("Table " + table.shape().name() + " holds "
                        + Plural.of(table.writtenRows(), "row", "rows") + ", "
                        + Plural.of(expected, "was", "were") + " computed.");
            }
        }
        work.checks().add(RunChecks.rowCounts(differences, work.written().size()));
        context.transaction().executeWithoutResult(status -> work.written()
                .add(new FindingWriter(context.shared()).write(context.runId(), List.copyOf(work.checks()))));
    }

    /** What is to be said of the run published before. */
    private void addAboutPublished() {
        Optional<PublishedRun> published = work.publishedBefore();
        if (!work.lostTables().isEmpty()) {
            work.checks().add(RunChecks.lostTables(published.orElseThrow(), work.lostTables()));
        }
        if (context.request().asOf().isEmpty() && !work.becomesCurrent(context)) {
            work.checks().add(RunChecks.historyOnly(published.orElseThrow()));
        }
    }

    /** What the run changes about the one published before, if it takes its place. */
    private Optional<RunComparison> comparison() {
        return work.comparable()
                .filter(before -> work.becomesCurrent(context))
                .map(before -> RunComparison.read(context.shared(), context.runId(), before));
    }

    /** Rows by the figures of the analysis where they tell, which also finds a block lost on the way to the writer. */
    private static long expectedRows(WrittenTable table, RunMetrics figures) {
        return switch (table.shape().name()) {
            case "label_quality" -> figures.exampleCount();
            case "detailed_label_quality" -> figures.annotationCount();
            case "annotator_stats" -> figures.annotatorCount();
            default -> table.computedRows();
        };
    }

    /** Publishes the run, or keeps it out of the views if a check says so. */
    void publish() {
        boolean isRefused = RunChecks.isRefused(work.checks());
        boolean isCurrent = !isRefused && work.becomesCurrent(context);
        RunStatus status = isRefused ? RunStatus.REFUSED : RunStatus.PUBLISHED;
        List<WrittenTable> tables = List.copyOf(work.written());
        Closing closing = new Closing(
                context.runId(),
                status,
                isCurrent,
                work.inputDigestIfKnown(),
                Optional.of(WrittenTable.outputDigest(tables)),
                work.figures());
        new Publisher(context.shared())
                .publish(closing, tables, isCurrent ? Optional.of(context.dataset()) : Optional.empty());
        work.setClosed(status, isCurrent);
    }

    /** Removes what is old, of this dataset's results and of Spring Batch's metadata; never fails the run. */
    void retain() {
        underWay.interruptibly(() -> {
            removeOldResults();
            return work;
        });
    }

    private RetentionTask oldResults(DataSource sessions) {
        return new RetentionTask(sessions, context.settings().retention(), context.clock());
    }

    private void removeOldResults() {
        RetentionTask old = oldResults(context.result());
        try {
            for (Left left : old.remove(context.dataset()).left()) {
                if (!left.isInGrace()) {
                    log.warn(
                            "Run {} of dataset '{}' keeps its tables until the next run: {}",
                            left.runId(),
                            context.dataset(),
                            left.reason());
                }
            }
            old.trimBatchHistory(Set.of());
        } catch (SQLException | DataAccessException | TransactionException | RetentionInUseException e) {
            log.warn(
                    "What is old of dataset '{}' could not be removed and is left for the next run: {}",
                    context.dataset(),
                    FailureSentence.sentence(e));
        }
    }
}
