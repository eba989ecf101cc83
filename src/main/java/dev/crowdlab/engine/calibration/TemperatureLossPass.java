package dev.crowdlab.engine.calibration;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;

/** Sums the loss of every temperature tried, over all examples; see {@link Calibration}. Writes nothing. */
final class TemperatureLossPass implements Pass<TemperatureLosses> {

    /** Numbers that stay in the nearest cache while every temperature is tried on them. */
    private static final int GROUP_LENGTH = 4096;

    private final TemperatureGrid[] grids;

    /**
     * Prepares the pass.
     *
     * @param grids per model the temperatures to try; copied
     */
    TemperatureLossPass(TemperatureGrid[] grids) {
        this.grids = grids.clone();
    }

    @Override
    public TemperatureLosses newStatistics(Dimensions dimensions) {
        return new TemperatureLosses(grids);
    }

    @Override
    public void collect(Block block, TemperatureLosses losses) {
        int classCount = block.predictions().classCount();
        int groupSize = Math.max(1, Math.min(block.to() - block.from(), GROUP_LENGTH / classCount));
        for (int model = 0; model < grids.length; model++) {
            TemperatureLossGroup group = new TemperatureLossGroup(grids[model], groupSize, classCount);
            for (int from = block.from(); from < block.to(); from += groupSize) {
                int to = Math.min(block.to(), from + groupSize);
                group.addLosses(block.part(from, to), model, losses);
            }
        }
    }
}
