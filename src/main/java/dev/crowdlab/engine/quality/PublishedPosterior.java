package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.DawidSkene;
import dev.crowdlab.engine.committee.CommitteePosterior;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;

/**
 * How probable each class is for every example, as the method of the published consensus finds it. Of the methods
 *
 * <ul>
 *   <li>best_quality and majority_vote: the CROWDLAB ensemble q_i with the weights that qualities come from, see {@link
 *       Crowdlab}; the shares of the votes if quality is by agreement, and the models' mean where no example has a
 *       second annotation. Self-confidence that is not adjusted is its value for the label.
 *   <li>dawid_skene: T_i, see {@link DawidSkene}.
 *   <li>committee: for the consensus the probability that it is right; the rest of 1 is divided among the other classes
 *       as the open posterior is, see {@link CommitteePosterior}.
 * </ul>
 *
 * <p>An example whose consensus is fixed has 1 for that class and 0 elsewhere. Nothing is stored: a posterior is
 * computed from the columns of its example when it is read, and is the same to the last bit whoever reads it and in
 * whatever order. Immutable; safe for use by many threads, each with a {@link PosteriorReader} of its own.
 */
public final class PublishedPosterior implements Serializable {

    private final Source source;

    public PublishedPosterior(Source source) {
        this.source = source;
    }

    /** Where posteriors come from. Immutable. */
    public interface Source extends Serializable {

        PosteriorReader on(Slice slice);
    }

    /** Returns the posterior that the qualities of a consensus are read off. */
    public static PublishedPosterior of(Posterior posterior) {
        return new PublishedPosterior(new OfQualities(posterior));
    }

    /**
     * Returns what computes the posteriors of a slice.
     *
     * @param slice as {@link Crowdlab#estimate} left it
     */
    public PosteriorReader on(Slice slice) {
        return source.on(slice);
    }

    private record OfQualities(Posterior posterior) implements Source {

        @Override
        public PosteriorReader on(Slice slice) {
            Block all = new Block(slice, slice, 0, slice.exampleCount());
            return new PosteriorReader(slice) {

                @Override
                protected void fillFree(int example, double[] probabilities) {
                    posterior.fill(all, example, probabilities);
                }
            };
        }
    }
}
