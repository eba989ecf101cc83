package dev.crowdlab.engine;

/** Looks at a finished consensus from the side of the votes. */
final class ReviewPass {

    /** A model that prefers no class by more says nothing about their order. */
    private static final double LEAST_PREFERENCE = 1e-12;

    private final ConsensusLabels consensus;
    private final ConsensusLabels majority;

    /**
     * Prepares the pass.
     *
     * @param consensus decided for every example; not modified
     * @param majority decided for every example; not modified
     */
    ReviewPass(ConsensusLabels consensus, ConsensusLabels majority) {
        this.consensus = consensus;
        this.majority = majority;
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
            if (majority.rule(example) == TieBreak.VOTES && statistics.comparesPredictions()) {
                addPredictions(block.predictions(), example, statistics);
            }
        }
    }

    private void addPredictions(Predictions predictions, int example, ReviewStatistics statistics) {
        for (int model = 0; model < predictions.modelCount(); model++) {
            int predicted = predictions.mostProbable(model, example);
            double preference = predictions.probability(model, example, predicted) - 1.0 / predictions.classCount();
            if (preference > LEAST_PREFERENCE) {
                statistics.addPrediction(model, predicted, majority.label(example));
            }
        }
    }

    private static boolean areManyUnanimous(Annotations annotations, int example) {
        int size = annotations.size(example);
        int first = annotations.label(annotations.start(example));
        return size >= ConsensusReview.MANY && annotations.votes(example, first) == size;
    }
}
