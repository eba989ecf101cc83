package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.worklist.WorkLists;
import java.util.List;
import java.util.Optional;

/** The rows of the result tables of a dataset in memory. */
public final class ResultTables {

    private final Dataset dataset;
    private final Optional<Analysis> analysis;
    private final Optional<ExampleResults> results;
    private final ExampleTables examples;
    private final SummaryTables summaries;

    /**
     * @param totals the figures of the dataset
     * @param analysis empty if there was nothing to analyze
     */
    public ResultTables(long runId, Dataset dataset, DatasetTotals totals, Optional<Analysis> analysis) {
        this.dataset = dataset;
        this.analysis = analysis;
        results = analysis.map(Analysis::examples);
        examples = new ExampleTables(runId, dataset, results);
        summaries = new SummaryTables(runId, DatasetNames.of(dataset), totals, analysis.map(Analysis::estimates));
    }

    /** The tables with a row for each example or annotation. */
    public ExampleTables examples() {
        return examples;
    }

    /** The other tables. */
    public SummaryTables summaries() {
        return summaries;
    }

    /**
     * The rows to look at first.
     *
     * @param scores empty if there are no predictions or no scores are wanted
     */
    public ResultTable workList(Optional<ActiveLabScores> scores) {
        return summaries.workList(WorkLists.of(dataset, results, scores));
    }

    /** The posterior over the classes, of an analysis that keeps it. */
    public ResultTable labelPosterior() {
        return examples.labelPosterior(analysis.flatMap(Analysis::posterior));
    }

    /** The annotators. */
    public ResultTable annotatorStats() {
        return summaries.annotatorStats(AnnotatorTimes.of(dataset));
    }

    /** The consensus labels by quality. */
    public ResultTable labelQualityBin() {
        return summaries.labelQualityBin(LabelQualityBins.of(dataset, results));
    }

    /** The annotators who agree less with the consensus than before, by id. */
    public List<String> drifting(Period length) {
        return results.map(found -> AnnotatorPeriods.of(dataset, found, length).drifting(DatasetNames.of(dataset)))
                .orElse(List.of());
    }

    /** The annotators by period. */
    public ResultTable annotatorPeriod(Period length) {
        return summaries.annotatorPeriod(results.map(found -> AnnotatorPeriods.of(dataset, found, length)));
    }
}
