package dev.crowdlab.engine;

/** How the consensus compares with the votes, over all examples. */
final class ReviewStatistics implements Statistics<ReviewStatistics> {

    /** [rules] examples by the rule that the consensus is owed to. */
    final long[] examplesByRule;
    /** [classes] examples by consensus. */
    final long[] examplesByClass;
    /** [2] examples whose consensus nobody gave, and those of them where many annotators agree on another label. */
    private final long[] examplesAgainstVotes;

    ReviewStatistics(Shape shape) {
        examplesByRule = new long[TieBreak.values().length];
        examplesByClass = new long[shape.classCount()];
        examplesAgainstVotes = new long[2];
    }

    /** Counts an example whose consensus nobody gave. */
    void addUnvoted(boolean isOverruling) {
        examplesAgainstVotes[0] += 1;
        examplesAgainstVotes[1] += isOverruling ? 1 : 0;
    }

    @Override
    public void add(ReviewStatistics other) {
        Statistics.add(examplesByRule, other.examplesByRule);
        Statistics.add(examplesByClass, other.examplesByClass);
        Statistics.add(examplesAgainstVotes, other.examplesAgainstVotes);
    }

    long unvotedCount() {
        return examplesAgainstVotes[0];
    }

    long overrulingCount() {
        return examplesAgainstVotes[1];
    }
}
