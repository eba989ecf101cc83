package dev.crowdlab.job;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.RunOutcome.DryRun;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.results.WrittenTable;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.runs.RunLedger.PublishedRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one run hand on to each other, in memory: steps that follow each other see each other's writes. Of what is
 * written here while steps run side by side, {@link #written()} and {@link #addRead} are for all, the scores for one flow alone.
 */
final class RunState {

    private final List<WrittenTable> written = Collections.synchronizedList(new ArrayList<>());
    private final List<Finding> checks = new ArrayList<>();
    private final int keptRejected;
    private AnnotationRows annotations;
    private PredictionRows predictions;
    private InputSize read = InputSize.NOTHING;
    private Optional<PublishedRun> publishedBefore = Optional.empty();
    private List<String> lostTables = List.of();
    private Optional<RunStatus> closedAs = Optional.empty();
    private Optional<RunMetrics> figures = Optional.empty();
    private boolean isCurrent;
    private @Nullable DryRun foreseen;
    private @Nullable Snapshot snapshot;
    private @Nullable String inputDigest;
    private @Nullable Dataset dataset;
    private @Nullable ResultTables tables;
    private Optional<ActiveLabScores> activeLab = Optional.empty();

    /** @param keptRejected how many refused rows of a source and reason are kept */
    RunState(int keptRejected) {
        this.keptRejected = keptRejected;
        annotations = new AnnotationRows(keptRejected);
        predictions = new PredictionRows(keptRejected);
    }

    AnnotationRows annotations() {
        return annotations;
    }

    PredictionRows predictions() {
        return predictions;
    }

    /** Forgets the raw rows, whose content the dataset holds from now on. */
    void forgetRows() {
        annotations = new AnnotationRows(keptRejected);
        predictions = new PredictionRows(keptRejected);
    }

    /** Leaves a failed run's memory to others. */
    void forgetAll() {
        forgetRows();
        dataset = null;
        tables = null;
        activeLab = Optional.empty();
    }

    /** Counts what is read, and gives what was read so far by all steps; safe for use by many threads. */
    synchronized InputSize addRead(InputSize block) {
        read = read.plus(block);
        return read;
    }

    /** What was read so far. */
    synchronized InputSize read() {
        return read;
    }

    Snapshot snapshot() {
        return known(snapshot, "openRun");
    }

    void setSnapshot(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** The snapshot, if there is one to close. */
    Optional<Snapshot> openSnapshot() {
        return Optional.ofNullable(snapshot);
    }

    String inputDigest() {
        return known(inputDigest, "the reading steps");
    }

    /** The input digest, if the run came so far. */
    Optional<String> inputDigestIfKnown() {
        return Optional.ofNullable(inputDigest);
    }

    void setInputDigest(String inputDigest) {
        this.inputDigest = inputDigest;
    }

    ResultTables tables() {
        return known(tables, "analyze");
    }

    Dataset dataset() {
        return known(dataset, "analyze");
    }

    void setResult(long runId, Dataset dataset, Optional<Analysis> analysis) {
        this.dataset = dataset;
        tables = new ResultTables(runId, dataset, analysis);
        figures = Optional.of(RunMetricsCollector.of(dataset, analysis));
    }

    Optional<ActiveLabScores> activeLab() {
        return activeLab;
    }

    void setActiveLab(Optional<ActiveLabScores> activeLab) {
        this.activeLab = activeLab;
    }

    Optional<RunMetrics> figures() {
        return figures;
    }

    /** What was written so far; safe for use by many threads. */
    List<WrittenTable> written() {
        return written;
    }

    List<Finding> checks() {
        return checks;
    }

    Optional<PublishedRun> publishedBefore() {
        return publishedBefore;
    }

    void setPublishedBefore(Optional<PublishedRun> publishedBefore) {
        this.publishedBefore = publishedBefore;
    }

    /** The run published before, if its labels are still there to compare with. */
    Optional<PublishedRun> comparable() {
        return publishedBefore.filter(before -> !lostTables.contains(ResultTableDefinitions.LABEL_QUALITY.name()));
    }

    /** Large tables that the run published before has lost. */
    List<String> lostTables() {
        return lostTables;
    }

    void setLostTables(List<String> lostTables) {
        this.lostTables = lostTables;
    }

    /** Whether the dashboards will show this run: it describes no earlier moment than the one they show, or may. */
    boolean becomesCurrent(RunContext context) {
        return context.request().replaceNewer()
                || publishedBefore
                        .map(before -> !context.run().asOf().isBefore(before.asOf()))
                        .orElse(true);
    }

    Optional<RunStatus> closedAs() {
        return closedAs;
    }

    boolean isCurrent() {
        return isCurrent;
    }

    void setClosed(RunStatus status, boolean current) {
        closedAs = Optional.of(status);
        isCurrent = current;
    }

    DryRun foreseen() {
        return known(foreseen, "rehearse");
    }

    void setForeseen(DryRun foreseen) {
        this.foreseen = foreseen;
    }

    private static <T> T known(@Nullable T value, String step) {
        if (value == null) {
            throw new IllegalStateException("used before " + step);
        }
        return value;
    }
}
