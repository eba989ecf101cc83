package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;

/**
 * Leaves out one example after the other of those that two or more chosen annotators labeled, and sums up how far the
 * mean kappa moves; writes nothing.
 */
public final class PairJackknifePass implements Pass<JackknifeSums> {

    private final PairKappas whole;

    public PairJackknifePass(PairKappas whole) {
        this.whole = whole;
    }

    @Override
    public JackknifeSums newStatistics(Dimensions dimensions) {
        return new JackknifeSums(1);
    }

    @Override
    public void collect(Block block, JackknifeSums statistics) {
        PairPass.Chosen chosen = new PairPass.Chosen(whole.layout());
        for (int example = block.from(); example < block.to(); example++) {
            chosen.take(block.annotations(), example);
            if (chosen.count > 1) {
                statistics.addMoves(0, whole.meanWithout(chosen) - whole.mean(), 1);
            }
        }
    }
}
