package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;

/** Counts pairs of labels of the same example by their classes; writes nothing. */
public final class PairedLabelPass implements Pass<PairedLabels> {

    @Override
    public PairedLabels newStatistics(Dimensions dimensions) {
        return new PairedLabels(dimensions.classCount(), dimensions.largestSize());
    }

    @Override
    public void collect(Block block, PairedLabels statistics) {
        ExampleLabels labels = new ExampleLabels();
        for (int example = block.from(); example < block.to(); example++) {
            labels.take(block.annotations(), example);
            statistics.add(labels.values, labels.size, 1);
        }
    }
}
