package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;

/** Collects the examples with {@link Column#GOLD}, with what a consensus made of them. */
public final class GoldExamplePass implements Pass<GoldExamples> {

    private final ConsensusMethod method;
    private final PublishedPosterior open;
    private final Voters voters;

    /**
     * Prepares the pass.
     *
     * @param method whose consensus is read
     * @param open its open posterior
     * @param voters whose votes are read
     */
    public GoldExamplePass(ConsensusMethod method, PublishedPosterior open, Voters voters) {
        this.method = method;
        this.open = open;
        this.voters = voters;
    }

    @Override
    public GoldExamples newStatistics(Dimensions dimensions) {
        return new GoldExamples();
    }

    @Override
    public void collect(Block block, GoldExamples examples) {
        int[] gold = block.input().get(Column.GOLD);
        long[] orders = block.input().get(Column.GOLD_ORDER);
        ConsensusLabels consensus = block.input().get(Column.consensus(method));
        PosteriorReader reader = open.on(block.input());
        Voters.Reader votes = voters.on(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            if (gold[example] != CorrectedPosterior.UNKNOWN && examples.takes(orders[example])) {
                double[] posterior = new double[block.annotations().classCount()];
                reader.fill(example, posterior);
                examples.add(votes.gold(example, orders[example], gold[example], consensus.label(example), posterior));
            }
        }
    }
}
