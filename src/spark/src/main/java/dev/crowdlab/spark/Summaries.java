package dev.crowdlab.spark;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.results.AnnotatorPeriods;
import dev.crowdlab.results.AnnotatorTimes;
import dev.crowdlab.results.LabelQualityBins;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.worklist.WorkLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tables about the dataset as a whole need from each part.
 *
 * @param periods null if there was nothing to analyze
 */
record Summaries(
        DatasetTotals totals,
        AnnotatorTimes times,
        @Nullable AnnotatorPeriods periods,
        LabelQualityBins bins,
        WorkLists lists)
        implements Mergeable<Summaries> {

    static Summaries of(
            Dataset part, Optional<ExampleResults> results, Optional<ActiveLabScores> scores, Period length) {
        return new Summaries(
                DatasetTotals.of(part),
                AnnotatorTimes.of(part),
                results.map(found -> AnnotatorPeriods.of(part, found, length)).orElse(null),
                LabelQualityBins.of(part, results),
                WorkLists.of(part, results, scores));
    }

    /** The tables about the dataset as a whole; the totals must be complete. */
    List<ResultTable> tables(SparkRunContext context, ClusterAnalysis analysis) {
        SummaryTables tables = new SummaryTables(context.runId(), analysis.names(), totals, analysis.estimates());
        List<ResultTable> all = new ArrayList<>(List.of(
                tables.workList(lists),
                tables.annotatorStats(times),
                tables.annotatorPair(),
                tables.annotatorPeriod(Optional.ofNullable(periods)),
                tables.labelQualityBin(bins),
                tables.datasetStats(),
                tables.runModel(),
                tables.runConsensus(),
                tables.runExpert(),
                tables.runExpertModel(),
                tables.rejectedRow(),
                tables.rejectedCount()));
        if (context.run().settings().methods().storesPosterior()) {
            all.add(tables.runClass());
        }
        if (totals.hasGold()) {
            all.add(tables.calibrationBin());
        }
        return all;
    }

    @Override
    public void add(Summaries other) {
        totals.add(other.totals);
        times.add(other.times);
        if (periods != null && other.periods != null) {
            periods.add(other.periods);
        }
        bins.add(other.bins);
        lists.add(other.lists);
    }

    /** The annotators who agree less with the consensus than before, by id. */
    List<String> drifting(DatasetNames names) {
        return periods == null ? List.of() : periods.drifting(names);
    }
}
