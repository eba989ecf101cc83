package dev.crowdlab.spark;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.dataset.AnnotatorHabits;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.results.LabelQualityBins;
import dev.crowdlab.results.MachineCounts;
import dev.crowdlab.results.MachineResults;
import dev.crowdlab.results.MixedLabels;
import dev.crowdlab.results.RunFeature;
import dev.crowdlab.results.RunResults;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.period.AnnotatorPeriods;
import dev.crowdlab.results.period.AnnotatorTimes;
import dev.crowdlab.results.worklist.WorkLists;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tables about the dataset as a whole need from each part.
 *
 * @param periods null if there was nothing to analyze
 * @param goldPeriods the periods with enough gold
 * @param machineCounts null if no machines are declared
 */
record Summaries(
        DatasetTotals totals,
        AnnotatorTimes times,
        AnnotatorHabits habits,
        @Nullable AnnotatorPeriods periods,
        GoldPeriods goldPeriods,
        LabelQualityBins bins,
        WorkLists lists,
        @Nullable MachineCounts machineCounts)
        implements Mergeable<Summaries> {

    static Summaries of(
            Dataset part,
            Optional<ExampleResults> results,
            Optional<ActiveLabScores> scores,
            Period length,
            Optional<MixedLabels> labels) {
        return new Summaries(
                DatasetTotals.of(part),
                AnnotatorTimes.of(part),
                part.habits().sums(),
                results.map(found -> AnnotatorPeriods.of(part, found, length)).orElse(null),
                GoldPeriods.of(part, length),
                LabelQualityBins.of(part, results),
                WorkLists.of(part, results, scores),
                labels.map(found -> found.counts(length)).orElse(null));
    }

    /**
     * The tables about the dataset as a whole, but for annotator_confusion, whose rows are where they were counted; the
     * totals must be complete.
     */
    List<ResultTable> tables(SparkRunContext context, ClusterAnalysis analysis) {
        Set<RunFeature> features = context.run().features();
        RunResults results = new Merged(analysis.names(), analysis.estimates(), this, machines(analysis));
        return SummaryTables.writtenWith(features).stream()
                .filter(table -> !table.definition().equals(SummaryTables.ANNOTATOR_CONFUSION))
                .map(table -> table.rows(context.runId(), features, results))
                .toList();
    }

    private Optional<MachineResults> machines(ClusterAnalysis analysis) {
        return analysis.mixed().map(found -> found.with(requireNonNull(machineCounts)));
    }

    private record Merged(
            DatasetNames names, Optional<Estimates> estimates, Summaries parts, Optional<MachineResults> machines)
            implements RunResults {

        @Override
        public DatasetTotals totals() {
            return parts.totals;
        }

        @Override
        public AnnotatorHabits habits() {
            return parts.habits;
        }

        @Override
        public AnnotatorTimes times() {
            return parts.times;
        }

        @Override
        public Optional<AnnotatorPeriods> periods() {
            return Optional.ofNullable(parts.periods);
        }

        @Override
        public GoldPeriods goldPeriods() {
            return parts.goldPeriods;
        }

        @Override
        public LabelQualityBins qualityBins() {
            return parts.bins;
        }

        @Override
        public WorkLists workLists() {
            return parts.lists;
        }
    }

    @Override
    public void add(Summaries other) {
        totals.add(other.totals);
        times.add(other.times);
        habits.add(other.habits);
        if (periods != null && other.periods != null) {
            periods.add(other.periods);
        }
        goldPeriods.add(other.goldPeriods);
        bins.add(other.bins);
        lists.add(other.lists);
        if (machineCounts != null && other.machineCounts != null) {
            machineCounts.add(other.machineCounts);
        }
    }

    /** The annotators who agree less with the consensus than before, by id. */
    List<String> drifting(DatasetNames names) {
        return periods == null ? List.of() : periods.drifting(names);
    }
}
