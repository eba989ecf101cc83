package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.share.ClassShares;
import it.unimi.dsi.fastutil.ints.Int2LongMap;
import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import java.util.Arrays;

/**
 * The periods in which enough examples have gold for shares of their own. An example is of the period of its first annotation; one without a time is of
 * none. There are at most as many such periods as gold suffices for, whatever times there are.
 */
@NotThreadSafe
public final class GoldPeriods implements Mergeable<GoldPeriods> {

    private static final int NONE = -1;

    private final Period length;
    /** Examples with gold by first day. */
    private final Int2LongOpenHashMap counts = new Int2LongOpenHashMap();

    /** No period. */
    public GoldPeriods(Period length) {
        this.length = length;
    }

    /** The periods of a dataset, or of a part of it; none without gold. */
    public static GoldPeriods of(Dataset dataset, Period length) {
        GoldPeriods periods = new GoldPeriods(length);
        if (dataset.gold().isConfigured() && dataset.times().areKnown()) {
            int[] gold = dataset.gold().toArray();
            for (int example = 0; example < gold.length; example++) {
                long time = gold[example] >= 0 ? first(dataset, example) : AnnotationTimes.UNKNOWN;
                if (AnnotationTimes.isFinite(time)) {
                    periods.counts.addTo(length.start(time), 1);
                }
            }
        }
        return periods;
    }

    @Override
    public void add(GoldPeriods other) {
        for (Int2LongMap.Entry entry : other.counts.int2LongEntrySet()) {
            counts.addTo(entry.getIntKey(), entry.getLongValue());
        }
    }

    /** The first days of the periods with enough gold, ascending, in days since 2000-01-01. */
    public int[] firstDays() {
        return counts.int2LongEntrySet().stream()
                .filter(entry -> entry.getLongValue() >= ClassShares.MIN_GOLD)
                .mapToInt(Int2LongMap.Entry::getIntKey)
                .sorted()
                .toArray();
    }

    /** The slice with the periods of its examples, if there are any with enough gold. */
    public Slice on(Slice slice, Dataset dataset) {
        int[] days = firstDays();
        if (days.length == 0) {
            return slice;
        }
        int[] periods = new int[dataset.examples().size()];
        for (int example = 0; example < periods.length; example++) {
            long time = first(dataset, example);
            int place = AnnotationTimes.isFinite(time) ? Arrays.binarySearch(days, length.start(time)) : NONE;
            periods[example] = Math.max(place, NONE);
        }
        return slice.with(Column.PERIOD, periods);
    }

    /** When the example was labeled first, as far as that is known. */
    private static long first(Dataset dataset, int example) {
        Annotations annotations = dataset.annotations();
        long first = AnnotationTimes.UNKNOWN;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            long time = dataset.times().at(position);
            if (AnnotationTimes.isFinite(time) && (first == AnnotationTimes.UNKNOWN || time < first)) {
                first = time;
            }
        }
        return first;
    }
}
