package dev.crowdlab.job;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.AnalysisTasks.Analyzed;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunTasklets.Compared;
import dev.crowdlab.job.RunTasklets.Opened;
import dev.crowdlab.job.RunTasklets.Rehearsed;
import dev.crowdlab.job.step.Slot;
import dev.crowdlab.job.step.StepFactory;
import dev.crowdlab.publication.RunClosing.Checked;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * The job of one run. The page architecture.md shows its steps and their order. Each step puts its result into a
 * {@link Slot}, from which later steps read it. The execution context stays empty, since an interrupted run is never
 * resumed. A job is built and run once.
 */
final class RunJob {

    private static final String UNCHANGED = "UNCHANGED";
    private static final String CHANGED = "CHANGED";

    private final RunContext context;
    private final StepFactory steps;
    private final RowSteps rows;
    private final RunTasklets tasks;
    private final TaskExecutor executor;
    private final TableSteps tables;

    private final Slot<Opened> opened = new Slot<>("openRun");
    private final Slot<AnnotationRows> annotations = new Slot<>("readAnnotations");
    private final Slot<PredictionRows> predictions = new Slot<>("readPredictions");
    private final Slot<GoldRows> gold = new Slot<>("readGold");
    private final Slot<Compared> compared = new Slot<>("compareInput");
    private final Slot<Analyzed> analyzed = new Slot<>("analyze");
    private final Slot<Checked> checked = new Slot<>("checkRun");
    private final Slot<Closed> closed = new Slot<>("publishRun");
    private final Slot<Rehearsed> rehearsed = new Slot<>("rehearse");

    RunJob(RunContext context, StepFactory steps, RowSteps rows, RunTasklets tasks, TaskExecutor executor) {
        this.context = context;
        this.steps = steps;
        this.rows = rows;
        this.tasks = tasks;
        this.executor = executor;
        tables = new TableSteps(context.run(), steps, rows, tasks, analyzed);
    }

    /** The state of the run when the job has ended. It references nothing large. */
    Reached reached() {
        return new Reached(
                compared.ifThere().map(Compared::digest),
                opened.ifThere().map(tasks::becomesCurrent).orElse(true),
                analyzed.ifThere().map(Analyzed::metrics),
                checked.ifThere()
                        .map(Checked::findings)
                        .or(() -> rehearsed.ifThere().map(Rehearsed::findings))
                        .orElse(List.of()),
                rows.read());
    }

    /** How the run was closed; empty if it was not. */
    Optional<Closed> closed() {
        return closed.ifThere();
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
                .start(StepFactory.flow("open", openRun))
                .next(read())
                .next(StepFactory.flow("compare", compareInput()))
                .next(change)
                .on(UNCHANGED)
                .to(StepFactory.flow("skip", skipRun(), retain()))
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
                .start(StepFactory.flow(
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
        flows.add(StepFactory.flow("annotations", readAnnotations()));
        flows.add(StepFactory.flow("predictions", readPredictions()));
        readGold().forEach(step -> flows.add(StepFactory.flow("gold", step)));
        return sideBySide("read", flows);
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
                        checked.put(tasks.check(opened.get(), analyzed.get().metrics(), tables.written())));
        Step publishRun = steps.single(
                "publishRun",
                execution -> closed.put(tasks.publish(
                        opened.get(), compared.get(), analyzed.get().metrics(), checked.get())));
        return new FlowBuilder<Flow>("analyzeAndPublish")
                .start(analyze)
                .next(sideBySide("write", tables.flows(opened)))
                .next(checkRun)
                .next(publishRun)
                .next(retain())
                .build();
    }

    /** Takes the rows out of their slots, so that their memory is free while the engine works. */
    private void analyze() throws SQLException {
        closeSnapshot();
        Dataset dataset = tasks.analysis().assemble(annotations.take(), predictions.take(), goldRows());
        analyzed.put(tasks.analyze(opened.get(), dataset));
    }

    private Step rehearse() {
        return steps.single("rehearse", execution -> {
            analyze();
            tables.scoreActiveLearning();
            rehearsed.put(tasks.rehearse(opened.get(), compared.get(), analyzed.get()));
        });
    }

    private Step retain() {
        return steps.single("retain", execution -> tasks.retain());
    }

    private Flow sideBySide(String name, List<Flow> flows) {
        return new FlowBuilder<Flow>(name)
                .split(executor)
                .add(flows.toArray(Flow[]::new))
                .build();
    }
}
