package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;

/** Counts equal and different annotations of the same example; writes nothing. */
public final class AgreementPass implements Pass<AgreementPass.Counts> {

    @Override
    public Counts newStatistics(Dimensions dimensions) {
        return new Counts(dimensions);
    }

    @Override
    public void collect(Block block, Counts statistics) {
        Annotations annotations = block.annotations();
        int[] votes = new int[annotations.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            statistics.addExample(annotations, example, votes);
            statistics.sequences.add(annotations, example);
        }
    }

    /** How labels are spread over classes, and how many pairs of them are equal. */
    public static final class Counts implements Mergeable<Counts> {

        /** [largest size + 1] examples by their number of annotations. */
        final long[] examplesBySize;
        /** [largest size + 1] ordered pairs of equal annotations of the same example, by its number of annotations. */
        final long[] agreeingBySize;
        /** [classes] labels of examples with two or more annotations. */
        final long[] comparedByClass;
        /**
         * [classes × 2] exact sum over all labeled examples of the class' share of the example's labels, in two halves.
         */
        final long[] shareSums;

        public final LabelSequences sequences;

        Counts(Dimensions dimensions) {
            this(dimensions.classCount(), dimensions.largestSize());
        }

        Counts(int classCount, int largestSize) {
            examplesBySize = new long[largestSize + 1];
            agreeingBySize = new long[largestSize + 1];
            comparedByClass = new long[classCount];
            shareSums = new long[2 * classCount];
            sequences = new LabelSequences(classCount);
        }

        /**
         * Counts an example.
         *
         * @param votes [classes] working memory: all 0 before and after
         */
        void addExample(Annotations annotations, int example, int[] votes) {
            int size = annotations.size(example);
            int start = annotations.start(example);
            examplesBySize[size] += 1;
            if (size == 1) {
                addShare(annotations.label(start), 1);
                return;
            }
            long agreeing = 0;
            for (int position = start; position < start + size; position++) {
                int label = annotations.label(position);
                agreeing += 2L * votes[label]++;
                comparedByClass[label] += 1;
            }
            agreeingBySize[size] += agreeing;
            for (int position = start; position < start + size; position++) {
                int label = annotations.label(position);
                if (votes[label] > 0) {
                    addShare(label, (double) votes[label] / size);
                    votes[label] = 0;
                }
            }
        }

        private void addShare(int label, double share) {
            FixedPoint.add(shareSums, 2 * label, FixedPoint.of(share));
        }

        @Override
        public void add(Counts other) {
            Mergeable.add(examplesBySize, other.examplesBySize);
            Mergeable.add(agreeingBySize, other.agreeingBySize);
            Mergeable.add(comparedByClass, other.comparedByClass);
            Mergeable.add(shareSums, other.shareSums);
            sequences.add(other.sequences);
        }
    }
}
