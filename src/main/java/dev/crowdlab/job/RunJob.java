package dev.crowdlab.job;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.core.task.TaskExecutor;

/**
 * The job of one run:
 *
 * <pre>
 *   openRun → (readAnnotations ‖ readPredictions) → unchanged? → skipRun → retain
 *                                                 → analyze → (writeDetailedLabelQuality
 *                                                             ‖ writeLabelQuality → writeLabelChange
 *                                                             ‖ writeAlternativeConsensus
 *                                                             ‖ scoreActiveLearning → writeActiveLearningScore
 *                                                             ‖ writeAnnotatorStats → writeAnnotatorConfusion
 *                                                               → writeRunModel → writeRejectedRow → writeRejectedCount)
 *                                                           → checkRun → publishRun → retain
 * </pre>
 *
 * <p>A dry run ends with analyze, which it calls rehearse. Rows go from step to step in memory; the execution context stays empty, since a run
 * that did not end is never resumed.
 */
final class RunJob {

    static final String NAME = "crowdlab";

    private static final String UNCHANGED = "UNCHANGED";
    private static final String CHANGED = "CHANGED";

    private final StepFactory steps;
    private final RowSteps moves;
    private final RunTasklets stages;
    private final TaskExecutor executor;

    RunJob(StepFactory steps, RowSteps moves, RunTasklets stages, TaskExecutor executor) {
        this.steps = steps;
        this.moves = moves;
        this.stages = stages;
        this.executor = executor;
    }

    Job build(JobRepository repository, JobExecutionListener listener) {
        Step openRun = steps.single("openRun", execution -> stages.open(execution.getJobExecutionId()));
        Flow skip = flow("skip", steps.single("skipRun", execution -> stages.skip()), retain());
        JobExecutionDecider change = (job, step) -> new FlowExecutionStatus(stages.isUnchanged() ? UNCHANGED : CHANGED);
        return new JobBuilder(NAME, repository)
                .listener(listener)
                .start(flow("open", openRun))
                .next(read())
                .next(change)
                .on(UNCHANGED)
                .to(skip)
                .from(change)
                .on(CHANGED)
                .to(analyzeAndPublish())
                .end()
                .build();
    }

    Job buildDryRun(JobRepository repository, JobExecutionListener listener) {
        Step takeSnapshot = steps.single("takeSnapshot", execution -> stages.takeSnapshot());
        Step rehearse = steps.single("rehearse", execution -> stages.rehearse());
        return new JobBuilder(NAME, repository)
                .listener(listener)
                .start(flow("dryRun", takeSnapshot, moves.readAnnotations(), moves.readPredictions(), rehearse))
                .end()
                .build();
    }

    private Flow read() {
        return new FlowBuilder<Flow>("read")
                .split(executor)
                .add(flow("annotations", moves.readAnnotations()), flow("predictions", moves.readPredictions()))
                .build();
    }

    private Step analyze() {
        return steps.single("analyze", execution -> stages.analyze());
    }

    private Flow analyzeAndPublish() {
        return new FlowBuilder<Flow>("analyzeAndPublish")
                .start(analyze())
                .next(write())
                .next(steps.single("checkRun", execution -> stages.check()))
                .next(steps.single("publishRun", execution -> stages.publish()))
                .next(retain())
                .build();
    }

    private Step retain() {
        return steps.single("retain", execution -> stages.retain());
    }

    /** Flows begin in this order, as threads are free: those early that take long, lest one end alone. */
    private Flow write() {
        return new FlowBuilder<Flow>("write")
                .split(executor)
                .add(
                        flow(
                                "detailedLabelQuality",
                                moves.write(
                                        "writeDetailedLabelQuality",
                                        ResultTableDefinitions.DETAILED_LABEL_QUALITY,
                                        ResultTables::detailedLabelQuality)),
                        flow(
                                "activeLearning",
                                steps.single("scoreActiveLearning", execution -> stages.scoreActiveLearning()),
                                moves.writeActiveLearningScore()),
                        flow(
                                "labelQuality",
                                moves.write(
                                        "writeLabelQuality",
                                        ResultTableDefinitions.LABEL_QUALITY,
                                        ResultTables::labelQuality),
                                moves.writeLabelChange()),
                        flow(
                                "alternativeConsensus",
                                moves.write(
                                        "writeAlternativeConsensus",
                                        ResultTableDefinitions.ALTERNATIVE_CONSENSUS,
                                        ResultTables::alternativeConsensus)),
                        smallTables())
                .build();
    }

    /** All of them one after the other end before the largest table does. */
    private Flow smallTables() {
        return flow(
                "annotators",
                moves.write(
                        "writeAnnotatorStats", ResultTableDefinitions.ANNOTATOR_STATS, ResultTables::annotatorStats),
                moves.write(
                        "writeAnnotatorConfusion",
                        ResultTableDefinitions.ANNOTATOR_CONFUSION,
                        ResultTables::annotatorConfusion),
                moves.write("writeRunModel", ResultTableDefinitions.RUN_MODEL, ResultTables::runModel),
                moves.write("writeRejectedRow", ResultTableDefinitions.REJECTED_ROW, ResultTables::rejectedRow),
                moves.write("writeRejectedCount", ResultTableDefinitions.REJECTED_COUNT, ResultTables::rejectedCount));
    }

    private static Flow flow(String name, Step... steps) {
        FlowBuilder<Flow> flow = new FlowBuilder<Flow>(name).start(steps[0]);
        for (int step = 1; step < steps.length; step++) {
            flow = flow.next(steps[step]);
        }
        return flow.build();
    }
}
