package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.results.worklist.ReviewReason;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;
import java.util.Optional;

/** How many consensus labels there are by quality, number of annotations, and reason to look at them again. */
@NotThreadSafe
public final class LabelQualityBins implements Mergeable<LabelQualityBins> {

    private static final int BINS = 20;
    private static final int BIN_SHIFT = 40;
    private static final int ANNOTATIONS_SHIFT = 8;

    /** Bin, number of annotations and reason in one number. */
    private final Long2LongOpenHashMap counts = new Long2LongOpenHashMap();

    private LabelQualityBins() {}

    /**
     * The counts of a dataset, or of a part of it.
     *
     * @param results empty if there was nothing to analyze
     */
    public static LabelQualityBins of(Dataset dataset, Optional<ExampleResults> results) {
        LabelQualityBins bins = new LabelQualityBins();
        results.ifPresent(found -> bins.add(dataset.annotations(), found.published()));
        return bins;
    }

    private void add(Annotations annotations, Consensus consensus) {
        for (int example = 0; example < annotations.exampleCount(); example++) {
            long bin = Math.min(BINS, (int) (consensus.quality(example) * BINS) + 1);
            int reason = ReviewReason.of(annotations, consensus, example).place();
            long size = annotations.size(example);
            counts.addTo((bin << BIN_SHIFT) | (size << ANNOTATIONS_SHIFT) | reason, 1);
        }
    }

    @Override
    public void add(LabelQualityBins other) {
        for (Long2LongMap.Entry entry : other.counts.long2LongEntrySet()) {
            counts.addTo(entry.getLongKey(), entry.getLongValue());
        }
    }

    /** The keys in key order. */
    long[] keys() {
        long[] keys = counts.keySet().toLongArray();
        Arrays.sort(keys);
        return keys;
    }

    /** From 1 on: bin b has the qualities from (b - 1) / 20 to less than b / 20, the last one 1 as well. */
    static int bin(long key) {
        return (int) (key >>> BIN_SHIFT);
    }

    static int annotationCount(long key) {
        return (int) (key >>> ANNOTATIONS_SHIFT);
    }

    static ReviewReason reason(long key) {
        return ReviewReason.at((int) key & ((1 << ANNOTATIONS_SHIFT) - 1));
    }

    long exampleCount(long key) {
        return counts.get(key);
    }
}
