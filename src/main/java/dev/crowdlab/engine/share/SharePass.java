package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the consensus labels of a method, by {@link Column#PERIOD} if that is wanted, and those of the examples with random gold by true class. Gold
 * is random up to the end of the sample, or everywhere if nobody says how it was chosen.
 */
public final class SharePass implements Pass<ShareCounts> {

    private final ConsensusMethod method;
    private final boolean byPeriod;
    private final boolean hasGold;
    private final @Nullable SamplePrefix prefix;

    /**
     * Prepares the pass.
     *
     * @param method whose consensus and quality are in their columns
     * @param byPeriod whether {@link Column#PERIOD} is to be read
     * @param hasGold whether {@link Column#GOLD} is to be read
     * @param prefix how far the sample is answered; empty if nobody says how gold was chosen
     */
    public SharePass(ConsensusMethod method, boolean byPeriod, boolean hasGold, Optional<SamplePrefix> prefix) {
        this.method = method;
        this.byPeriod = byPeriod;
        this.hasGold = hasGold;
        this.prefix = prefix.orElse(null);
    }

    @Override
    public ShareCounts newStatistics(Dimensions dimensions) {
        return new ShareCounts(dimensions);
    }

    @Override
    public void collect(Block block, ShareCounts counts) {
        Slice slice = block.input();
        ConsensusLabels consensus = slice.get(Column.consensus(method));
        double[] qualities = slice.get(Column.quality(method));
        int[] periods = byPeriod ? slice.get(Column.PERIOD) : new int[0];
        int none = block.annotations().classCount();
        SampledGold gold = SampledGold.of(slice, hasGold, prefix);
        for (int example = block.from(); example < block.to(); example++) {
            int label = consensus.label(example) < 0 ? none : consensus.label(example);
            int period = periods.length == 0 ? -1 : periods[example];
            counts.addExample(period, label, qualities[example]);
            int truth = gold.label(example);
            if (truth >= 0) {
                counts.addGold(period, truth, label, qualities[example]);
            }
        }
    }
}
