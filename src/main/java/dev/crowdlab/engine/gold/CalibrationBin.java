package dev.crowdlab.engine.gold;

/**
 * The examples with a gold label whose consensus has a quality in a tenth of [0, 1]: how often it was right, and how
 * often it should have been if qualities were probabilities.
 *
 * @param bin from 1 to 10
 * @param count number of examples, at least 1
 * @param meanPredicted mean quality, in [0, 1], summed exactly
 * @param actual share of them whose consensus equals gold, in [0, 1]
 */
public record CalibrationBin(int bin, long count, double meanPredicted, double actual) {

    /** The number of bins. */
    public static final int BIN_COUNT = 10;

    /** Returns the least quality of the bin, in [0, 1). */
    public double lower() {
        return (bin - 1) / (double) BIN_COUNT;
    }

    /** Returns the quality that the bin ends before; the last one has 1 as well. */
    public double upper() {
        return bin / (double) BIN_COUNT;
    }

    /** Returns the bin of a quality in [0, 1]. */
    public static int of(double quality) {
        return Math.min(BIN_COUNT, 1 + (int) (quality * BIN_COUNT));
    }
}
