package dev.crowdlab.job;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.EngineInput;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.ModelNames;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.MachineAnalysis;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.PeopleAndMachines;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.job.AnalysisTasks.Analyzed;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.results.MachineResults;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.run.CorrectionMetrics;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetricsCollector;
import dev.crowdlab.settings.DatasetSettings;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The analysis of a dataset whose settings declare machines. Its tables are those of people, who alone are judged,
 * weighted and ranked there; machines add labels to label_quality, and have tables of their own. Where gold measures them,
 * since people cannot, they are annotators.
 */
final class MachineRun {

    private final RunDescriptor run;
    private final Dataset whole;
    private final Machines machines;

    MachineRun(RunDescriptor run, Dataset whole) {
        this.run = run;
        this.whole = whole;
        DatasetSettings settings = run.settings();
        int[] declared = settings.methods().machines().machines(whole.annotators(), whole.kinds());
        machines = Machines.of(whole.annotators().size(), declared)
                .withFamilies(Arrays.stream(declared).mapToObj(this::family).toList());
    }

    /** The family that the input names, or the machine's name; a machine without one is a family of its own. */
    private String family(int annotator) {
        String id = whole.annotators().text(annotator);
        return whole.kinds().family(annotator).or(() -> ModelNames.family(id)).orElse(id);
    }

    /**
     * Analyzes people and machines.
     *
     * @param options by the number of periods with shares of classes
     */
    Analyzed analyze(IntFunction<Options> options) {
        EngineInput input = run.settings().engineInput();
        Slice all = input.of(whole);
        boolean areAnnotators = input.hasGoldOrder() && PeopleAndMachines.areMeasuredByGold(all, machines);
        Dataset annotated = areAnnotators ? whole : whole.ofPeople(machines);
        GoldPeriods periods = GoldPeriods.of(annotated, run.settings().periods());
        Options wanted = options.apply(periods.firstDays().length);
        Slice withPeriods = periods.on(input.of(annotated), annotated);
        if (withPeriods.has(Column.PERIOD)) {
            int[] known = withPeriods.get(Column.PERIOD);
            all = all.with(Column.PERIOD, areAnnotators ? known : periodsOfAll(known));
        }
        return analyzed(annotated, PeopleAndMachines.analyze(all, machines, wanted));
    }

    private Analyzed analyzed(Dataset annotated, MachineAnalysis found) {
        Optional<Analysis> analysis = found.all().or(found::people);
        if (analysis.isEmpty() && whole.examples().size() > 0) {
            throw new UnusableInputException(
                    "No example has labels of two people, and there are no predictions, so nothing can be estimated from people"
                            + " and no machine judged by them; let people label at least "
                            + MachineMetrics.MIN_ANCHORS + " examples twice, give gold labels of "
                            + CorrectionMetrics.MIN_GOLD
                            + " examples and write use-gold: anchor, or leave out the setting"
                            + " machines.");
        }
        boolean isGoldPublished = run.settings().gold() != null
                && (run.settings().gold().isUsed() || run.settings().gold().isAnchor());
        MachineResults results = new MachineResults(whole, machines, found, isGoldPublished);
        DatasetTotals totals = DatasetTotals.of(annotated);
        return new Analyzed(
                annotated,
                new ResultTables(run.runId(), annotated, totals, analysis, EarlierStates.NONE, Optional.of(results)),
                RunMetricsCollector.of(
                        DatasetNames.of(annotated),
                        totals,
                        analysis.map(Analysis::estimates),
                        run.settings().methods().machines(),
                        run.settings().periods(),
                        results));
    }

    /** Periods are those of people's labels; an example that only machines labeled is of none. */
    private int[] periodsOfAll(int[] periods) {
        int[] all = new int[whole.examples().size()];
        int next = 0;
        for (int example = 0; example < all.length; example++) {
            all[example] = hasPerson(example) ? periods[next++] : -1;
        }
        return all;
    }

    private boolean hasPerson(int example) {
        for (int position = whole.annotations().start(example);
                position < whole.annotations().end(example);
                position++) {
            if (!machines.isMachine(whole.annotations().annotator(position))) {
                return true;
            }
        }
        return false;
    }
}
