package dev.crowdlab.engine.pass;

import java.io.Serializable;

/**
 * One pass over all examples, block by block, that counts something, writes something for each example, or both. A pass
 * holds only parameters: values of an example are stored in its {@link Slice}, counts in {@code S}. It is immutable,
 * serializable and thread-safe.
 *
 * <p>A pass can be repeated: it never modifies its input, but writes into the new arrays that {@link #open} adds. So a
 * runner may repeat a block, a slice or a whole pass, on another thread or machine, and gets the same bits, as long as
 * it discards the statistics of the failed attempt.
 *
 * @param <S> the counts
 */
public interface Pass<S extends Mergeable<S>> extends Serializable {

    /** Returns statistics in which nothing is counted yet; called for every thread. */
    S newStatistics(Dimensions dimensions);

    /**
     * Returns the slice with new, empty columns for what this pass writes; the same slice if it writes nothing. Called
     * once for a slice, before its first block.
     *
     * @param slice what earlier passes wrote; not modified
     */
    default Slice open(Slice slice) {
        return slice;
    }

    /**
     * Takes one block.
     *
     * @param block examples; its input is only read, its output written into at the examples of the block alone
     * @param statistics added to
     */
    void collect(Block block, S statistics);
}
