package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.vote.ConsensusStatistics;

/**
 * Third pass: takes the class with the single highest posterior as consensus, or the majority vote where the highest is
 * shared or the consensus is fixed, and counts how annotators and models compare with it otherwise than with the
 * majority vote.
 */
public final class BestQualityPass implements Pass<ConsensusStatistics> {

    private final Posterior posterior;
    private final Column<ConsensusLabels> consensus;
    private final boolean isAmongHighest;

    /**
     * Prepares the pass.
     *
     * @param posterior computed with the majority vote as provisional consensus
     * @param consensus written; the rule is the majority's where the highest posterior is shared, else NONE
     * @param isAmongHighest whether, where the highest posterior is shared by other classes than the majority vote, the
     *     first of them is taken, by the rule CLASS_ORDER; CROWDLAB takes the majority vote
     */
    public BestQualityPass(Posterior posterior, Column<ConsensusLabels> consensus, boolean isAmongHighest) {
        this.posterior = posterior;
        this.consensus = consensus;
        this.isAmongHighest = isAmongHighest;
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
        FixedLabels fixed = FixedLabels.of(block.input());
        double[] posteriors = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            int before = majority.label(example);
            if (fixed.label(example) != FixedLabels.FREE
                    || posterior.isClearlyBest(block, example, before, posteriors)) {
                chosen.decide(example, before, TieBreak.NONE);
            } else {
                posterior.fill(block, example, posteriors);
                decide(posteriors, example, majority, chosen);
                if (chosen.label(example) != before) {
                    statistics.changeExample(block, example, before, chosen.label(example));
                }
            }
        }
    }

    private void decide(double[] posteriors, int example, ConsensusLabels majority, ConsensusLabels chosen) {
        int best = highest(posteriors);
        double threshold = posteriors[best] - Posterior.SHARED_WITHIN;
        if (!isShared(posteriors, threshold)) {
            chosen.decide(example, best, TieBreak.NONE);
        } else if (isAmongHighest && posteriors[majority.label(example)] < threshold) {
            chosen.decide(example, best, TieBreak.CLASS_ORDER);
        } else {
            chosen.decide(example, majority.label(example), majority.rule(example));
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

    private static boolean isShared(double[] posteriors, double threshold) {
        int sharers = 0;
        for (double posterior : posteriors) {
            sharers += posterior >= threshold ? 1 : 0;
        }
        return sharers > 1;
    }
}
