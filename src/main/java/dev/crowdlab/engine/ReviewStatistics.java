package dev.crowdlab.engine;

import java.util.Arrays;
import java.util.Optional;

/** How the consensus compares with the votes, over all examples. */
final class ReviewStatistics implements Mergeable<ReviewStatistics> {

    /** More are not counted: each thread has its own. */
    private static final int MOST_CELLS = 1 << 20;

    /** [rules] examples by the rule that the consensus is owed to. */
    final long[] examplesByRule;
    /** [classes] examples by consensus. */
    final long[] examplesByClass;
    /** [2] examples whose consensus nobody gave, and those of them where many annotators agree on another label. */
    private final long[] examplesAgainstVotes;

    /** [models × classes × classes] examples by the class that a model finds most probable, then by that with most votes. */
    private final long[] votesByPrediction;

    private final int classCount;

    ReviewStatistics(Dimensions shape) {
        classCount = shape.classCount();
        long cells = (long) shape.modelCount() * classCount * classCount;
        votesByPrediction = new long[classCount > ClassOrder.MOST_CLASSES || cells > MOST_CELLS ? 0 : (int) cells];
        examplesByRule = new long[TieBreak.values().length];
        examplesByClass = new long[shape.classCount()];
        examplesAgainstVotes = new long[2];
    }

    /** Counts an example whose consensus nobody gave. */
    void addUnvoted(boolean isOverruling) {
        examplesAgainstVotes[0] += 1;
        examplesAgainstVotes[1] += isOverruling ? 1 : 0;
    }

    /** Whether predictions are counted by the votes. */
    boolean comparesPredictions() {
        return votesByPrediction.length > 0;
    }

    /** Counts an example whose most votes are for one class. */
    void addPrediction(int model, int predicted, int voted) {
        votesByPrediction[(model * classCount + predicted) * classCount + voted] += 1;
    }

    /** Returns whether the model's classes probably stand in another order. */
    Optional<ClassOrder> suspectedOrder(int model) {
        if (!comparesPredictions()) {
            return Optional.empty();
        }
        long[][] counts = new long[classCount][];
        for (int predicted = 0; predicted < classCount; predicted++) {
            int from = (model * classCount + predicted) * classCount;
            counts[predicted] = Arrays.copyOfRange(votesByPrediction, from, from + classCount);
        }
        return ClassOrder.suspected(counts);
    }

    @Override
    public void add(ReviewStatistics other) {
        Mergeable.add(examplesByRule, other.examplesByRule);
        Mergeable.add(examplesByClass, other.examplesByClass);
        Mergeable.add(examplesAgainstVotes, other.examplesAgainstVotes);
        Mergeable.add(votesByPrediction, other.votesByPrediction);
    }

    long unvotedCount() {
        return examplesAgainstVotes[0];
    }

    long overrulingCount() {
        return examplesAgainstVotes[1];
    }
}
