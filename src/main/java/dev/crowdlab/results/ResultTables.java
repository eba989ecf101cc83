package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotatorHabits;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.period.AnnotatorPeriods;
import dev.crowdlab.results.period.AnnotatorTimes;
import dev.crowdlab.results.worklist.WorkLists;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The rows of the result tables of a dataset in memory. */
public final class ResultTables {

    private final Dataset dataset;
    private final DatasetTotals totals;
    private final Optional<Analysis> analysis;
    private final Optional<ExampleResults> results;
    private final Optional<MachineResults> machines;
    private final ExampleTables examples;
    private final EarlierStates earlier;

    /**
     * @param totals the figures of the dataset
     * @param analysis empty if there was nothing to analyze
     * @param earlier the states of the run published before
     */
    public ResultTables(
            long runId, Dataset dataset, DatasetTotals totals, Optional<Analysis> analysis, EarlierStates earlier) {
        this(runId, dataset, totals, analysis, earlier, Optional.empty(), Optional.empty());
    }

    /**
     * @param dataset of people, if there are machines
     * @param labels those of people and machines; empty if none are declared
     * @param machines what is known of them; empty if none are declared
     */
    public ResultTables(
            long runId,
            Dataset dataset,
            DatasetTotals totals,
            Optional<Analysis> analysis,
            EarlierStates earlier,
            Optional<MixedLabels> labels,
            Optional<MachineResults> machines) {
        this.earlier = earlier;
        this.dataset = dataset;
        this.totals = totals;
        this.analysis = analysis;
        this.machines = machines;
        results = analysis.map(Analysis::examples);
        examples = new ExampleTables(runId, dataset, results, labels);
    }

    /** The tables with a row for each example or annotation. */
    public ExampleTables examples() {
        return examples;
    }

    /**
     * The published consensus.
     *
     * @param features of the run
     */
    public ResultTable labelQuality(Set<RunFeature> features) {
        return examples.labelQuality(
                features,
                features.contains(RunFeature.SCALE) ? analysis.flatMap(Analysis::posterior) : Optional.empty());
    }

    /** The posterior over the classes, of an analysis that keeps it. */
    public ResultTable labelPosterior() {
        return examples.labelPosterior(analysis.flatMap(Analysis::posterior));
    }

    /** What the next annotator would say, of an analysis that estimates it. */
    public ResultTable softLabel() {
        return examples.softLabel(analysis.flatMap(Analysis::softLabels));
    }

    /**
     * Which examples need further labels; without rows if that was refused.
     *
     * @param asOf the time that the run describes
     */
    public ResultTable labelState(Instant asOf) {
        return examples.labelState(analysis.flatMap(Analysis::states), earlier, asOf);
    }

    /**
     * What the summary tables are made of.
     *
     * @param length of the periods of annotators
     * @param scores asked for what uses them; empty if there are no predictions or no scores are wanted
     */
    public RunResults summaries(Period length, Supplier<Optional<ActiveLabScores>> scores) {
        return new InMemory(length, scores);
    }

    /** The annotators who agree less with the consensus than before, by id. */
    public List<String> drifting(Period length) {
        return results.map(found -> AnnotatorPeriods.of(dataset, found, length).drifting(DatasetNames.of(dataset)))
                .orElse(List.of());
    }

    private final class InMemory implements RunResults {

        private final Period length;
        private final Supplier<Optional<ActiveLabScores>> scores;

        private InMemory(Period length, Supplier<Optional<ActiveLabScores>> scores) {
            this.length = length;
            this.scores = scores;
        }

        @Override
        public DatasetNames names() {
            return DatasetNames.of(dataset);
        }

        @Override
        public DatasetTotals totals() {
            return totals;
        }

        @Override
        public Optional<Estimates> estimates() {
            return analysis.map(Analysis::estimates);
        }

        @Override
        public AnnotatorTimes times() {
            return AnnotatorTimes.of(dataset);
        }

        @Override
        public AnnotatorHabits habits() {
            return dataset.habits();
        }

        @Override
        public Optional<AnnotatorPeriods> periods() {
            return results.map(found -> AnnotatorPeriods.of(dataset, found, length));
        }

        @Override
        public GoldPeriods goldPeriods() {
            return GoldPeriods.of(dataset, length);
        }

        @Override
        public Optional<MachineResults> machines() {
            return machines;
        }

        @Override
        public LabelQualityBins qualityBins() {
            return LabelQualityBins.of(dataset, results);
        }

        @Override
        public WorkLists workLists() {
            return WorkLists.of(dataset, results, scores.get());
        }
    }
}
