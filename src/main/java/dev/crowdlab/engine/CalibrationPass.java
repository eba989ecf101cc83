package dev.crowdlab.engine;

/**
 * Sums the loss of every temperature tried, over all examples. In the search a probability of 0 stays 0. Safe for use by
 * many threads.
 */
final class CalibrationPass {

    /** The least probability that the loss sees. */
    static final double LEAST = 1e-30;

    private static final double LEAST_LOG = Math.log(LEAST);

    private final double[][] grids;

    /**
     * Prepares the pass.
     *
     * @param grids per model the temperatures to try; not modified
     */
    CalibrationPass(double[][] grids) {
        this.grids = grids;
    }

    void collect(Block block, CalibrationLosses losses) {
        double[] logs = new double[block.annotations().classCount()];
        for (int model = 0; model < grids.length; model++) {
            for (int example = block.from(); example < block.to(); example++) {
                fillLogs(block.predictions(), model, example, logs);
                for (int point = 0; point < grids[model].length; point++) {
                    losses.add(model, point, loss(block.annotations(), example, logs, grids[model][point]));
                }
            }
        }
    }

    /** Logarithms of the probabilities less the greatest of them, so that no power of e overflows. */
    private static void fillLogs(Predictions predictions, int model, int example, double[] logs) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < logs.length; label++) {
            logs[label] = Math.log(predictions.probability(model, example, label));
            highest = Math.max(highest, logs[label]);
        }
        for (int label = 0; label < logs.length; label++) {
            logs[label] -= highest;
        }
    }

    /** Returns the loss of one example before it is divided by ln K, from 0 to -ln 1e-30. */
    private static double loss(Annotations annotations, int example, double[] logs, double temperature) {
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log / temperature);
        }
        double logSum = Math.log(sum);
        double loss = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            loss -= Math.max(LEAST_LOG, logs[annotations.label(position)] / temperature - logSum);
        }
        return loss / annotations.size(example);
    }
}
