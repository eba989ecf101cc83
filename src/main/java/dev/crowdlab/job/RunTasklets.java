package dev.crowdlab.job;

import dev.crowdlab.audit.CatalogCheck;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.AnalysisTasks.Analyzed;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.publication.Predecessor;
import dev.crowdlab.publication.RunClosing;
import dev.crowdlab.publication.RunClosing.Checked;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunLedger.PublishedRun;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.settings.AskingSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The steps of one run that do not move rows. Each receives the results of earlier steps and returns its own; none
 * keeps state. {@link RunJob} defines their order.
 */
final class RunTasklets {

    private final RunContext context;
    private final RunCancellation cancellation;
    private final RunClosing closing;
    private final AnalysisTasks analysis;

    RunTasklets(RunContext context, RunCancellation cancellation) {
        this.context = context;
        this.cancellation = cancellation;
        closing = new RunClosing(
                context.run(),
                context.request().choices(),
                context.settings(),
                context.shared(),
                context.plan().columns().annotations().zonelessType());
        analysis = new AnalysisTasks(context, cancellation);
    }

    /** The steps that compute. */
    AnalysisTasks analysis() {
        return analysis;
    }

    /**
     * The starting point of a run.
     *
     * @param snapshot the snapshot that is read
     * @param predecessor the run published before
     */
    record Opened(Snapshot snapshot, Predecessor predecessor) {}

    /**
     * The comparison of the input with that of the published run.
     *
     * @param digest the digest of all rows read
     * @param isUnchanged whether there is nothing new
     */
    record Compared(String digest, boolean isUnchanged) {}

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
        Predecessor predecessor = closing.predecessor();
        context.plan().requireReadable();
        context.heap().requireRoom(context.plan());
        return new Opened(Snapshot.take(context.source()), predecessor);
    }

    /** Whether the dashboards will show the run. */
    boolean becomesCurrent(Opened opened) {
        return closing.becomesCurrent(opened.predecessor());
    }

    /** Analyzes a dataset, whose examples stay done if they are so in the run that this one replaces. */
    Analyzed analyze(Opened opened, Dataset dataset) throws SQLException {
        AskingSettings asking = context.run().settings().methods().asking();
        Optional<PublishedRun> replaced = closing.replaced(opened.predecessor());
        EarlierStates earlier = asking.stop().isEmpty() || replaced.isEmpty()
                ? EarlierStates.NONE
                : EarlierStates.read(context.result(), replaced.get().runId(), asking.recordedStop(), dataset);
        return analysis.analyze(dataset, earlier);
    }

    /** Compares the digest of all rows read with that of the published run. */
    Compared compare(Opened opened, AnnotationRows annotations, PredictionRows predictions, GoldRows gold) {
        String digest = RowDigest.of(annotations.digest(), predictions.digest(), gold.digest());
        return new Compared(digest, closing.isUnchanged(opened.predecessor(), digest));
    }

    /** Checks a run with unchanged input: the published result may have become too old. */
    Checked checkUnchanged(Optional<Instant> newestAnnotation) {
        return closing.checkUnchanged(newestAnnotation);
    }

    /** Closes the run as SKIPPED, or as REFUSED if a check failed. */
    Closed skip(Compared input, List<Finding> findings) {
        return closed(closing.skip(input.digest(), findings), Optional.empty());
    }

    private static Closed closed(RunClosing.Closed end, Optional<RunComparison> difference) {
        return new Closed(end.status(), end.isCurrent(), difference);
    }

    /** Writes how the consensus labels differ from those published before; empty for a first run. */
    Optional<WrittenTable> writeLabelChange(Opened opened, Analyzed analyzed) throws SQLException {
        Optional<PublishedRun> replaced = closing.replaced(opened.predecessor());
        return replaced.isEmpty()
                ? Optional.empty()
                : Optional.of(analyzed.tables()
                        .examples()
                        .writeLabelChange(context.result(), replaced.get().runId()));
    }

    /** Checks the metrics, compares the stored rows with the computed ones, and writes the findings. */
    Checked check(Opened opened, RunMetrics metrics, List<WrittenTable> written) {
        return closing.check(opened.predecessor(), metrics, written);
    }

    /** Publishes the run, or closes it as REFUSED if a check failed. */
    Closed publish(Opened opened, Compared input, RunMetrics metrics, Checked checked) {
        return closed(closing.publish(opened.predecessor(), input.digest(), metrics, checked), checked.difference());
    }

    /** Checks the metrics and determines what publishing would change. Nothing is written. */
    Rehearsed rehearse(Opened opened, Compared input, Analyzed analyzed) throws SQLException {
        Optional<LabelChangePreview> difference = Optional.empty();
        if (opened.predecessor().comparable().isPresent()) {
            long published = opened.predecessor().comparable().get().runId();
            difference = Optional.of(analyzed.tables().examples().differenceFrom(context.result(), published));
        }
        List<Finding> findings = closing.rehearse(
                opened.predecessor(),
                input.isUnchanged(),
                analyzed.metrics(),
                analyzed.tables().drifting(context.run().settings().periods()),
                difference);
        return new Rehearsed(new DryRun(input.isUnchanged(), becomesCurrent(opened), difference), findings);
    }

    /** Removes old results of this dataset and old metadata of Spring Batch. Never fails the run. */
    void retain() {
        cancellation.interruptibly(() -> {
            new RetentionTask(context.result(), context.settings().retention(), context.clock())
                    .removeAfterRun(context.dataset());
            return context;
        });
    }
}
