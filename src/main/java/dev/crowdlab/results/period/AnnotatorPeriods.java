package dev.crowdlab.results.period;

import dev.crowdlab.dataset.AnnotationTimes;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.longs.Long2IntMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.List;

/** How much each annotator labeled in each period, and how well these labels are supported, as exact sums. */
@NotThreadSafe
public final class AnnotatorPeriods implements Mergeable<AnnotatorPeriods> {

    private static final int COUNT = 0;
    private static final int AGREEING = 1;
    private static final int QUALITY = 2;
    private static final int COLUMNS = 4;

    /** Annotator and first day in one number. */
    private final Long2IntOpenHashMap rowOfKey = new Long2IntOpenHashMap();

    /** [rows × 4] annotations, those equal to the consensus, the exact sum of qualities in two halves; as first met. */
    private long[] sums = new long[COLUMNS * 64];

    private AnnotatorPeriods() {
        rowOfKey.defaultReturnValue(-1);
    }

    /**
     * The periods of a dataset, or of a part of it.
     *
     * @param results what was found out about its examples
     */
    public static AnnotatorPeriods of(Dataset dataset, ExampleResults results, Period length) {
        AnnotatorPeriods periods = new AnnotatorPeriods();
        if (dataset.times().areKnown()) {
            periods.add(dataset, results, length);
        }
        return periods;
    }

    /**
     * The periods of the machines of a dataset: how many of their labels of examples that people labeled are the one that
     * most of these people gave, whatever machines say; of several such labels each counts. Qualities are 0.
     */
    public static AnnotatorPeriods ofMachines(Dataset whole, Machines machines, Period length) {
        AnnotatorPeriods periods = new AnnotatorPeriods();
        if (!whole.times().areKnown()) {
            return periods;
        }
        Annotations annotations = whole.annotations();
        int[] votes = new int[whole.classes().size()];
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int most = count(annotations, example, machines, votes, 1);
            for (int position = annotations.start(example);
                    most > 0 && position < annotations.end(example);
                    position++) {
                long time = whole.times().at(position);
                if (machines.isMachine(annotations.annotator(position)) && AnnotationTimes.isFinite(time)) {
                    int row = COLUMNS * periods.row(annotations.annotator(position), length.start(time));
                    periods.sums[row + COUNT] += 1;
                    periods.sums[row + AGREEING] += votes[annotations.label(position)] == most ? 1 : 0;
                }
            }
            count(annotations, example, machines, votes, -1);
        }
        return periods;
    }

    /** Adds each vote of people so many times, and returns the most votes of a class. */
    private static int count(Annotations annotations, int example, Machines machines, int[] votes, int times) {
        int most = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            if (!machines.isMachine(annotations.annotator(position))) {
                votes[annotations.label(position)] += times;
                most = Math.max(most, votes[annotations.label(position)]);
            }
        }
        return most;
    }

    private void add(Dataset dataset, ExampleResults results, Period length) {
        Annotations annotations = dataset.annotations();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int consensus = results.published().label(example);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                long time = dataset.times().at(position);
                if (AnnotationTimes.isFinite(time)) {
                    int row = COLUMNS * row(annotations.annotator(position), length.start(time));
                    sums[row + COUNT] += 1;
                    sums[row + AGREEING] += annotations.label(position) == consensus ? 1 : 0;
                    FixedPoint.add(sums, row + QUALITY, FixedPoint.of(results.annotationQuality(position)));
                }
            }
        }
    }

    private int row(int annotator, int firstDay) {
        // days may be negative: with the sign bit turned they sort as they should
        return row(((long) annotator << Integer.SIZE) | Integer.toUnsignedLong(firstDay ^ Integer.MIN_VALUE));
    }

    private int row(long key) {
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
    public void add(AnnotatorPeriods other) {
        for (Long2IntMap.Entry entry : other.rowOfKey.long2IntEntrySet()) {
            int from = COLUMNS * entry.getIntValue();
            int to = COLUMNS * row(entry.getLongKey());
            sums[to + COUNT] += other.sums[from + COUNT];
            sums[to + AGREEING] += other.sums[from + AGREEING];
            sums[to + QUALITY] += other.sums[from + QUALITY];
            sums[to + QUALITY + 1] += other.sums[from + QUALITY + 1];
        }
    }

    /** Who agrees less with the consensus than before, as the table marks their last period, by id. */
    public List<String> drifting(DatasetNames names) {
        return new PeriodRows(names.annotators(), this).drifting();
    }

    /** The keys in key order, each an annotator and the first day of a period. */
    public long[] keys() {
        long[] keys = rowOfKey.keySet().toLongArray();
        Arrays.sort(keys);
        return keys;
    }

    public static int annotator(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    /** In days since 2000-01-01. */
    public static int firstDay(long key) {
        return (int) key ^ Integer.MIN_VALUE;
    }

    public long count(long key) {
        return sums[COLUMNS * rowOfKey.get(key) + COUNT];
    }

    public long agreeing(long key) {
        return sums[COLUMNS * rowOfKey.get(key) + AGREEING];
    }

    public double meanQuality(long key) {
        int row = COLUMNS * rowOfKey.get(key) + QUALITY;
        return Math.min(1, FixedPoint.mean(sums[row], sums[row + 1], count(key)));
    }
}
