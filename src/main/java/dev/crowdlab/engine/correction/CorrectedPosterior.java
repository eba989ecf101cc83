package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;
import java.util.Arrays;

/**
 * How probable each class is after a correction by gold: 1 for the class of an example with gold; elsewhere what {@link
 * GoldCorrection} says of the classes, or of the consensus alone, and then the other classes share the rest as in the
 * open posterior; with too little gold the consensus's own. It can be read before and after labels are corrected.
 *
 * @param method whose consensus is corrected
 * @param consensus its posterior
 * @param open its open posterior
 * @param voters whose votes the correction looks at
 */
public record CorrectedPosterior(
        GoldCorrection correction,
        ConsensusMethod method,
        PublishedPosterior consensus,
        PublishedPosterior open,
        Voters voters)
        implements PublishedPosterior.Source {

    /** The class of an example without gold label. */
    static final int UNKNOWN = -1;

    @Override
    public PosteriorReader on(Slice slice) {
        return new Reader(slice);
    }

    private final class Reader extends PosteriorReader {

        private final int[] gold;
        private final ConsensusLabels labels;
        private final PosteriorReader source;
        private final Voters.Reader votes;

        Reader(Slice slice) {
            super(slice);
            gold = slice.get(Column.GOLD);
            labels = slice.get(Column.consensus(method));
            source = (correction.status() == CorrectionStatus.TOO_LITTLE_GOLD ? consensus : open).on(slice);
            votes = voters.on(slice);
        }

        @Override
        protected void fillFree(int example, double[] probabilities) {
            if (gold[example] != UNKNOWN) {
                Arrays.fill(probabilities, 0);
                probabilities[gold[example]] = 1;
                return;
            }
            source.fill(example, probabilities);
            if (correction.status() == CorrectionStatus.CHANGED) {
                votes.correct(correction, example, labels.label(example), probabilities);
            } else if (correction.status() == CorrectionStatus.KEPT) {
                rescale(labels.label(example), probabilities);
            }
        }

        private void rescale(int label, double[] probabilities) {
            double right = correction.probability(label, probabilities);
            probabilities[label] = 0;
            double others = Arrays.stream(probabilities).sum();
            for (int other = 0; other < probabilities.length; other++) {
                double share = others > 0 ? probabilities[other] / others : 1.0 / (probabilities.length - 1);
                probabilities[other] = other == label ? right : (1 - right) * share;
            }
        }
    }
}
