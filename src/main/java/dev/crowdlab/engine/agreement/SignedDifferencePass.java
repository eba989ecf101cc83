package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;

/** Sums up by annotator how far above the consensus its labels are; writes nothing. */
public final class SignedDifferencePass implements Pass<SignedDifferencePass.Sums> {

    private final ClassScale scale;
    private final ConsensusMethod method;

    /**
     * Prepares the pass.
     *
     * @param method whose consensus is in its column
     */
    public SignedDifferencePass(ClassScale scale, ConsensusMethod method) {
        this.scale = scale;
        this.method = method;
    }

    @Override
    public Sums newStatistics(Dimensions dimensions) {
        return new Sums(dimensions);
    }

    @Override
    public void collect(Block block, Sums statistics) {
        Annotations annotations = block.annotations();
        ConsensusLabels consensus = block.input().get(Column.consensus(method));
        for (int example = block.from(); example < block.to(); example++) {
            int label = consensus.label(example);
            long place = label < 0 ? 0 : scale.place(label);
            for (int position = annotations.start(example);
                    label >= 0 && position < annotations.end(example);
                    position++) {
                long difference = scale.place(annotations.label(position)) - place;
                statistics.add(annotations.annotator(position), difference);
            }
        }
    }

    /** Sums over the labels of each annotator. */
    public static final class Sums implements Mergeable<Sums> {

        /** [annotators] how many there are. */
        final long[] counts;
        /** [annotators] of the differences of places. */
        final long[] differences;
        /** [annotators] of their squares. */
        final long[] squares;

        Sums(Dimensions dimensions) {
            counts = new long[dimensions.annotatorCount()];
            differences = new long[dimensions.annotatorCount()];
            squares = new long[dimensions.annotatorCount()];
        }

        private void add(int annotator, long difference) {
            counts[annotator] += 1;
            differences[annotator] += difference;
            squares[annotator] += difference * difference;
        }

        @Override
        public void add(Sums other) {
            Mergeable.add(counts, other.counts);
            Mergeable.add(differences, other.differences);
            Mergeable.add(squares, other.squares);
        }
    }
}
