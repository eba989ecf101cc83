package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;

/** Computes the posterior of one example at a time, see {@link PublishedPosterior}. Working memory of one thread. */
@NotThreadSafe
public abstract class PosteriorReader {

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
     * Computes the posterior of an example whose consensus is not fixed; rounding may carry it a little beyond 0 and 1.
     */
    protected abstract void fillFree(int example, double[] probabilities);
}
