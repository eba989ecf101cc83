package dev.crowdlab.job;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.input.AnnotationReader;
import dev.crowdlab.input.BlockReader;
import dev.crowdlab.input.PredictionCopy;
import dev.crowdlab.input.PredictionReader;
import dev.crowdlab.job.StepFactory.StepProgress;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.results.LabelChangeWriter;
import dev.crowdlab.results.ResultBlock;
import dev.crowdlab.results.ResultTable;
import dev.crowdlab.results.ResultTable.ResultTableDefinition;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.results.ResultWriter;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** The steps of one run that move rows between PostgreSQL and memory. */
final class RowSteps {

    private final StepFactory steps;
    private final RunContext context;
    private final RunState work;
    private final Progress progress;

    RowSteps(StepFactory steps, RunContext context, RunState work, Progress progress) {
        this.steps = steps;
        this.context = context;
        this.work = work;
        this.progress = progress;
    }

    Step readAnnotations() {
        return move(
                "readAnnotations",
                ofQuery(
                        "annotations-query",
                        "crowdlab.annotation",
                        new AnnotationReader(context.plan().columns().annotations(), blockRows())),
                blocks -> blocks.forEach(this::take),
                AnnotationBlock::rowCount);
    }

    Step readPredictions() {
        PredictionCopy columns = context.plan().columns().predictions();
        if (columns == null) {
            return steps.single("readPredictions", execution -> {});
        }
        return move(
                "readPredictions",
                ofQuery("predictions-query", "crowdlab.prediction", new PredictionReader(columns, blockRows())),
                blocks -> blocks.forEach(this::take),
                PredictionBlock::rowCount);
    }

    private void take(AnnotationBlock block) {
        count(new InputSize(block.rowCount(), 0, 0, 0));
        work.annotations().add(block);
    }

    private void take(PredictionBlock block) {
        count(new InputSize(0, block.rowCount(), block.probabilities().size(), 0));
        work.predictions().add(block);
    }

    /** Ends the reading of a dataset that does not fit, which would take ever longer as the heap fills up. */
    private void count(InputSize block) {
        context.heap().requireRoom(context.plan(), work.addRead(block));
    }

    /** The reader of a query from the settings, or of a built-in table. */
    private <B> ItemStreamReader<B> ofQuery(String key, String table, BlockReader<B> reader) {
        boolean isBuiltIn = context.plan().settings().isBuiltIn();
        return new QueryItemReader<>(
                reader, work::snapshot, isBuiltIn ? table : "crowdlab.datasets." + context.dataset() + "." + key);
    }

    /** Writes one result table. */
    Step write(String name, ResultTableDefinition shape, Function<ResultTables, ResultTable> table) {
        return write(name, shape, () -> table.apply(work.tables()));
    }

    /** Writes what to label next, when that is known. */
    Step writeActiveLearningScore() {
        return write("writeActiveLearningScore", ResultTableDefinitions.ACTIVE_LEARNING_SCORE, () -> work.tables()
                .activeLearningScore(work.activeLab()));
    }

    private Step write(String name, ResultTableDefinition shape, Supplier<ResultTable> table) {
        return move(
                name,
                new ResultItemReader(table, blockRows()),
                new ResultItemWriter(new ResultWriter(context.shared(), shape, context.runId(), work.written()::add)),
                ResultBlock::rowCount);
    }

    /** Compares the consensus labels with those published before; nothing for a first run. */
    Step writeLabelChange() {
        return steps.single("writeLabelChange", execution -> {
            if (work.becomesCurrent(context) && work.comparable().isPresent()) {
                long previous = work.comparable().get().runId();
                work.written().add(new LabelChangeWriter(context.shared()).write(context.runId(), previous));
            }
        });
    }

    private <B> Step move(String name, ItemStreamReader<B> reader, ItemWriter<B> writer, ToIntFunction<B> rows) {
        StepProgress stepProgress = new OneStep(progress, context.dataset(), name);
        return steps.blocks(
                name,
                new CountingReader<>(reader, rows),
                new CountingWriter<>(writer, rows, stepProgress::moved),
                stepProgress);
    }

    private record OneStep(Progress progress, String dataset, String step) implements StepProgress {

        @Override
        public void started() {
            progress.started(dataset, step);
        }

        @Override
        public void moved(long rowCount) {
            progress.moved(dataset, step, rowCount);
        }

        @Override
        public void ended(long rowCount) {
            progress.ended(dataset, step, rowCount);
        }
    }

    private int blockRows() {
        return context.settings().engine().blockRows();
    }
}
