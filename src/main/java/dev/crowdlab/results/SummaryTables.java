package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.results.copy.EmptyTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.worklist.WorkLists;
import java.util.Optional;

/** The rows of the tables about annotators, models, rejected rows and the dataset as a whole. */
public final class SummaryTables {

    private final long runId;
    private final DatasetNames names;
    private final DatasetTotals totals;
    private final Optional<Estimates> estimates;

    /**
     * @param estimates empty if there was nothing to analyze
     */
    public SummaryTables(long runId, DatasetNames names, DatasetTotals totals, Optional<Estimates> estimates) {
        this.runId = runId;
        this.names = names;
        this.totals = totals;
        this.estimates = estimates;
    }

    /** The rows to look at first. */
    public ResultTable workList(WorkLists lists) {
        return new WorkListTable(runId, names.annotators(), lists);
    }

    /** The annotators. */
    public ResultTable annotatorStats(AnnotatorTimes times) {
        return estimates
                .<ResultTable>map(found -> new AnnotatorStatsTable(runId, names, found, times))
                .orElseGet(() -> new EmptyTable(
                        totals.hasGold()
                                ? ResultTableDefinitions.ANNOTATOR_STATS_WITH_GOLD
                                : ResultTableDefinitions.ANNOTATOR_STATS));
    }

    /**
     * A part of the annotators' confusion of classes.
     *
     * @param counts those of some of the annotators
     */
    public static ResultTable annotatorConfusion(long runId, DatasetNames names, ConfusionCounts counts) {
        return new AnnotatorConfusionTable(runId, names, counts);
    }

    /** The annotators' confusion of classes. */
    public ResultTable annotatorConfusion() {
        return estimates
                .<ResultTable>map(found -> new AnnotatorConfusionTable(runId, names, found.confusion()))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.ANNOTATOR_CONFUSION));
    }

    /** Pairs of annotators. */
    public ResultTable annotatorPair() {
        return estimates
                .<ResultTable>map(found -> new AnnotatorPairTable(
                        runId, names.annotators(), found.agreement().pairs()))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.ANNOTATOR_PAIR));
    }

    /**
     * The annotators by period.
     *
     * @param periods empty if there was nothing to analyze
     */
    public ResultTable annotatorPeriod(Optional<AnnotatorPeriods> periods) {
        return periods.<ResultTable>map(found -> new AnnotatorPeriodTable(runId, names, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.ANNOTATOR_PERIOD));
    }

    /** The classes in their order. */
    public ResultTable runClass() {
        return new RunClassTable(runId, names.classes());
    }

    /** The consensus labels by quality. */
    public ResultTable labelQualityBin(LabelQualityBins bins) {
        return new LabelQualityBinTable(runId, bins);
    }

    /** The consensus of every method compared with gold, by quality. */
    public ResultTable calibrationBin() {
        return estimates
                .flatMap(found -> found.gold().map(gold -> CalibrationBinTable.of(runId, found, gold)))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.CALIBRATION_BIN));
    }

    /** The statistics of the whole dataset. */
    public ResultTable datasetStats() {
        return DatasetStatsTable.of(runId, totals, estimates.map(Estimates::agreement));
    }

    /** The models. */
    public ResultTable runModel() {
        return estimates
                .<ResultTable>map(found -> new RunModelTable(runId, names.models(), found, totals.modelCounts()))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.RUN_MODEL));
    }

    /** The consensus methods. */
    public ResultTable runConsensus() {
        return estimates
                .map(found -> RunConsensusTable.of(runId, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.RUN_CONSENSUS));
    }

    /** The experts of the committee. */
    public ResultTable runExpert() {
        return committee()
                .map(found -> RunExpertTable.of(runId, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.RUN_EXPERT));
    }

    /** How the experts of the committee weight the models. */
    public ResultTable runExpertModel() {
        return committee()
                .<ResultTable>map(found -> new RunExpertModelTable(runId, names.models(), found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.RUN_EXPERT_MODEL));
    }

    private Optional<CommitteeEstimates> committee() {
        return estimates.flatMap(Estimates::committee);
    }

    /** The numbers of rejected rows. */
    public ResultTable rejectedCount() {
        return RejectedCountTable.of(runId, totals.rejected());
    }

    /** The rejected rows that are kept. */
    public ResultTable rejectedRow() {
        return new RejectedRowTable(runId, totals.rejected());
    }
}
