package dev.crowdlab.engine;

/** Counts that need the votes and nothing else, and those of the majority vote as far as it is decided. */
final class VoteStatistics implements Statistics<VoteStatistics> {

    /** [largest size + 1] examples by their number of annotations. */
    final long[] examplesBySize;
    /** [classes] votes over the whole data set. */
    final long[] votesByClass;
    /** [annotators] labels given. */
    final long[] labelCounts;
    /** [annotators] others' labels on the same examples: the sum of n_i - 1. */
    final long[] pairs;
    /** [annotators] those of the pairs where both labels are equal. */
    final long[] agreeingPairs;
    /** [annotators] labels on examples that votes alone decide. */
    final long[] clearLabels;
    /** [annotators] those of the clear labels that are equal to the majority. */
    final long[] clearAgreeing;
    /** Counts of the majority vote where the example alone decides it. */
    final ConsensusStatistics majority;

    VoteStatistics(Shape shape) {
        examplesBySize = new long[shape.largestSize() + 1];
        votesByClass = new long[shape.classCount()];
        labelCounts = new long[shape.annotatorCount()];
        pairs = new long[shape.annotatorCount()];
        agreeingPairs = new long[shape.annotatorCount()];
        clearLabels = new long[shape.annotatorCount()];
        clearAgreeing = new long[shape.annotatorCount()];
        majority = new ConsensusStatistics(shape);
    }

    /** Counts the votes of the example that is open in the ballot. */
    void addVotes(Annotations annotations, int example, Ballot ballot) {
        int others = annotations.size(example) - 1;
        examplesBySize[others + 1] += 1;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int annotator = annotations.annotator(position);
            int label = annotations.label(position);
            votesByClass[label] += 1;
            labelCounts[annotator] += 1;
            pairs[annotator] += others;
            agreeingPairs[annotator] += ballot.votes(label) - 1;
        }
    }

    /** Counts who voted for the winner of an example that votes alone decide. */
    void addClearWinner(Annotations annotations, int example, int winner) {
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int annotator = annotations.annotator(position);
            clearLabels[annotator] += 1;
            clearAgreeing[annotator] += annotations.label(position) == winner ? 1 : 0;
        }
    }

    @Override
    public void add(VoteStatistics other) {
        Statistics.add(examplesBySize, other.examplesBySize);
        Statistics.add(votesByClass, other.votesByClass);
        Statistics.add(labelCounts, other.labelCounts);
        Statistics.add(pairs, other.pairs);
        Statistics.add(agreeingPairs, other.agreeingPairs);
        Statistics.add(clearLabels, other.clearLabels);
        Statistics.add(clearAgreeing, other.clearAgreeing);
        majority.add(other.majority);
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
