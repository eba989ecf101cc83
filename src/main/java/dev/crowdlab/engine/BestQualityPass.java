package dev.crowdlab.engine;

/**
 * Third pass: takes the class with the single highest posterior as consensus, or the majority vote where the highest is
 * shared, and counts how annotators and models compare with it otherwise than with the majority vote.
 */
final class BestQualityPass implements Pass<ConsensusStatistics> {

    private static final long serialVersionUID = 1L;

    /** Posteriors closer than this count as equal: rounding in another order of summation stays far below it. */
    static final double SHARED_WITHIN = 1e-12;

    private final Posterior posterior;
    private final Column<ConsensusLabels> consensus;

    /**
     * Prepares the pass.
     *
     * @param posterior computed with the majority vote as provisional consensus
     * @param consensus written; the rule is the majority's where the highest posterior is shared, else NONE
     */
    BestQualityPass(Posterior posterior, Column<ConsensusLabels> consensus) {
        this.posterior = posterior;
        this.consensus = consensus;
    }

    @Override
    public ConsensusStatistics newStatistics(Dimensions dimensions) {
        return new ConsensusStatistics(dimensions);
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(consensus, new ConsensusLabels(slice.exampleCount()));
    }

    @Override
    public void collect(Block block, ConsensusStatistics statistics) {
        ConsensusLabels majority = block.input().get(Column.MAJORITY);
        ConsensusLabels chosen = block.output().get(consensus);
        double[] posteriors = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            int before = majority.label(example);
            if (posterior.isClearlyBest(block, example, before, posteriors)) {
                chosen.decide(example, before, TieBreak.NONE);
            } else {
                posterior.fill(block, example, posteriors);
                int best = highest(posteriors);
                boolean isShared = isShared(posteriors, best);
                int label = isShared ? before : best;
                chosen.decide(example, label, isShared ? majority.rule(example) : TieBreak.NONE);
                if (label != before) {
                    statistics.changeExample(block, example, before, label);
                }
            }
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
