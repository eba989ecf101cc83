package dev.crowdlab.engine;

/**
 * Third pass: takes the class with the single highest posterior as consensus, or the majority vote where the highest is
 * shared, and counts how annotators and models compare with it otherwise than with the majority vote.
 */
final class BestQualityPass {

    /** Posteriors closer than this count as equal: rounding in another order of summation stays far below it. */
    static final double SHARED_WITHIN = 1e-12;

    private final Posterior posterior;
    private final ConsensusLabels majority;
    private final ConsensusLabels consensus;

    /**
     * Prepares the pass.
     *
     * @param posterior computed with the majority vote as provisional consensus
     * @param majority decided for every example; not modified
     * @param consensus written into, each block into its own range; the rule is the majority's where the highest
     *     posterior is shared
     */
    BestQualityPass(Posterior posterior, ConsensusLabels majority, ConsensusLabels consensus) {
        this.posterior = posterior;
        this.majority = majority;
        this.consensus = consensus;
    }

    void choose(Block block, ConsensusStatistics statistics) {
        double[] posteriors = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            int before = majority.label(example);
            if (posterior.isClearlyBest(block, example, before, posteriors)) {
                consensus.decide(example, before, TieBreak.NONE);
            } else {
                posterior.fill(block, example, posteriors);
                decide(example, posteriors);
                if (consensus.label(example) != before) {
                    statistics.changeExample(block, example, before, consensus.label(example));
                }
            }
        }
    }

    private void decide(int example, double[] posteriors) {
        int best = highest(posteriors);
        if (isShared(posteriors, best)) {
            consensus.decide(example, majority.label(example), majority.rule(example));
        } else {
            consensus.decide(example, best, TieBreak.NONE);
        }
    }

    private static int highest(double[] posteriors) {
        int best = 0;
        double highest = posteriors[0];
        for (int label = 1; label < posteriors.length; label++) {
            if (posteriors[label] > highest) {
                highest = posteriors[label];
                best = label;
            }
        }
        return best;
    }

    private static boolean isShared(double[] posteriors, int best) {
        double threshold = posteriors[best] - SHARED_WITHIN;
        int sharers = 0;
        for (double posterior : posteriors) {
            sharers += posterior >= threshold ? 1 : 0;
        }
        return sharers > 1;
    }
}
