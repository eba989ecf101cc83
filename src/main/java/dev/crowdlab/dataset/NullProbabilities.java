package dev.crowdlab.dataset;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * The places of {@link PredictionBlock#NULL_PROBABILITY} in arrays that are serialized: Java writes every NaN alike, so the
 * places go beside the numbers.
 */
final class NullProbabilities {

    private static final long NULL_BITS = Double.doubleToRawLongBits(PredictionBlock.NULL_PROBABILITY);

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
            numbers[place] = PredictionBlock.NULL_PROBABILITY;
        }
    }
}
