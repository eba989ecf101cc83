package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.correction.GoldExamples;
import dev.crowdlab.engine.correction.Voters;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;

/** Collects the examples with {@link Column#GOLD} that only machines labeled, with what the panel made of them. */
final class AloneGoldPass implements Pass<GoldExamples> {

    private final Panel panel;
    private final Voters voters;

    AloneGoldPass(Panel panel, Voters voters) {
        this.panel = panel;
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
        int[] labels = block.input().get(AlonePass.LABEL);
        MachineLabels machines = block.input().get(MachineLabels.COLUMN);
        Voters.Reader votes = voters.on(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            if (gold[example] >= 0 && labels[example] >= 0 && examples.takes(orders[example])) {
                double[] probabilities = new double[block.annotations().classCount()];
                panel.fill(machines, example, AlonePass.NONE, false, probabilities);
                examples.add(votes.gold(example, orders[example], gold[example], labels[example], probabilities));
            }
        }
    }
}
