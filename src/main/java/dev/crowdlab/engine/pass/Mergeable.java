package dev.crowdlab.engine.pass;

import java.io.Serializable;

/**
 * The counts of a pass. Made of integers only, so that merging in any order gives the same bits; holds no reference to
 * examples or to the pass, so that it can be sent from one process to another. Not safe for use by several threads:
 * every thread has its own, merged afterwards.
 *
 * @param <S> the implementing type
 */
public interface Mergeable<S extends Mergeable<S>> extends Serializable {

    /**
     * Adds the other's counts to these.
     *
     * @param other counts made for the same {@link Dimensions}; not modified
     */
    void add(S other);

    /**
     * Adds element by element.
     *
     * @param counts [n] written into
     * @param others [n] not modified
     */
    static void add(long[] counts, long[] others) {
        for (int index = 0; index < counts.length; index++) {
            counts[index] += others[index];
        }
    }

    /** The counts of a pass that only writes columns: none. */
    final class None implements Mergeable<None> {

        @Override
        public void add(None other) {
            // there is nothing to add
        }
    }
}
