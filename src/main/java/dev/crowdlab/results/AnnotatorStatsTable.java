package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.AnnotatorStatistics;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.GoldStatistics;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** With the columns that only a dataset with gold writes, so that the digests of others do not cover them. */
    static final ResultTableDefinition WITH_GOLD = new ResultTableDefinition(
            DEFINITION.name(),
            Stream.concat(
                            DEFINITION.columns().stream(),
                            Stream.of("gold_accuracy", "gold_lower", "gold_upper", "num_gold"))
                    .toList(),
            DEFINITION.key(),
            DEFINITION.partitioned());

    private final long runId;
    private final DatasetNames names;
    private final AnnotatorStatistics statistics;
    private final Optional<GoldStatistics> gold;
    private final AnnotatorTimes times;

    AnnotatorStatsTable(long runId, DatasetNames names, Estimates estimates, AnnotatorTimes times) {
        this.runId = runId;
        this.names = names;
        statistics = estimates.annotators();
        gold = estimates.gold();
        this.times = times;
    }

    @Override
    public ResultTableDefinition definition() {
        return gold.isPresent() ? WITH_GOLD : DEFINITION;
    }

    @Override
    public int rowCount() {
        return names.annotators().size();
    }

    @Override
    public void write(int annotator, BinaryCopyWriter target) {
        target.beginRow(definition(), runId);
        target.text(names.annotators(), annotator);
        target.numberOrNull(statistics.quality(annotator));
        target.text(statistics.qualityReason(annotator).map(Enum::name).orElse(null));
        target.number(statistics.agreementWithConsensus(annotator));
        target.text(names.classes(), statistics.worstClass(annotator));
        target.integer(statistics.labelCount(annotator));
        target.numberOrNull(statistics.weight(annotator));
        target.numberOrNull(statistics.agreementWithAnnotators(annotator));
        target.bool(statistics.agreementImputed(annotator));
        Interval interval = statistics.qualityInterval(annotator);
        target.numberOrNull(interval.lower());
        target.numberOrNull(interval.upper());
        target.numberOrNull(statistics.agreementWithModel(annotator));
        target.timeOrNull(times.first(annotator));
        target.timeOrNull(times.last(annotator));
        gold.ifPresent(found -> GoldColumns.write(found.annotator(annotator), target));
    }
}
