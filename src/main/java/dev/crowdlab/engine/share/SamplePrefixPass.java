package dev.crowdlab.engine.share;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;

/** Finds how far the examples are labeled by an expert, in the order of {@link Column#SAMPLE_KEY}. */
public final class SamplePrefixPass implements Pass<SamplePrefix> {

    @Override
    public SamplePrefix newStatistics(Dimensions dimensions) {
        return new SamplePrefix();
    }

    @Override
    public void collect(Block block, SamplePrefix prefix) {
        long[] keys = block.input().get(Column.SAMPLE_KEY);
        int[] gold = block.input().get(Column.GOLD);
        for (int example = block.from(); example < block.to(); example++) {
            prefix.add(keys[example], gold[example] >= 0);
        }
    }
}
