package dev.crowdlab.engine;

/**
 * What a pass counts over blocks. Made of integers only, so that adding in any order gives the same bits; holds no
 * reference to the examples. Not safe for use by several threads: each worker has its own, added up afterwards.
 *
 * @param <S> the implementing type
 */
interface Mergeable<S extends Mergeable<S>> {

    /** Adds what the other counted to this; the other is not modified. */
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

    /** What a pass counts that only writes results. */
    final class None implements Mergeable<None> {

        @Override
        public void add(None other) {
            // there is nothing to add
        }
    }
}
