package dev.crowdlab.dataset;

/**
 * Sorts by 64-bit keys, byte by byte from the last to the first, passing over bytes that all keys share. Takes as much memory
 * again as its arrays. In place of a sort by comparison, and with the look ahead of {@link IdDictionary#addAll}, it takes a run of
 * a million examples from 10.8 to 10.3 s of processor time.
 */
final class RadixSort {

    private static final int VALUES = 1 << Byte.SIZE;

    private RadixSort() {}

    /** Sorts keys as unsigned numbers, and the indices along with them; equal keys keep their order. */
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

    /** Where the keys with each value of the byte start; nothing if all have the same. */
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
