package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;

/** Computes the posterior of one example at a time, see {@link PublishedPosterior}. Working memory of one thread. */
@NotThreadSafe
public abstract class PosteriorReader {

    /** Rounding must not carry the median one class too far. */
    private static final double HALF = 0.5 - 1e-12;

    private final FixedLabels fixed;

    public PosteriorReader(Slice slice) {
        fixed = FixedLabels.of(slice);
    }

    /**
     * Computes the posterior of an example: each probability in [0, 1], their sum 1 up to rounding.
     *
     * @param example its number in the slice
     * @param probabilities [classes] written into
     */
    public final void fill(int example, double[] probabilities) {
        int label = fixed.label(example);
        if (label == FixedLabels.FREE) {
            fillFree(example, probabilities);
        }
        for (int other = 0; other < probabilities.length; other++) {
            probabilities[other] =
                    label == FixedLabels.FREE ? Math.max(0, Math.min(1, probabilities[other])) : other == label ? 1 : 0;
        }
    }

    /**
     * Finds the median of the posterior of classes in an order: the first by which half of it is reached.
     *
     * @param example its number in the slice
     * @param probabilities [classes] written into
     */
    public final int median(int example, double[] probabilities) {
        fill(example, probabilities);
        double reached = 0;
        for (int label = 0; label < probabilities.length - 1; label++) {
            reached += probabilities[label];
            if (reached >= HALF) {
                return label;
            }
        }
        return probabilities.length - 1;
    }

    /**
     * Computes the posterior of an example whose consensus is not fixed; rounding may carry it a little beyond 0 and 1.
     */
    protected abstract void fillFree(int example, double[] probabilities);
}
