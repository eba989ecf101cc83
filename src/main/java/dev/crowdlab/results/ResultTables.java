package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Consensus;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The rows of a run's result tables. */
public final class ResultTables {

    private final long runId;
    private final Dataset dataset;
    private final Optional<Analysis> analysis;

    /**
     * @param analysis empty if there was nothing to analyze
     */
    public ResultTables(long runId, Dataset dataset, Optional<Analysis> analysis) {
        this.runId = runId;
        this.dataset = dataset;
        this.analysis = analysis;
    }

    /** Returns the changes that the consensus would make to the labels of a stored run. */
    public LabelChangePreview differenceFrom(DataSource dataSource, long previousRunId) throws SQLException {
        return LabelChangePreview.of(dataSource, previousRunId, dataset, analysis.map(Analysis::published));
    }

    /** The published consensus. */
    public ResultTable labelQuality() {
        return analysis.<ResultTable>map(found -> new LabelQualityTable(runId, dataset, found))
                .orElseGet(() -> new Empty(ResultTableDefinitions.LABEL_QUALITY));
    }

    /** The consensus of the other methods. */
    public ResultTable alternativeConsensus() {
        List<Consensus> alternatives = analysis.map(Analysis::alternatives).orElse(List.of());
        return new AlternativeConsensusTable(runId, dataset, alternatives);
    }

    /** The quality of every annotation. */
    public ResultTable detailedLabelQuality() {
        return analysis.<ResultTable>map(found -> new DetailedLabelQualityTable(runId, dataset, found))
                .orElseGet(() -> new Empty(ResultTableDefinitions.DETAILED_LABEL_QUALITY));
    }

    /**
     * Scores of what to label next.
     *
     * @param scores empty if there are no predictions or no scores are wanted
     */
    public ResultTable activeLearningScore(Optional<ActiveLabScores> scores) {
        return scores.<ResultTable>map(found -> new ActiveLearningScoreTable(runId, dataset, found))
                .orElseGet(() -> new Empty(ResultTableDefinitions.ACTIVE_LEARNING_SCORE));
    }

    /**
     * The rows to look at first.
     *
     * @param scores empty if there are no predictions or no scores are wanted
     */
    public ResultTable workList(Optional<ActiveLabScores> scores) {
        return new WorkListTable(runId, dataset, analysis, scores);
    }

    /** The annotators. */
    public ResultTable annotatorStats() {
        return analysis.<ResultTable>map(found -> new AnnotatorStatsTable(runId, dataset, found.annotators()))
                .orElseGet(() -> new Empty(ResultTableDefinitions.ANNOTATOR_STATS));
    }

    /** The annotators' confusion of classes. */
    public ResultTable annotatorConfusion() {
        return analysis.<ResultTable>map(found -> new AnnotatorConfusionTable(runId, dataset, found.confusion()))
                .orElseGet(() -> new Empty(ResultTableDefinitions.ANNOTATOR_CONFUSION));
    }

    /** Pairs of annotators. */
    public ResultTable annotatorPair() {
        return analysis.<ResultTable>map(found ->
                        new AnnotatorPairTable(runId, dataset, found.agreement().pairs()))
                .orElseGet(() -> new Empty(ResultTableDefinitions.ANNOTATOR_PAIR));
    }

    /** The annotators by period. */
    public ResultTable annotatorPeriod(Period length) {
        return analysis.<ResultTable>map(found -> new AnnotatorPeriodTable(runId, dataset, found, length))
                .orElseGet(() -> new Empty(ResultTableDefinitions.ANNOTATOR_PERIOD));
    }

    /** The statistics of the whole dataset. */
    public ResultTable datasetStats() {
        return new DatasetStatsTable(runId, dataset, analysis.map(Analysis::agreement));
    }

    /** The models. */
    public ResultTable runModel() {
        return analysis.<ResultTable>map(found -> new RunModelTable(runId, dataset, found))
                .orElseGet(() -> new Empty(ResultTableDefinitions.RUN_MODEL));
    }

    /** The numbers of rejected rows. */
    public ResultTable rejectedCount() {
        return new RejectedCountTable(runId, dataset.rejected());
    }

    /** The rejected rows that are kept. */
    public ResultTable rejectedRow() {
        return new RejectedRowTable(runId, dataset.rejected());
    }

    private record Empty(ResultTableDefinition shape) implements ResultTable {

        @Override
        public int rowCount() {
            return 0;
        }

        @Override
        public void write(int row, BinaryCopyWriter target) {
            throw new IllegalArgumentException("there is no row " + row);
        }
    }
}
