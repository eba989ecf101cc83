package dev.crowdlab.job;

import dev.crowdlab.closing.RunClosing.Checked;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.AnalysisTasks.Analyzed;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunTasklets.Compared;
import dev.crowdlab.job.RunTasklets.Opened;
import dev.crowdlab.job.RunTasklets.Rehearsed;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.results.ExampleTables;
import dev.crowdlab.results.ResultTable;
import dev.crowdlab.results.ResultTableDefinition;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.results.WrittenTable;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunMetrics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.Step;
import org.springframework.core.task.TaskExecutor;

/**
 * The job of one run:
 *
 * <pre>
 *   openRun → (readAnnotations ‖ readPredictions ‖ readGold) → compareInput → unchanged? → skipRun → retain
 *                                                 → analyze → (writeLabelPosterior
 *                                                             ‖ writeDetailedLabelQuality
 *                                                             ‖ scoreActiveLearning → writeActiveLearningScore → writeWorkList
 *                                                             ‖ writeLabelQuality → writeLabelChange
 *                                                             ‖ writeAlternativeConsensus
 *                                                             ‖ writeAnnotatorStats → writeAnnotatorConfusion → writeAnnotatorPair
 *                                                               → writeAnnotatorPeriod → writeLabelQualityBin → writeRunClass → writeDatasetStats → writeRunModel → writeRunConsensus
 *                                                               → writeRunExpert → writeRunExpertModel → writeRejectedRow → writeRejectedCount → writeCalibrationBin)
 *                                                           → checkRun → publishRun → retain
 * </pre>
 *
 * <p>readGold and writeCalibrationBin are there only where the dataset has a query for gold, writeLabelPosterior and writeRunClass where it
 * stores the posterior. After compareInput a dry run continues with rehearse, which analyzes and writes nothing. Each step puts its result into a
 * {@link Slot}, from which later steps read it. The execution context stays empty, since an interrupted run is never resumed.
 * A job is built and run once.
 */
final class RunJob {

    private static final String UNCHANGED = "UNCHANGED";
    private static final String CHANGED = "CHANGED";

    private final RunContext context;
    private final StepFactory steps;
    private final RowSteps rows;
    private final RunTasklets tasks;
    private final TaskExecutor executor;

    private final Slot<Opened> opened = new Slot<>("openRun");
    private final Slot<AnnotationRows> annotations = new Slot<>("readAnnotations");
    private final Slot<PredictionRows> predictions = new Slot<>("readPredictions");
    private final Slot<GoldRows> gold = new Slot<>("readGold");
    private final Slot<Compared> compared = new Slot<>("compareInput");
    private final Slot<Analyzed> analyzed = new Slot<>("analyze");
    private final Slot<Optional<ActiveLabScores>> activeLab = new Slot<>("scoreActiveLearning");
    private final List<Slot<WrittenTable>> written = new ArrayList<>();
    private final Slot<Optional<WrittenTable>> labelChange = new Slot<>("writeLabelChange");
    private final Slot<Checked> checked = new Slot<>("checkRun");
    private final Slot<Closed> closed = new Slot<>("publishRun");
    private final Slot<Rehearsed> rehearsed = new Slot<>("rehearse");

    RunJob(RunContext context, StepFactory steps, RowSteps rows, RunTasklets tasks, TaskExecutor executor) {
        this.context = context;
        this.steps = steps;
        this.rows = rows;
        this.tasks = tasks;
        this.executor = executor;
    }

    /**
     * How far a run got.
     *
     * @param closed how it was closed; empty if it was not
     * @param inputDigest the digest of its input; empty if not all of it was read
     * @param becomesCurrent whether the dashboards would show it
     * @param metrics its metrics; empty if nothing was computed
     * @param findings the findings of its checks
     * @param read the size of its input
     */
    record Reached(
            Optional<Closed> closed,
            Optional<String> inputDigest,
            boolean becomesCurrent,
            Optional<RunMetrics> metrics,
            List<Finding> findings,
            InputSize read) {

        static final Reached NOTHING =
                new Reached(Optional.empty(), Optional.empty(), true, Optional.empty(), List.of(), InputSize.NOTHING);
    }

    /** The state of the run when the job has ended. It references nothing large. */
    Reached reached() {
        return new Reached(
                closed.ifThere(),
                compared.ifThere().map(Compared::digest),
                opened.ifThere().map(tasks::becomesCurrent).orElse(true),
                analyzed.ifThere().map(Analyzed::metrics),
                checked.ifThere()
                        .map(Checked::findings)
                        .or(() -> rehearsed.ifThere().map(Rehearsed::findings))
                        .orElse(List.of()),
                rows.read());
    }

    /** The predicted outcome, once the dry run has completed. */
    RunOutcome.DryRun rehearsed() {
        return rehearsed.get().end();
    }

    /** Closes the snapshot, if there is one. */
    void closeSnapshot() throws SQLException {
        Optional<Opened> begun = opened.ifThere();
        if (begun.isPresent()) {
            begun.get().snapshot().close();
        }
    }

    private Snapshot snapshot() {
        return opened.get().snapshot();
    }

    Job build(JobExecutionListener listener) {
        Step openRun = steps.single("openRun", execution -> opened.put(tasks.open(execution.getJobExecutionId())));
        JobExecutionDecider change =
                (job, step) -> new FlowExecutionStatus(compared.get().isUnchanged() ? UNCHANGED : CHANGED);
        return steps.job(RunContext.JOB_NAME)
                .listener(listener)
                .start(flow("open", openRun))
                .next(read())
                .next(flow("compare", compareInput()))
                .next(change)
                .on(UNCHANGED)
                .to(flow("skip", skipRun(), retain()))
                .from(change)
                .on(CHANGED)
                .to(analyzeAndPublish())
                .end()
                .build();
    }

    Job buildDryRun(JobExecutionListener listener) {
        Step takeSnapshot = steps.single("takeSnapshot", execution -> opened.put(tasks.takeSnapshot()));
        return steps.job(RunContext.JOB_NAME)
                .listener(listener)
                .start(flow(
                        "dryRun",
                        Stream.of(
                                        List.of(takeSnapshot, readAnnotations(), readPredictions()),
                                        readGold(),
                                        List.of(compareInput(), rehearse()))
                                .flatMap(List::stream)
                                .toArray(Step[]::new)))
                .end()
                .build();
    }

    private Flow read() {
        List<Flow> flows = new ArrayList<>();
        flows.add(flow("annotations", readAnnotations()));
        flows.add(flow("predictions", readPredictions()));
        readGold().forEach(step -> flows.add(flow("gold", step)));
        return new FlowBuilder<Flow>("read")
                .split(executor)
                .add(flows.toArray(Flow[]::new))
                .build();
    }

    private Step readAnnotations() {
        return rows.readAnnotations(this::snapshot, annotations);
    }

    private Step readPredictions() {
        return rows.readPredictions(this::snapshot, predictions);
    }

    /** The step that reads the gold; none if there is none. */
    private List<Step> readGold() {
        return hasGold() ? List.of(rows.readGold(this::snapshot, gold)) : List.of();
    }

    private boolean hasGold() {
        return context.run().settings().gold() != null;
    }

    private GoldRows goldRows() {
        return hasGold() ? gold.get() : GoldRows.none();
    }

    private Step compareInput() {
        return steps.single(
                "compareInput",
                execution ->
                        compared.put(tasks.compare(opened.get(), annotations.get(), predictions.get(), goldRows())));
    }

    /** Closes the snapshot first, since retention would otherwise wait for it until its timeout. */
    private Step skipRun() {
        return steps.single("skipRun", execution -> {
            closeSnapshot();
            checked.put(tasks.checkUnchanged(annotations.get().newest()));
            closed.put(tasks.skip(compared.get(), checked.get().findings()));
        });
    }

    private Flow analyzeAndPublish() {
        Step analyze = steps.single("analyze", execution -> analyze());
        Step checkRun = steps.single(
                "checkRun",
                execution ->
                        checked.put(tasks.check(opened.get(), analyzed.get().metrics(), writtenTables())));
        Step publishRun = steps.single(
                "publishRun",
                execution -> closed.put(tasks.publish(
                        opened.get(), compared.get(), analyzed.get().metrics(), checked.get())));
        return new FlowBuilder<Flow>("analyzeAndPublish")
                .start(analyze)
                .next(write())
                .next(checkRun)
                .next(publishRun)
                .next(retain())
                .build();
    }

    /** Takes the rows out of their slots, so that their memory is free while the engine works. */
    private void analyze() throws SQLException {
        closeSnapshot();
        Dataset dataset = tasks.analysis().assemble(annotations.take(), predictions.take(), goldRows());
        analyzed.put(tasks.analysis().analyze(dataset));
    }

    private Step rehearse() {
        return steps.single("rehearse", execution -> {
            analyze();
            activeLab.put(tasks.analysis().scoreActiveLearning(analyzed.get().dataset()));
            rehearsed.put(tasks.rehearse(opened.get(), compared.get(), analyzed.get()));
        });
    }

    private Step retain() {
        return steps.single("retain", execution -> tasks.retain());
    }

    /** Flows start in this order as threads become free. The longest come first, so that none is left running alone. */
    private Flow write() {
        List<Flow> flows = new ArrayList<>();
        if (context.run().settings().methods().storesPosterior()) {
            flows.add(flow(
                    "labelPosterior",
                    write(
                            "writeLabelPosterior",
                            ResultTableDefinitions.LABEL_POSTERIOR,
                            ResultTables::labelPosterior)));
        }
        flows.add(flow(
                "detailedLabelQuality",
                writeExamples(
                        "writeDetailedLabelQuality",
                        ResultTableDefinitions.DETAILED_LABEL_QUALITY,
                        ExampleTables::detailedLabelQuality)));
        flows.add(activeLearning());
        flows.add(flow(
                "labelQuality",
                writeExamples("writeLabelQuality", ResultTableDefinitions.LABEL_QUALITY, ExampleTables::labelQuality),
                steps.single("writeLabelChange", execution -> labelChange.put(tasks.writeLabelChange(opened.get())))));
        flows.add(flow(
                "alternativeConsensus",
                writeExamples(
                        "writeAlternativeConsensus",
                        ResultTableDefinitions.ALTERNATIVE_CONSENSUS,
                        ExampleTables::alternativeConsensus)));
        flows.add(smallTables());
        return new FlowBuilder<Flow>("write")
                .split(executor)
                .add(flows.toArray(Flow[]::new))
                .build();
    }

    private Step writeExamples(
            String name, ResultTableDefinition definition, Function<ExampleTables, ResultTable> table) {
        return write(name, definition, tables -> table.apply(tables.examples()));
    }

    private Step scoreActiveLearning() {
        return steps.single(
                "scoreActiveLearning",
                execution -> activeLab.put(
                        tasks.analysis().scoreActiveLearning(analyzed.get().dataset())));
    }

    /** They are written one after another, and still end before the largest table does. */
    private Flow smallTables() {
        return flow(
                "annotators",
                SummarySteps.of(context.run().settings(), this::write).toArray(Step[]::new));
    }

    private Flow activeLearning() {
        return flow(
                "activeLearning",
                scoreActiveLearning(),
                writeExamples(
                        "writeActiveLearningScore",
                        ResultTableDefinitions.ACTIVE_LEARNING_SCORE,
                        tables -> tables.activeLearningScore(activeLab.get())),
                write("writeWorkList", ResultTableDefinitions.WORK_LIST, tables -> tables.workList(activeLab.get())));
    }

    private Step write(String name, ResultTableDefinition definition, Function<ResultTables, ResultTable> table) {
        Slot<WrittenTable> slot = new Slot<>(name);
        written.add(slot);
        return rows.write(name, definition, () -> table.apply(analyzed.get().tables()), slot);
    }

    private List<WrittenTable> writtenTables() {
        return Stream.concat(written.stream().map(Slot::get), labelChange.get().stream())
                .toList();
    }

    private static Flow flow(String name, Step... steps) {
        FlowBuilder<Flow> flow = new FlowBuilder<Flow>(name).start(steps[0]);
        for (int step = 1; step < steps.length; step++) {
            flow = flow.next(steps[step]);
        }
        return flow.build();
    }
}
