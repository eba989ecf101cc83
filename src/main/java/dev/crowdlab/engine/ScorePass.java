package dev.crowdlab.engine;

/** Last pass for a consensus: its quality, example by example. Each block writes into its own range of the array. */
final class ScorePass {

    private final Posterior posterior;
    private final boolean isAgreement;
    private final Decisions consensus;
    private final double[] qualities;

    /**
     * Prepares the pass.
     *
     * @param posterior computed with the consensus
     * @param isAgreement whether the quality is the share of annotations equal to the consensus instead of its score
     * @param consensus decided for every example; not modified
     * @param qualities [examples] written into
     */
    ScorePass(Posterior posterior, boolean isAgreement, Decisions consensus, double[] qualities) {
        this.posterior = posterior;
        this.isAgreement = isAgreement;
        this.consensus = consensus;
        this.qualities = qualities;
    }

    void score(Block block, QualitySum sum) {
        double[] posteriors = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            sum.addScore(scoreExample(block, example, posteriors));
        }
    }

    /** Scores the example's consensus, leaves its posterior in {@code posteriors}, and returns the score. */
    double scoreExample(Block block, int example, double[] posteriors) {
        posterior.fill(block, example, posteriors);
        double quality = isAgreement
                ? block.annotations().agreement(example, consensus.label(example))
                : Posterior.score(posteriors, consensus.label(example));
        qualities[example] = quality;
        return quality;
    }

    int label(int example) {
        return consensus.label(example);
    }
}
