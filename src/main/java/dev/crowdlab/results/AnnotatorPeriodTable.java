package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.WilsonInterval;
import java.util.List;

/** How much each annotator labeled in each period, and how well these labels are supported. */
final class AnnotatorPeriodTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "annotator_period",
            List.of(
                    "run_id",
                    "annotator_id",
                    "period_start",
                    "num_annotations",
                    "agreement_with_consensus",
                    "mean_quality_score",
                    "quality_lower",
                    "quality_upper"),
            List.of("run_id", "annotator_id", "period_start"),
            false);

    private final long runId;
    private final DatasetNames names;
    private final AnnotatorPeriods periods;
    private final long[] keys;

    AnnotatorPeriodTable(long runId, DatasetNames names, AnnotatorPeriods periods) {
        this.runId = runId;
        this.names = names;
        this.periods = periods;
        keys = periods.keys();
    }

    @Override
    public ResultTableDefinition shape() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return keys.length;
    }

    @Override
    public void write(int place, BinaryCopyWriter target) {
        long key = keys[place];
        long count = periods.count(key);
        double quality = periods.meanQuality(key);
        WilsonInterval interval = WilsonInterval.of(quality, count);
        target.beginRow(shape(), runId);
        target.text(names.annotators(), AnnotatorPeriods.annotator(key));
        target.integer(AnnotatorPeriods.firstDay(key));
        target.integer(Math.toIntExact(count));
        target.number((double) periods.agreeing(key) / count);
        target.number(quality);
        target.number(interval.lower());
        target.number(interval.upper());
    }
}
