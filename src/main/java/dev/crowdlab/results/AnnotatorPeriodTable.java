package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotationTimes;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Annotations;
import dev.crowdlab.engine.WilsonInterval;
import dev.crowdlab.engine.numeric.FixedPoint;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
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

    private static final int COUNT = 0;
    private static final int AGREEING = 1;
    private static final int QUALITY = 2;
    private static final int COLUMNS = 4;

    private final long runId;
    private final Dataset dataset;
    /** Annotator and first day in one number. */
    private final Long2IntOpenHashMap rowOfKey = new Long2IntOpenHashMap();

    /** [rows × 4] annotations, those equal to the consensus, the exact sum of qualities in two halves; as first met. */
    private long[] sums = new long[COLUMNS * 64];

    /** The keys in key order. */
    private final long[] keys;

    /** [rows] annotations, in key order. */
    private final long[] counts;
    /** [rows] those of them that equal the consensus, in key order. */
    private final long[] agreeing;
    /** [rows] the first row of the same annotator, in key order. */
    private final int[] firsts;

    AnnotatorPeriodTable(long runId, Dataset dataset, Analysis analysis, Period length) {
        this.runId = runId;
        this.dataset = dataset;
        rowOfKey.defaultReturnValue(-1);
        if (dataset.times().areKnown()) {
            add(analysis, length);
        }
        keys = rowOfKey.keySet().toLongArray();
        Arrays.sort(keys);
        counts = new long[keys.length];
        agreeing = new long[keys.length];
        firsts = new int[keys.length];
        for (int place = 0; place < keys.length; place++) {
            int row = COLUMNS * rowOfKey.get(keys[place]);
            counts[place] = sums[row + COUNT];
            agreeing[place] = sums[row + AGREEING];
            boolean isFirst = place == 0 || annotator(place) != annotator(place - 1);
            firsts[place] = isFirst ? place : firsts[place - 1];
        }
    }

    private int annotator(int place) {
        return (int) (keys[place] >>> Integer.SIZE);
    }

    private void add(Analysis analysis, Period length) {
        Annotations annotations = dataset.annotations();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int consensus = analysis.published().label(example);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                long time = dataset.times().at(position);
                if (AnnotationTimes.isFinite(time)) {
                    int row = COLUMNS * row(annotations.annotator(position), length.start(time));
                    sums[row + COUNT] += 1;
                    sums[row + AGREEING] += annotations.label(position) == consensus ? 1 : 0;
                    FixedPoint.add(sums, row + QUALITY, FixedPoint.of(analysis.annotationQuality(position)));
                }
            }
        }
    }

    private int row(int annotator, int firstDay) {
        // days may be negative: with the sign bit turned they sort as they should
        long key = ((long) annotator << Integer.SIZE) | Integer.toUnsignedLong(firstDay ^ Integer.MIN_VALUE);
        int row = rowOfKey.get(key);
        if (row < 0) {
            row = rowOfKey.size();
            rowOfKey.put(key, row);
            if (COLUMNS * (row + 1) > sums.length) {
                sums = Arrays.copyOf(sums, 2 * sums.length);
            }
        }
        return row;
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
        int row = COLUMNS * rowOfKey.get(keys[place]);
        double quality = Math.min(1, FixedPoint.mean(sums[row + QUALITY], sums[row + QUALITY + 1], counts[place]));
        WilsonInterval interval = WilsonInterval.of(quality, counts[place]);
        AgreementDrop drop = new AgreementDrop(counts, agreeing, firsts[place], place);
        target.beginRow(shape(), runId);
        target.text(dataset.annotators(), annotator(place));
        target.integer((int) keys[place] ^ Integer.MIN_VALUE);
        target.integer(Math.toIntExact(counts[place]));
        target.number((double) agreeing[place] / counts[place]);
        target.number(quality);
        target.number(interval.lower());
        target.number(interval.upper());
        target.numberOrNull(drop.size());
        target.bool(drop.isDrift());
    }
}
