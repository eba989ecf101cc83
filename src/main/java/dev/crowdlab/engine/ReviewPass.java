package dev.crowdlab.engine;

/** Looks at a finished consensus from the side of the votes. */
final class ReviewPass {

    private final Decisions consensus;

    /**
     * Prepares the pass.
     *
     * @param consensus decided for every example; not modified
     */
    ReviewPass(Decisions consensus) {
        this.consensus = consensus;
    }

    void collect(Block block, ReviewStatistics statistics) {
        Annotations annotations = block.annotations();
        for (int example = block.from(); example < block.to(); example++) {
            int label = consensus.label(example);
            statistics.examplesByRule[consensus.rule(example).code()] += 1;
            statistics.examplesByClass[label] += 1;
            if (annotations.votes(example, label) == 0) {
                statistics.addUnvoted(areManyUnanimous(annotations, example));
            }
        }
    }

    private static boolean areManyUnanimous(Annotations annotations, int example) {
        int size = annotations.size(example);
        int first = annotations.label(annotations.start(example));
        return size >= ConsensusReview.MANY && annotations.votes(example, first) == size;
    }
}
