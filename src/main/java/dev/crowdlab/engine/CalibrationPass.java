package dev.crowdlab.engine;

/** Sums the loss of every temperature tried, over all examples. Safe for use by many threads. */
final class CalibrationPass {

    /** Numbers that stay in the nearest cache while every temperature is tried on them. */
    private static final int GROUP_LENGTH = 4096;

    private final TemperatureGrid[] grids;

    /**
     * Prepares the pass.
     *
     * @param grids per model the temperatures to try; not modified
     */
    CalibrationPass(TemperatureGrid[] grids) {
        this.grids = grids;
    }

    void collect(Block block, CalibrationLosses losses) {
        int classCount = block.predictions().classCount();
        int groupSize = Math.max(1, Math.min(block.to() - block.from(), GROUP_LENGTH / classCount));
        for (int model = 0; model < grids.length; model++) {
            CalibrationBatch group = new CalibrationBatch(grids[model], groupSize, classCount);
            for (int from = block.from(); from < block.to(); from += groupSize) {
                int to = Math.min(block.to(), from + groupSize);
                group.addLosses(new Block(block.annotations(), block.predictions(), from, to), model, losses);
            }
        }
    }
}
