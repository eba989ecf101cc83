package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;
import java.util.Arrays;
import java.util.List;

/**
 * How probable {@link Committee} finds each class. For example i with consensus c, whose quality Q_i is the probability
 * that c is right,
 *
 * <pre>
 *   P_i[c] = Q_i      P_i[k] = (1 - Q_i) × o_i[k] / sum over j ≠ c of o_i[j]      for k ≠ c
 * </pre>
 *
 * <p>where o_i is the open posterior over all classes ({@link OpenPosterior}). With more than 64 classes the experts
 * treat the classes that nobody gave and no model prefers as one: each expert divides the probability of all of them in
 * proportion to their probabilities before it sees the labels. The quality of an annotation is P_i of its label, lower
 * only where the sum is below 1e-12, which then stands in its place.
 * Immutable; safe for use by many threads.
 *
 * @param likelihoods of the last round
 * @param terms of all experts
 * @param weights [experts] that sum to 1; not modified
 */
@SuppressWarnings("ArrayRecordComponent") // shared, as OpenPosterior shares it
public record CommitteePosterior(OpenLikelihoods likelihoods, List<ClassTerm> terms, double[] weights)
        implements PublishedPosterior.Source {

    /** Dependence of annotations of one example, for confidence. */
    private static final double DEPENDENCE = 0.10;

    public CommitteePosterior {
        terms = List.copyOf(terms);
    }

    /** Returns the working memory of one thread. */
    OpenPosterior open(int modelCount) {
        return new OpenPosterior(likelihoods, terms, weights, DEPENDENCE, modelCount);
    }

    /** Returns o_i, the open posterior itself, without the columns of the consensus. */
    PublishedPosterior openPosterior() {
        return new PublishedPosterior(new Open(this));
    }

    private record Open(CommitteePosterior posterior) implements PublishedPosterior.Source {

        @Override
        public PosteriorReader on(Slice slice) {
            return posterior.new OpenReader(slice);
        }
    }

    @Override
    public PosteriorReader on(Slice slice) {
        return new Reader(slice);
    }

    private class OpenReader extends PosteriorReader {

        private final Block all;
        private final CandidatePosteriors candidates;
        private final OpenPosterior open;

        OpenReader(Slice slice) {
            super(slice);
            all = new Block(slice, slice, 0, slice.exampleCount());
            candidates = new CandidatePosteriors(slice, List.of(Expert.values()));
            open = open(slice.predictions().modelCount());
        }

        @Override
        protected void fillFree(int example, double[] probabilities) {
            candidates.open(example);
            open.open(all, example, candidates);
            open.fill(candidates, probabilities);
        }
    }

    private final class Reader extends OpenReader {

        private final ConsensusLabels consensus;
        private final double[] qualities;

        Reader(Slice slice) {
            super(slice);
            consensus = slice.get(Column.consensus(ConsensusMethod.COMMITTEE));
            qualities = slice.get(Column.quality(ConsensusMethod.COMMITTEE));
        }

        @Override
        protected void fillFree(int example, double[] probabilities) {
            super.fillFree(example, probabilities);
            int chosen = consensus.label(example);
            probabilities[chosen] = 0;
            double others = Arrays.stream(probabilities).sum();
            double wrong = 1 - qualities[example];
            for (int label = 0; label < probabilities.length; label++) {
                probabilities[label] =
                        others > 0 ? wrong * (probabilities[label] / others) : wrong / (probabilities.length - 1);
            }
            probabilities[chosen] = qualities[example];
        }
    }
}
