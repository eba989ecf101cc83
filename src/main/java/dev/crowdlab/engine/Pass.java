package dev.crowdlab.engine;

import java.io.Serializable;

/**
 * One walk over all examples, block by block, that counts something, writes something for each example, or both. A pass
 * holds parameters only: whatever belongs to an example stands in its {@link Slice}, whatever is counted in {@code S}. It is
 * immutable, serializable and safe for use by many threads.
 *
 * <p>A pass can be repeated: it never writes into what it was given, but into the new arrays that {@link #open} adds. So a
 * runner may let a block, a slice or a whole pass be done again, by another thread or machine, and gets the same bits, as
 * long as it throws away the statistics of what failed.
 *
 * @param <S> what is counted
 */
public interface Pass<S extends Mergeable<S>> extends Serializable {

    /** Returns statistics in which nothing is counted yet; called for every worker. */
    S newStatistics(Dimensions dimensions);

    /**
     * Returns the slice with new, empty columns for what this pass writes; the same slice if it writes nothing. Called once
     * for a slice, before its first block.
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
