package dev.crowdlab.engine;

/**
 * Sums the loss of every temperature tried, over all examples. In the search a probability of 0 stays 0. Safe for use by
 * many threads.
 */
final class CalibrationPass {

    /** The least probability that the loss sees. */
    static final double LEAST = 1e-30;

    private static final double LEAST_LOG = Math.log(LEAST);

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
        double[] ratios = new double[block.annotations().classCount()];
        double[] logs = new double[ratios.length];
        for (int model = 0; model < grids.length; model++) {
            TemperatureGrid grid = grids[model];
            double[] sums = new double[grid.size()];
            for (int example = block.from(); example < block.to(); example++) {
                fill(block.predictions(), model, example, ratios, logs);
                grid.fillSums(ratios, logs, sums);
                for (int point = 0; point < sums.length; point++) {
                    double loss =
                            loss(block.annotations(), example, logs, grid.temperature(point), Math.log(sums[point]));
                    losses.add(model, point, loss);
                }
            }
        }
    }

    /**
     * Fills ratios to the greatest probability and their logarithms, so that no power overflows.
     *
     * @param ratios [classes] written into
     * @param logs [classes] written into
     */
    private static void fill(Predictions predictions, int model, int example, double[] ratios, double[] logs) {
        double highest = 0;
        for (int label = 0; label < ratios.length; label++) {
            ratios[label] = predictions.probability(model, example, label);
            highest = Math.max(highest, ratios[label]);
        }
        double highestLog = Math.log(highest);
        for (int label = 0; label < ratios.length; label++) {
            logs[label] = Math.log(ratios[label]) - highestLog;
            ratios[label] /= highest;
        }
    }

    /** Returns the loss of one example before it is divided by ln K, from 0 to -ln 1e-30. */
    private static double loss(Annotations annotations, int example, double[] logs, double temperature, double logSum) {
        double loss = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            loss -= Math.max(LEAST_LOG, logs[annotations.label(position)] / temperature - logSum);
        }
        return loss / annotations.size(example);
    }
}
