package dev.crowdlab.dataset;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * The places of {@link #NULL} in arrays that are serialized: Java writes every NaN alike, so the
 * places go beside the numbers.
 */
final class NullProbabilities {

    /** Its bits differ from those of every NaN that arithmetic produces. */
    static final double NULL = Double.longBitsToDouble(0x7FF8_0000_0000_0A11L);

    private static final long NULL_BITS = Double.doubleToRawLongBits(NULL);

    private NullProbabilities() {}

    static int[] places(double[] numbers, int count) {
        IntArrayList places = new IntArrayList();
        for (int place = 0; place < count; place++) {
            if (Double.isNaN(numbers[place]) && Double.doubleToRawLongBits(numbers[place]) == NULL_BITS) {
                places.add(place);
            }
        }
        return places.toIntArray();
    }

    static void restore(double[] numbers, int[] places) {
        for (int place : places) {
            numbers[place] = NULL;
        }
    }
}
