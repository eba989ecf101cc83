package dev.crowdlab.engine;

/** Last pass for a consensus: its quality, example by example. Each block writes into its own range of the array. */
final class ScorePass {

    private final LabelScoring scoring;
    private final ConsensusLabels consensus;
    private final double[] qualities;

    /**
     * Prepares the pass.
     *
     * @param scoring how qualities follow from the posterior, which was computed with the consensus
     * @param consensus decided for every example; not modified
     * @param qualities [examples] written into
     */
    ScorePass(LabelScoring scoring, ConsensusLabels consensus, double[] qualities) {
        this.scoring = scoring;
        this.consensus = consensus;
        this.qualities = qualities;
    }

    void score(Block block, ExactMean sum) {
        LabelScoring.ExampleScorer reader = reader(block);
        for (int example = block.from(); example < block.to(); example++) {
            sum.addScore(scoreExample(block, example, reader));
        }
    }

    LabelScoring.ExampleScorer reader(Block block) {
        return scoring.reader(block.annotations().classCount());
    }

    /** Scores the example's consensus, leaves the reader open at it, and returns the score. */
    double scoreExample(Block block, int example, LabelScoring.ExampleScorer reader) {
        reader.open(block, example);
        qualities[example] = reader.consensusQuality(consensus.label(example));
        return qualities[example];
    }

    int label(int example) {
        return consensus.label(example);
    }
}
