package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.AnnotatorStatistics;

/** The statistics of every annotator. */
final class AnnotatorStatsTable implements ResultTable {

    private final long runId;
    private final Dataset dataset;
    private final AnnotatorStatistics statistics;

    AnnotatorStatsTable(long runId, Dataset dataset, AnnotatorStatistics statistics) {
        this.runId = runId;
        this.dataset = dataset;
        this.statistics = statistics;
    }

    @Override
    public ResultTableDefinition shape() {
        return ResultTableDefinitions.ANNOTATOR_STATS;
    }

    @Override
    public int rowCount() {
        return dataset.annotators().size();
    }

    @Override
    public void write(int annotator, BinaryCopyWriter target) {
        target.beginRow(shape(), runId);
        target.text(dataset.annotators(), annotator);
        target.numberOrNull(statistics.quality(annotator));
        target.text(statistics.qualityReason(annotator).map(Enum::name).orElse(null));
        target.number(statistics.agreementWithConsensus(annotator));
        target.text(dataset.classes(), statistics.worstClass(annotator));
        target.integer(statistics.labelCount(annotator));
        target.numberOrNull(statistics.weight(annotator));
        target.numberOrNull(statistics.agreementWithAnnotators(annotator));
        target.bool(statistics.agreementImputed(annotator));
    }
}
