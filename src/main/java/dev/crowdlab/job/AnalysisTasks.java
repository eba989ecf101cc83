package dev.crowdlab.job;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetricsCollector;
import dev.crowdlab.settings.DatasetSettings;
import java.util.Optional;

/** The computing steps of one run, which know nothing of other runs. Like {@link RunTasklets}, they keep no state. */
final class AnalysisTasks {

    private final RunContext context;
    private final RunCancellation cancellation;

    AnalysisTasks(RunContext context, RunCancellation cancellation) {
        this.context = context;
        this.cancellation = cancellation;
    }

    /**
     * The computed results.
     *
     * @param dataset the input
     * @param tables the rows of the result tables
     * @param metrics the metrics
     */
    record Analyzed(Dataset dataset, ResultTables tables, RunMetrics metrics) {}

    /** Builds the dataset. A separate method, so that nothing references the rows after it returns. */
    Dataset assemble(AnnotationRows annotations, PredictionRows predictions, GoldRows gold) {
        return Dataset.of(
                annotations, predictions, gold, context.run().settings().inputRules());
    }

    /**
     * Analyzes a dataset.
     *
     * @param earlier the states of the run published before
     */
    Analyzed analyze(Dataset dataset, EarlierStates earlier) {
        if (context.run().settings().methods().machines().areDeclared()) {
            return cancellation.interruptibly(() -> new MachineRun(context.run(), dataset).analyze(this::options));
        }
        return cancellation.interruptibly(() -> {
            Optional<Analysis> analysis =
                    dataset.examples().size() == 0 ? Optional.empty() : Optional.of(analysisOf(dataset, earlier));
            DatasetTotals totals = DatasetTotals.of(dataset);
            return new Analyzed(
                    dataset,
                    new ResultTables(context.runId(), dataset, totals, analysis, earlier),
                    RunMetricsCollector.of(DatasetNames.of(dataset), totals, analysis.map(Analysis::estimates)));
        });
    }

    private Analysis analysisOf(Dataset dataset, EarlierStates earlier) {
        DatasetSettings settings = context.run().settings();
        GoldPeriods periods = GoldPeriods.of(dataset, settings.periods());
        Slice slice = periods.on(settings.engineInput().of(dataset), dataset);
        return Crowdlab.analyze(earlier.on(slice), options(periods.firstDays().length));
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
                options(0))));
    }

    private Options options(int sharePeriods) {
        return context.run().settings().options(context.settings().engine().threads(), sharePeriods);
    }
}
