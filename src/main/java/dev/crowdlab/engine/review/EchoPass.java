package dev.crowdlab.engine.review;

import dev.crowdlab.engine.annotator.MajorityConfusionPass;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;

/**
 * Counts how often models pick the majority where votes are split, and how often the majority is probably right; writes
 * nothing.
 */
final class EchoPass implements Pass<EchoPass.Splits> {

    /** A majority more probable than this says nothing about the model. */
    private static final double MAX_PROBABILITY = 0.95;

    private static final int NONE = -1;

    private final SplitEvidence evidence;

    EchoPass(SplitEvidence evidence) {
        this.evidence = evidence;
    }

    @Override
    public Splits newStatistics(Dimensions dimensions) {
        return new Splits(dimensions);
    }

    @Override
    public void collect(Block block, Splits splits) {
        Annotations annotations = block.annotations();
        ConsensusLabels majority = block.input().get(Column.MAJORITY);
        FixedLabels fixed = FixedLabels.of(block.input());
        int[] votes = new int[annotations.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            if (MajorityConfusionPass.isClear(annotations, majority, fixed, example)) {
                int most = majority.label(example);
                int second = second(annotations, example, most, votes);
                if (second != NONE) {
                    addSplit(block, example, most, second, splits);
                }
            }
        }
    }

    /**
     * Returns the class with the second most votes; NONE if there is none, or several classes share the place.
     *
     * @param votes [classes] working memory: all 0 before and after
     */
    private static int second(Annotations annotations, int example, int most, int[] votes) {
        int second = NONE;
        int highest = 0;
        boolean isShared = false;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int label = annotations.label(position);
            votes[label] += 1;
            if (label != most && votes[label] >= highest) {
                isShared = votes[label] == highest && label != second;
                highest = votes[label];
                second = label;
            }
        }
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            votes[annotations.label(position)] = 0;
        }
        return isShared ? NONE : second;
    }

    private void addSplit(Block block, int example, int most, int second, Splits splits) {
        double probability = evidence.probability(block.annotations(), example, most, second);
        if (probability > MAX_PROBABILITY) {
            return;
        }
        Predictions predictions = block.predictions();
        for (int model = 0; model < predictions.modelCount(); model++) {
            int picked = predictions.mostProbable(model, example);
            boolean isPreferred =
                    ReviewPass.isPreferred(predictions.probability(model, example, picked), predictions.classCount());
            if (isPreferred && (picked == most || picked == second)) {
                splits.add(splits.index(model, most, second), picked == most, probability);
            }
        }
    }

    /** What models pick of the two classes that votes are split between. */
    static final class Splits implements Mergeable<Splits> {

        private static final int REPEATED = 1;
        private static final int PROBABILITY = 2;
        private static final int COLUMNS = 3;

        private final int classCount;
        /**
         * [models × classes × classes × 3] by the class with most votes and the class with second most: the number of
         * examples for which the model picks either, the number for which it picks the first, and the sum of the
         * first's probabilities in units of {@link Grid}.
         */
        private final long[] sums;

        Splits(Dimensions dimensions) {
            classCount = dimensions.classCount();
            sums = new long[dimensions.modelCount() * classCount * classCount * COLUMNS];
        }

        int index(int model, int most, int second) {
            return ((model * classCount + most) * classCount + second) * COLUMNS;
        }

        void add(int index, boolean isRepeated, double probability) {
            sums[index] += 1;
            sums[index + REPEATED] += isRepeated ? 1 : 0;
            sums[index + PROBABILITY] += Grid.of(probability);
        }

        @Override
        public void add(Splits other) {
            Mergeable.add(sums, other.sums);
        }

        long count(int index) {
            return sums[index];
        }

        double repeatedShare(int index) {
            return (double) sums[index + REPEATED] / sums[index];
        }

        double meanProbability(int index) {
            return sums[index + PROBABILITY] * Grid.UNIT / sums[index];
        }
    }
}
