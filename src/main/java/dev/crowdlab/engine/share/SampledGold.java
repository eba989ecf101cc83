package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Slice;
import org.jspecify.annotations.Nullable;

/** The gold labels of a slice's examples that were drawn at random. Immutable; safe for use by many threads. */
public final class SampledGold {

    private static final int UNKNOWN = -1;

    private final int[] gold;
    private final long[] keys;
    private final @Nullable SamplePrefix prefix;

    private SampledGold(int[] gold, long[] keys, @Nullable SamplePrefix prefix) {
        this.gold = gold;
        this.keys = keys;
        this.prefix = prefix;
    }

    /**
     * Returns the gold labels.
     *
     * @param hasGold whether there are any
     * @param prefix how far the sample is answered; null if all gold is taken for random
     */
    public static SampledGold of(Slice slice, boolean hasGold, @Nullable SamplePrefix prefix) {
        return new SampledGold(
                hasGold ? slice.get(Column.GOLD) : new int[0],
                hasGold && prefix != null ? slice.get(Column.SAMPLE_KEY) : new long[0],
                prefix);
    }

    /** Returns the true class of the example; -1 if it was not drawn or is not known. */
    public int label(int example) {
        if (gold.length == 0 || gold[example] < 0) {
            return UNKNOWN;
        }
        return prefix == null || prefix.contains(keys[example]) ? gold[example] : UNKNOWN;
    }
}
