package dev.crowdlab.engine.share;

/**
 * How many of the examples are of a class, as a share in [0, 1].
 *
 * @param counted those with this consensus label; NaN if there are no examples
 * @param estimate those that are of this class, corrected by gold; NaN if it was refused
 * @param lower of the 90 % interval, which contains the estimate; NaN if it was refused
 * @param upper of the 90 % interval; NaN if it was refused
 */
public record ClassShare(double counted, double estimate, double lower, double upper) {

    /** Returns whether the counted share lies outside the interval; not if there is none. */
    public boolean isCountOff() {
        return counted < lower || counted > upper;
    }
}
