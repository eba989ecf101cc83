package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.ArrayList;
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
                    "quality_upper",
                    "agreement_drop",
                    "is_drifting"),
            List.of("run_id", "annotator_id", "period_start"),
            false);

    private final long runId;
    private final DatasetNames names;
    private final AnnotatorPeriods periods;
    private final long[] keys;
    /** [rows] annotations. */
    private final long[] counts;
    /** [rows] those of them that equal the consensus. */
    private final long[] agreeing;
    /** [rows] the first row of the same annotator. */
    private final int[] firsts;

    AnnotatorPeriodTable(long runId, DatasetNames names, AnnotatorPeriods periods) {
        this.runId = runId;
        this.names = names;
        this.periods = periods;
        keys = periods.keys();
        counts = new long[keys.length];
        agreeing = new long[keys.length];
        firsts = new int[keys.length];
        for (int row = 0; row < keys.length; row++) {
            counts[row] = periods.count(keys[row]);
            agreeing[row] = periods.agreeing(keys[row]);
            boolean isFirst = row == 0 || annotator(row) != annotator(row - 1);
            firsts[row] = isFirst ? row : firsts[row - 1];
        }
    }

    private int annotator(int row) {
        return AnnotatorPeriods.annotator(keys[row]);
    }

    /** The annotators whose last period is marked, by id. */
    List<String> drifting() {
        List<String> drifting = new ArrayList<>();
        for (int row = 0; row < keys.length; row++) {
            boolean isLast = row + 1 == keys.length || annotator(row + 1) != annotator(row);
            if (isLast && new AgreementDrop(counts, agreeing, firsts[row], row).isDrift()) {
                drifting.add(names.annotators().text(annotator(row)));
            }
        }
        return drifting;
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return keys.length;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        double quality = periods.meanQuality(keys[row]);
        WilsonInterval interval = WilsonInterval.of(quality, counts[row]);
        AgreementDrop drop = new AgreementDrop(counts, agreeing, firsts[row], row);
        target.beginRow(definition(), runId);
        target.text(names.annotators(), annotator(row));
        target.integer(AnnotatorPeriods.firstDay(keys[row]));
        target.integer(Math.toIntExact(counts[row]));
        target.number((double) agreeing[row] / counts[row]);
        target.number(quality);
        target.number(interval.lower());
        target.number(interval.upper());
        target.numberOrNull(drop.size());
        target.bool(drop.isDrift());
    }
}
