package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import java.util.Arrays;

/** Counts that need only the votes, and those of the majority vote as far as the votes decide it. */
public final class Votes implements Mergeable<Votes> {

    private static final int PAIRS = 1;
    private static final int CLEAR_AGREEING = 2;
    private static final int COLUMNS = 3;
    private static final long LOW_MASK = (1L << Integer.SIZE) - 1;

    /** [largest size + 1] examples by their number of annotations. */
    public final long[] examplesBySize;
    /** [classes] votes over the whole data set. */
    public final long[] votesByClass;
    /**
     * [annotators × 3] first the labels given, in the high half, and the labels on examples that votes alone decide, in
     * the low half; then the pairs with others' labels of the same examples, which is the sum of n_i - 1, in the high
     * half, and those of them where both labels are equal, in the low half; then the clear labels equal to the
     * majority. No count exceeds the annotations of the data set, as an annotator labels an example once, and these fit
     * into an int. Two counts in one number and an annotator's side by side: fewer additions and cache misses.
     */
    private final long[] annotatorCounts;
    /** [annotators] abstentions on labeled examples. */
    private final long[] abstentions;
    /** [1] answers on examples with several of them, less labels on examples with several labels. */
    private final long[] answersBesideLabels = new long[1];
    /** Counts of the majority vote where the example alone decides it. */
    public final ConsensusStatistics majority;

    Votes(Dimensions dimensions) {
        examplesBySize = new long[dimensions.largestSize() + 1];
        votesByClass = new long[dimensions.classCount()];
        annotatorCounts = new long[COLUMNS * dimensions.annotatorCount()];
        abstentions = new long[dimensions.annotatorCount()];
        majority = new ConsensusStatistics(dimensions);
    }

    /**
     * Counts the abstentions on the example, whose labels are counted as votes.
     *
     * @param answers labels and abstentions
     * @param labelCount how many of them are labels
     */
    void addAbstentions(Annotations answers, int example, int labelCount) {
        int size = answers.size(example);
        if (size == labelCount) {
            return;
        }
        answersBesideLabels[0] += labelCount == 1 ? size : size - labelCount;
        for (int position = answers.start(example); position < answers.end(example); position++) {
            if (answers.label(position) == votesByClass.length) {
                abstentions[answers.annotator(position)] += 1;
            }
        }
    }

    /**
     * Counts the votes of the example that is open in the ballot.
     *
     * @param winner the class that has most votes; -1 if several have
     */
    void addVotes(Annotations annotations, int example, VoteCount ballot, int winner) {
        int size = annotations.size(example);
        long labels = (1L << Integer.SIZE) + (winner < 0 ? 0 : 1);
        long others = ((size - 1L) << Integer.SIZE) - 1;
        examplesBySize[size] += 1;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int label = annotations.label(position);
            int row = COLUMNS * annotations.annotator(position);
            votesByClass[label] += 1;
            annotatorCounts[row] += labels;
            annotatorCounts[row + PAIRS] += others + ballot.votes(label);
            annotatorCounts[row + CLEAR_AGREEING] += label == winner ? 1 : 0;
        }
    }

    @Override
    public void add(Votes other) {
        Mergeable.add(examplesBySize, other.examplesBySize);
        Mergeable.add(votesByClass, other.votesByClass);
        Mergeable.add(annotatorCounts, other.annotatorCounts);
        Mergeable.add(abstentions, other.abstentions);
        Mergeable.add(answersBesideLabels, other.answersBesideLabels);
        majority.add(other.majority);
    }

    public int annotatorCount() {
        return annotatorCounts.length / COLUMNS;
    }

    /** Returns how many labels the annotator gave. */
    public long labelCount(int annotator) {
        return annotatorCounts[COLUMNS * annotator] >>> Integer.SIZE;
    }

    /** Returns how often the annotator labeled an example or abstained on one. */
    public long answerCount(int annotator) {
        return labelCount(annotator) + abstentions[annotator];
    }

    /** Returns how often anybody abstained on an example that somebody labeled. */
    public long abstentionCount() {
        return Arrays.stream(abstentions).sum();
    }

    /** Returns how many kinds of answers there are: the classes, and abstaining if anybody does. */
    public int answerKindCount() {
        return votesByClass.length + (abstentionCount() > 0 ? 1 : 0);
    }

    /** Returns the number of labels and abstentions on examples with more than one of them. */
    public long multiAnswerCount() {
        return multiAnnotationCount() + answersBesideLabels[0];
    }

    /** Returns the number of others' labels on the same examples: the sum of n_i - 1. */
    long pairs(int annotator) {
        return annotatorCounts[COLUMNS * annotator + PAIRS] >>> Integer.SIZE;
    }

    /** Returns how many of the pairs are of equal labels. */
    public long agreeingPairs(int annotator) {
        return annotatorCounts[COLUMNS * annotator + PAIRS] & LOW_MASK;
    }

    /** Returns how many labels the annotator gave to examples that votes alone decide. */
    public long clearLabels(int annotator) {
        return annotatorCounts[COLUMNS * annotator] & LOW_MASK;
    }

    /** Returns how many of the clear labels are equal to the majority. */
    public long clearAgreeing(int annotator) {
        return annotatorCounts[COLUMNS * annotator + CLEAR_AGREEING];
    }

    /** Returns how many annotators have labels. */
    public int labelingCount() {
        int count = 0;
        for (int annotator = 0; annotator < annotatorCount(); annotator++) {
            count += labelCount(annotator) > 0 ? 1 : 0;
        }
        return count;
    }

    /** Returns the number of examples with more than one annotation. */
    public long multiExampleCount() {
        long count = 0;
        for (int size = 2; size < examplesBySize.length; size++) {
            count += examplesBySize[size];
        }
        return count;
    }

    /** Returns the number of annotations of examples with more than one. */
    public long multiAnnotationCount() {
        long count = 0;
        for (int size = 2; size < examplesBySize.length; size++) {
            count += size * examplesBySize[size];
        }
        return count;
    }

    /** Returns the mean number of annotations over all examples; NaN if there are none. */
    public double meanSize() {
        long examples = 0;
        long annotations = 0;
        for (int size = 1; size < examplesBySize.length; size++) {
            examples += examplesBySize[size];
            annotations += size * examplesBySize[size];
        }
        return (double) annotations / examples;
    }
}
