package dev.crowdlab.job;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.GoldBlock;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.input.AnnotationReader;
import dev.crowdlab.input.BlockReader;
import dev.crowdlab.input.GoldCopy;
import dev.crowdlab.input.GoldReader;
import dev.crowdlab.input.PredictionCopy;
import dev.crowdlab.input.PredictionReader;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.job.step.CountingReader;
import dev.crowdlab.job.step.CountingWriter;
import dev.crowdlab.job.step.QueryItemReader;
import dev.crowdlab.job.step.ResultItemReader;
import dev.crowdlab.job.step.ResultItemWriter;
import dev.crowdlab.job.step.Slot;
import dev.crowdlab.job.step.StepFactory;
import dev.crowdlab.job.step.StepFactory.StepProgress;
import dev.crowdlab.plan.InputSize;
import dev.crowdlab.results.ResultWriter;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.settings.DatasetSetting;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** The steps of one run that move rows between PostgreSQL and memory. */
final class RowSteps {

    private final StepFactory steps;
    private final RunContext context;
    private final Progress progress;
    private final AtomicReference<InputSize> read = new AtomicReference<>(InputSize.NOTHING);

    RowSteps(StepFactory steps, RunContext context, Progress progress) {
        this.steps = steps;
        this.context = context;
        this.progress = progress;
    }

    /** The number of rows read so far by all steps. */
    InputSize read() {
        return read.get();
    }

    Step readAnnotations(Supplier<Snapshot> snapshot, Slot<AnnotationRows> target) {
        return move(
                "readAnnotations",
                ofQuery(
                        DatasetSetting.ANNOTATIONS_QUERY.name(),
                        "crowdlab.annotation",
                        new AnnotationReader(context.plan().columns().annotations(), blockRows()),
                        snapshot),
                new RowCollector<>(() -> new AnnotationRows(keptRejected()), this::add, target),
                AnnotationBlock::rowCount);
    }

    Step readPredictions(Supplier<Snapshot> snapshot, Slot<PredictionRows> target) {
        PredictionCopy columns = context.plan().columns().predictions();
        if (columns == null) {
            return steps.single("readPredictions", execution -> target.put(new PredictionRows(keptRejected())));
        }
        return move(
                "readPredictions",
                ofQuery(
                        DatasetSetting.PREDICTIONS_QUERY.name(),
                        "crowdlab.prediction",
                        new PredictionReader(columns, blockRows()),
                        snapshot),
                new RowCollector<>(() -> new PredictionRows(keptRejected()), this::add, target),
                PredictionBlock::rowCount);
    }

    /** Reads the gold of a dataset that has a query for it. */
    Step readGold(Supplier<Snapshot> snapshot, Slot<GoldRows> target) {
        GoldCopy columns = context.plan().columns().gold();
        if (columns == null) { // the queries cannot be read, which openRun reports
            return steps.single("readGold", execution -> target.put(GoldRows.none()));
        }
        return move(
                "readGold",
                ofQuery(DatasetSetting.GOLD_QUERY.name(), "", new GoldReader(columns, blockRows()), snapshot),
                new RowCollector<>(() -> new GoldRows(keptRejected()), this::add, target),
                GoldBlock::rowCount);
    }

    private int keptRejected() {
        return context.settings().retention().rejectedRows();
    }

    private void add(AnnotationRows rows, AnnotationBlock block) {
        count(new InputSize(block.rowCount(), 0, 0, 0));
        rows.add(block);
    }

    private void add(PredictionRows rows, PredictionBlock block) {
        count(new InputSize(0, block.rowCount(), block.probabilities().size(), 0));
        rows.add(block);
    }

    /** A gold row takes less memory than an annotation. */
    private void add(GoldRows rows, GoldBlock block) {
        count(new InputSize(block.rowCount(), 0, 0, 0));
        rows.add(block);
    }

    /**
     * Stops reading a dataset that does not fit into memory, because reading would get slower and slower as the heap
     * fills up.
     */
    private void count(InputSize block) {
        context.heap().requireRoom(context.plan(), read.accumulateAndGet(block, InputSize::plus));
    }

    /** Creates the reader of a query from the settings, or of a built-in table. */
    private <B> ItemStreamReader<B> ofQuery(
            String key, String table, BlockReader<B> reader, Supplier<Snapshot> snapshot) {
        boolean isBuiltIn = context.plan().settings().isBuiltIn();
        return new QueryItemReader<>(
                reader, snapshot, isBuiltIn ? table : "crowdlab.datasets." + context.dataset() + "." + key);
    }

    /** Creates the step that writes one result table, which is read from the supplier when the step begins. */
    Step write(String name, ResultTableDefinition definition, Supplier<ResultTable> table, Slot<WrittenTable> target) {
        return move(
                name,
                new ResultItemReader(table, blockRows()),
                new ResultItemWriter(new ResultWriter(context.shared(), definition, context.runId(), target::put)),
                ResultBlock::rowCount);
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
