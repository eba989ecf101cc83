package dev.crowdlab.engine.review;

import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.TieBreak;
import java.util.Arrays;
import java.util.Optional;

/** How the consensus compares with the votes, over all examples. */
public final class VoteComparison implements Mergeable<VoteComparison> {

    /** With more cells than this, predictions are not compared with votes, because each thread has cells of its own. */
    private static final int MAX_CELLS = 1 << 20;

    /** [rules] examples by the rule that decided the consensus. */
    final long[] examplesByRule;
    /** [classes] examples by consensus. */
    final long[] examplesByClass;
    /** [methods] examples to which the method gives the same label as the first one. */
    final long[] examplesByMethod;
    /**
     * [3] examples whose consensus no annotator gave; those of them on which many annotators agree on another label;
     * examples whose consensus is not the majority vote.
     */
    private final long[] examplesAgainstVotes;

    /**
     * [models × classes × classes] examples by the class that a model finds most probable, then by that with most
     * votes.
     */
    private final long[] votesByPrediction;

    private final int classCount;

    VoteComparison(Dimensions dimensions, int methodCount) {
        classCount = dimensions.classCount();
        long cells = (long) dimensions.modelCount() * classCount * classCount;
        votesByPrediction = new long[classCount > ClassOrder.MAX_CLASSES || cells > MAX_CELLS ? 0 : (int) cells];
        examplesByRule = new long[TieBreak.values().length];
        examplesByClass = new long[dimensions.classCount()];
        examplesByMethod = new long[methodCount];
        examplesAgainstVotes = new long[3];
    }

    /** Counts an example whose consensus no annotator gave. */
    void addUnvoted(boolean isOverruling) {
        examplesAgainstVotes[0] += 1;
        examplesAgainstVotes[1] += isOverruling ? 1 : 0;
    }

    /** Counts an example whose consensus is not the majority vote. */
    void addChanged() {
        examplesAgainstVotes[2] += 1;
    }

    /** Returns whether predictions are counted by the votes. */
    boolean comparesPredictions() {
        return votesByPrediction.length > 0;
    }

    /** Counts an example whose most votes are for one class, if the model prefers one. */
    void addPrediction(int model, int predicted, double probability, int voted) {
        if (ReviewPass.isPreferred(probability, classCount)) {
            votesByPrediction[(model * classCount + predicted) * classCount + voted] += 1;
        }
    }

    /** Returns whether the model's classes are probably in another order. */
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

    /**
     * Returns the share of examples on which the model prefers the class with most votes, in [0, 1]; NaN if none is
     * counted.
     */
    double agreement(int model) {
        long agreeing = 0;
        long total = 0;
        for (int cell = 0; comparesPredictions() && cell < classCount * classCount; cell++) {
            long count = votesByPrediction[model * classCount * classCount + cell];
            agreeing += cell % (classCount + 1) == 0 ? count : 0; // both classes are the same
            total += count;
        }
        return (double) agreeing / total;
    }

    @Override
    public void add(VoteComparison other) {
        Mergeable.add(examplesByRule, other.examplesByRule);
        Mergeable.add(examplesByClass, other.examplesByClass);
        Mergeable.add(examplesByMethod, other.examplesByMethod);
        Mergeable.add(examplesAgainstVotes, other.examplesAgainstVotes);
        Mergeable.add(votesByPrediction, other.votesByPrediction);
    }

    long unvotedCount() {
        return examplesAgainstVotes[0];
    }

    long overrulingCount() {
        return examplesAgainstVotes[1];
    }

    long changedCount() {
        return examplesAgainstVotes[2];
    }
}
