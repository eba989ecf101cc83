package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import java.util.List;

/**
 * Leaves out one example after the other of those that two or more chosen annotators labeled, and sums up how far the
 * mean weighted kappas move; writes nothing.
 */
public final class WeightedJackknifePass implements Pass<JackknifeSums> {

    private final PairLayout layout;
    private final List<WeightedKappas> wholes;

    /**
     * Prepares the pass.
     *
     * @param pairs who is compared
     * @param wholes a sum of moves has the number of its kappas here
     */
    public WeightedJackknifePass(PairKappas pairs, List<WeightedKappas> wholes) {
        layout = pairs.layout();
        this.wholes = List.copyOf(wholes);
    }

    @Override
    public JackknifeSums newStatistics(Dimensions dimensions) {
        return new JackknifeSums(wholes.size());
    }

    @Override
    public void collect(Block block, JackknifeSums statistics) {
        PairPass.Chosen chosen = new PairPass.Chosen(layout);
        for (int example = block.from(); example < block.to(); example++) {
            chosen.take(block.annotations(), example);
            for (int statistic = 0; chosen.count > 1 && statistic < wholes.size(); statistic++) {
                WeightedKappas whole = wholes.get(statistic);
                statistics.addMoves(statistic, whole.meanWithout(chosen) - whole.mean(), 1);
            }
        }
    }
}
