package dev.crowdlab.publish;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Analysis;
import java.util.List;
import java.util.Optional;

/** The rows of a run's result tables. */
public final class ResultTables {

    private final long runId;
    private final Dataset dataset;
    private final Optional<Analysis> analysis;

    /** The tables of a run; without an analysis, because there was nothing to analyse, all but rejected_row are empty. */
    public ResultTables(long runId, Dataset dataset, Optional<Analysis> analysis) {
        this.runId = runId;
        this.dataset = dataset;
        this.analysis = analysis;
    }

    /** The published consensus. */
    public ResultTable labelQuality() {
        return analysis.<ResultTable>map(found -> new LabelQualityTable(runId, dataset, found.published()))
                .orElseGet(() -> new Empty(Tables.LABEL_QUALITY));
    }

    /** The consensus of the other methods. */
    public ResultTable alternativeConsensus() {
        List<dev.crowdlab.engine.Consensus> alternatives =
                analysis.map(Analysis::alternatives).orElse(List.of());
        return new AlternativeConsensusTable(runId, dataset, alternatives);
    }

    /** The quality of every annotation. */
    public ResultTable detailedLabelQuality() {
        return analysis.<ResultTable>map(found -> new DetailedLabelQualityTable(runId, dataset, found))
                .orElseGet(() -> new Empty(Tables.DETAILED_LABEL_QUALITY));
    }

    /** The annotators. */
    public ResultTable annotatorStats() {
        return analysis.<ResultTable>map(found -> new AnnotatorStatsTable(runId, dataset, found.annotators()))
                .orElseGet(() -> new Empty(Tables.ANNOTATOR_STATS));
    }

    /** The annotators' confusion of classes. */
    public ResultTable annotatorConfusion() {
        return analysis.<ResultTable>map(found -> new AnnotatorConfusionTable(runId, dataset, found.confusion()))
                .orElseGet(() -> new Empty(Tables.ANNOTATOR_CONFUSION));
    }

    /** The models. */
    public ResultTable runModel() {
        return analysis.<ResultTable>map(found -> new RunModelTable(runId, dataset, found))
                .orElseGet(() -> new Empty(Tables.RUN_MODEL));
    }

    /** The refused rows. */
    public ResultTable rejectedRow() {
        return new RejectedRowTable(runId, dataset.rejected());
    }

    private record Empty(TableShape shape) implements ResultTable {

        @Override
        public int rowCount() {
            return 0;
        }

        @Override
        public void write(int row, RowBuffer target) {
            throw new IllegalArgumentException("there is no row " + row);
        }
    }
}
