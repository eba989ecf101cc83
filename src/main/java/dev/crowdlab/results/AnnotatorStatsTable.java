package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotationTimes;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.WilsonInterval;
import java.util.Arrays;
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
                    "agreement_imputed",
                    "quality_lower",
                    "quality_upper",
                    "agreement_with_model",
                    "first_annotated_at",
                    "last_annotated_at"),
            List.of("run_id", "annotator_id"),
            false);

    private final long runId;
    private final Dataset dataset;
    private final AnnotatorStatistics statistics;
    /** [annotators] */
    private final long[] firstTimes;

    private final long[] lastTimes;

    AnnotatorStatsTable(long runId, Dataset dataset, AnnotatorStatistics statistics) {
        this.runId = runId;
        this.dataset = dataset;
        this.statistics = statistics;
        firstTimes = new long[dataset.annotators().size()];
        lastTimes = new long[firstTimes.length];
        Arrays.fill(firstTimes, AnnotationTimes.UNKNOWN);
        Arrays.fill(lastTimes, AnnotationTimes.UNKNOWN);
        if (dataset.times().areKnown()) {
            findTimes();
        }
    }

    private void findTimes() {
        for (int position = 0; position < dataset.annotations().annotationCount(); position++) {
            long time = dataset.times().at(position);
            if (AnnotationTimes.isFinite(time)) {
                int annotator = dataset.annotations().annotator(position);
                boolean isFirst = lastTimes[annotator] == AnnotationTimes.UNKNOWN;
                firstTimes[annotator] = isFirst ? time : Math.min(firstTimes[annotator], time);
                lastTimes[annotator] = Math.max(lastTimes[annotator], time);
            }
        }
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
        WilsonInterval interval = statistics.qualityInterval(annotator);
        target.numberOrNull(interval.lower());
        target.numberOrNull(interval.upper());
        target.numberOrNull(statistics.agreementWithModel(annotator));
        target.timeOrNull(firstTimes[annotator]);
        target.timeOrNull(lastTimes[annotator]);
    }
}
