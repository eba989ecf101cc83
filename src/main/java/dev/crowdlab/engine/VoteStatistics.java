package dev.crowdlab.engine;

/** Counts that need the votes and nothing else, and those of the majority vote as far as it is decided. */
final class VoteStatistics implements Statistics<VoteStatistics> {

    private static final int PAIRS = 1;
    private static final int AGREEING_PAIRS = 2;
    private static final int CLEAR_LABELS = 3;
    private static final int CLEAR_AGREEING = 4;
    private static final int COLUMNS = 5;

    /** [largest size + 1] examples by their number of annotations. */
    final long[] examplesBySize;
    /** [classes] votes over the whole data set. */
    final long[] votesByClass;
    /**
     * [annotators × 5] labels given; others' labels on the same examples, the sum of n_i - 1; those of these pairs where both
     * labels are equal; labels on examples that votes alone decide; those of them that are equal to the majority. An
     * annotator's counts stand together, which saves cache misses where annotators are many.
     */
    private final long[] annotatorCounts;
    /** Counts of the majority vote where the example alone decides it. */
    final ConsensusStatistics majority;

    VoteStatistics(Shape shape) {
        examplesBySize = new long[shape.largestSize() + 1];
        votesByClass = new long[shape.classCount()];
        annotatorCounts = new long[COLUMNS * shape.annotatorCount()];
        majority = new ConsensusStatistics(shape);
    }

    /**
     * Counts the votes of the example that is open in the ballot.
     *
     * @param winner the class that has most votes; -1 if several have
     */
    void addVotes(Annotations annotations, int example, Ballot ballot, int winner) {
        int others = annotations.size(example) - 1;
        int isClear = winner < 0 ? 0 : 1;
        examplesBySize[others + 1] += 1;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int label = annotations.label(position);
            int row = COLUMNS * annotations.annotator(position);
            votesByClass[label] += 1;
            annotatorCounts[row] += 1;
            annotatorCounts[row + PAIRS] += others;
            annotatorCounts[row + AGREEING_PAIRS] += ballot.votes(label) - 1;
            annotatorCounts[row + CLEAR_LABELS] += isClear;
            annotatorCounts[row + CLEAR_AGREEING] += label == winner ? 1 : 0;
        }
    }

    @Override
    public void add(VoteStatistics other) {
        Statistics.add(examplesBySize, other.examplesBySize);
        Statistics.add(votesByClass, other.votesByClass);
        Statistics.add(annotatorCounts, other.annotatorCounts);
        majority.add(other.majority);
    }

    int annotatorCount() {
        return annotatorCounts.length / COLUMNS;
    }

    /** Returns how many labels the annotator gave. */
    long labelCount(int annotator) {
        return annotatorCounts[COLUMNS * annotator];
    }

    /** Returns the number of others' labels on the same examples: the sum of n_i - 1. */
    long pairs(int annotator) {
        return annotatorCounts[COLUMNS * annotator + PAIRS];
    }

    /** Returns how many of the pairs are of equal labels. */
    long agreeingPairs(int annotator) {
        return annotatorCounts[COLUMNS * annotator + AGREEING_PAIRS];
    }

    /** Returns how many labels the annotator gave to examples that votes alone decide. */
    long clearLabels(int annotator) {
        return annotatorCounts[COLUMNS * annotator + CLEAR_LABELS];
    }

    /** Returns how many of the clear labels are equal to the majority. */
    long clearAgreeing(int annotator) {
        return annotatorCounts[COLUMNS * annotator + CLEAR_AGREEING];
    }

    /** Returns the number of examples with more than one annotation. */
    long multiExampleCount() {
        long count = 0;
        for (int size = 2; size < examplesBySize.length; size++) {
            count += examplesBySize[size];
        }
        return count;
    }

    /** Returns the mean number of annotations over all examples; NaN if there are none. */
    double meanSize() {
        long examples = 0;
        long annotations = 0;
        for (int size = 1; size < examplesBySize.length; size++) {
            examples += examplesBySize[size];
            annotations += size * examplesBySize[size];
        }
        return (double) annotations / examples;
    }
}
