package dev.crowdlab.dataset.id;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/** Sorts ids of a dictionary in code-point order, which is the order of their bytes. */
final class IdOrder {

    private final IdDictionary ids;
    private final byte[] bytes;

    IdOrder(IdDictionary ids) {
        this.ids = ids;
        bytes = ids.bytes();
    }

    /** Sorts indices of distinct ids. */
    void sort(int[] indices) {
        boolean sorted = true;
        for (int place = 1; place < indices.length && sorted; place++) {
            sorted = ids.compare(indices[place - 1], indices[place]) < 0;
        }
        if (!sorted) {
            long[] prefixes = prefixes(indices, commonPrefix());
            RadixSort.sort(prefixes, indices);
            sortEqual(prefixes, indices);
        }
    }

    /** Sorts ids with equal prefixes by comparing them completely. */
    private void sortEqual(long[] prefixes, int[] indices) {
        int from = 0;
        while (from < indices.length) {
            int to = from + 1;
            while (to < indices.length && prefixes[to] == prefixes[from]) {
                to++;
            }
            if (to - from > 1) {
                IntArrays.quickSort(indices, from, to, ids::compare);
            }
            from = to;
        }
    }

    /** The number of leading bytes that all ids share. */
    private int commonPrefix() {
        int common = ids.length(0);
        for (int index = 1; index < ids.size() && common > 0; index++) {
            int mismatch = Arrays.mismatch(
                    bytes,
                    ids.start(0),
                    ids.start(0) + common,
                    bytes,
                    ids.start(index),
                    ids.start(index) + Math.min(common, ids.length(index)));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    /**
     * The eight bytes after the common prefix of each id, big-endian, padded with zeros: they decide most comparisons.
     */
    private long[] prefixes(int[] indices, int skipped) {
        long[] prefixes = new long[indices.length];
        for (int place = 0; place < indices.length; place++) {
            int start = ids.start(indices[place]);
            int from = start + skipped;
            int end = start + ids.length(indices[place]);
            long word = end - from >= Long.BYTES ? Murmur3.word(bytes, from) : Murmur3.tail(bytes, from, end);
            prefixes[place] = Long.reverseBytes(word);
        }
        return prefixes;
    }
}
