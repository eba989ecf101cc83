package dev.crowdlab.engine.soft;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;
import org.jspecify.annotations.Nullable;

/** Computes the soft label of one example at a time, see {@link SoftLabels}. Working memory of one thread. */
@NotThreadSafe
public final class SoftLabelReader {

    private static final double VOTE_STRENGTH = 2;
    private static final double HALF = 0.5;

    private final SoftLabels labels;
    private final Annotations annotations;
    private final @Nullable PosteriorReader open;
    /** [classes] F of the example. */
    private final double[] posterior;

    SoftLabelReader(SoftLabels labels, Slice slice) {
        this.labels = labels;
        annotations = slice.annotations();
        PublishedPosterior source = labels.open();
        open = source == null ? null : source.on(slice);
        posterior = new double[labels.classCount()];
    }

    /**
     * Computes the soft label of an example: each probability in [0, 1], their sum 1 up to rounding.
     *
     * @param example its number in the slice
     * @param probabilities [classes] written into
     */
    public void fill(int example, double[] probabilities) {
        fillVotes(example, probabilities);
        if (open != null) {
            open.fill(example, posterior);
            for (int label = 0; label < probabilities.length; label++) {
                double forecast = 0;
                for (int truth = 0; truth < posterior.length; truth++) {
                    forecast += posterior[truth] * labels.pooled(truth, label);
                }
                probabilities[label] = HALF * forecast + HALF * probabilities[label];
            }
        }
    }

    private void fillVotes(int example, double[] probabilities) {
        double total = annotations.size(example) + VOTE_STRENGTH;
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = VOTE_STRENGTH * labels.share(label);
        }
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            probabilities[annotations.label(position)] += 1;
        }
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] /= total;
        }
    }
}
