package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.AnnotatorStatistics;
import java.util.List;

/** The statistics of every annotator. */
final class AnnotatorStatsTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "annotator_stats",
            List.of(
                    "run_id",
                    "annotator_id",
                    "annotator_quality",
                    "quality_reason",
                    "agreement_with_consensus",
                    "worst_class",
                    "num_examples_labeled",
                    "annotator_weight",
                    "agreement_with_annotators",
                    "agreement_imputed"),
            List.of("run_id", "annotator_id"),
            false);

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
        return DEFINITION;
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
