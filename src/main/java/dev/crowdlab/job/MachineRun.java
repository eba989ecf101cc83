package dev.crowdlab.job;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.EngineInput;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.MixedDataset;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.MachineAnalysis;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.PeopleAndMachines;
import dev.crowdlab.engine.PeopleAndMachines.Support;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.job.AnalysisTasks.Analyzed;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.results.MachineResults;
import dev.crowdlab.results.MixedLabels;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetricsCollector;
import dev.crowdlab.settings.DatasetSettings;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The analysis of a dataset whose settings declare machines. Its tables are those of people, who alone are judged,
 * weighted and ranked there; machines add labels to label_quality, and have tables of their own.
 */
final class MachineRun {

    private final RunDescriptor run;
    private final DatasetSettings settings;
    private final MixedDataset dataset;
    private final EngineInput input;

    MachineRun(RunDescriptor run, Dataset whole) {
        this.run = run;
        settings = run.settings();
        input = settings.engineInput();
        Machines machines = settings.methods().machines().on(whole.annotators(), whole.kinds());
        boolean areAnnotators = input.hasGoldOrder()
                && Support.of(whole.annotations(), machines, whole.gold().count())
                        .isByGold(machines);
        dataset = MixedDataset.of(whole, machines, areAnnotators);
    }

    /**
     * Analyzes people and machines.
     *
     * @param options by the number of periods with shares of classes
     */
    Analyzed analyze(IntFunction<Options> options) {
        GoldPeriods periods = GoldPeriods.of(dataset.annotated(), settings.periods());
        MachineAnalysis found = PeopleAndMachines.analyze(
                dataset.slice(input, periods), dataset.machines(), options.apply(periods.firstDays().length));
        Optional<Analysis> analysis = found.analysis();
        if (analysis.isEmpty() && dataset.whole().examples().size() > 0) {
            throw MachineMetrics.nobodyJudges();
        }
        MixedLabels labels = new MixedLabels(dataset, found.labels(), settings.publishesGold());
        MachineResults results = new MachineResults(
                dataset.whole().annotators(),
                dataset.whole().kinds(),
                dataset.machines(),
                found.estimates(),
                labels.counts(settings.periods()));
        return analyzed(labels, results, analysis);
    }

    private Analyzed analyzed(MixedLabels labels, MachineResults results, Optional<Analysis> analysis) {
        Dataset annotated = dataset.annotated();
        DatasetTotals totals = DatasetTotals.of(annotated);
        return new Analyzed(
                annotated,
                new ResultTables(
                        run.runId(),
                        annotated,
                        totals,
                        analysis,
                        EarlierStates.NONE,
                        Optional.of(labels),
                        Optional.of(results)),
                RunMetricsCollector.of(
                        DatasetNames.of(annotated),
                        totals,
                        analysis.map(Analysis::estimates),
                        settings.methods().machines(),
                        results));
    }
}
