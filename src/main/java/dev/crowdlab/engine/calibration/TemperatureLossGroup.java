package dev.crowdlab.engine.calibration;

import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Predictions;

/**
 * The losses of a group of examples under one model at every temperature of a grid. Each step is done for all examples
 * of the group before the next step begins, so that the processor computes many independent logarithms and powers at
 * once. A probability of 0 stays 0 here. Working memory of one thread.
 */
final class TemperatureLossGroup {

    /** The least probability that the loss sees. */
    static final double MIN = 1e-30;

    private static final double MIN_LOG = Logarithm.of(MIN);

    private final TemperatureGrid grid;
    private final int classCount;
    private final double[] powers;
    private final double[] logs;
    private final double[] logSums;

    /**
     * Prepares for groups of examples.
     *
     * @param exampleCount the most examples of a group
     */
    TemperatureLossGroup(TemperatureGrid grid, int exampleCount, int classCount) {
        this.grid = grid;
        this.classCount = classCount;
        powers = new double[grid.size()];
        for (int point = 0; point < powers.length; point++) {
            powers[point] = 1 / grid.temperature(point);
        }
        logs = new double[exampleCount * classCount];
        logSums = new double[exampleCount * powers.length];
    }

    /**
     * Adds the losses of the examples.
     *
     * @param group the examples
     * @param losses added to
     */
    void addLosses(Block group, int model, TemperatureLosses losses) {
        int exampleCount = group.to() - group.from();
        for (int example = 0; example < exampleCount; example++) {
            fillLogs(group.predictions(), model, group.from() + example, example * classCount);
        }
        grid.fillSums(logs, exampleCount, classCount, logSums);
        for (int index = 0; index < exampleCount * powers.length; index++) {
            logSums[index] = Logarithm.rough(logSums[index]);
        }
        for (int example = 0; example < exampleCount; example++) {
            addLosses(group, example, model, losses);
        }
    }

    /** Fills the example's row with logarithms of ratios to its greatest probability, so that no power overflows. */
    private void fillLogs(Predictions predictions, int model, int example, int row) {
        double highest = 0;
        for (int label = 0; label < classCount; label++) {
            highest = Math.max(highest, predictions.probability(model, example, label));
        }
        double highestLog = Logarithm.rough(highest);
        for (int label = 0; label < classCount; label++) {
            logs[row + label] = Logarithm.rough(predictions.probability(model, example, label)) - highestLog;
        }
    }

    /** Adds the losses of one example before they are divided by ln K, from 0 to -ln 1e-30. */
    private void addLosses(Block group, int index, int model, TemperatureLosses losses) {
        Annotations annotations = group.annotations();
        int example = group.from() + index;
        double least = 0;
        double mean = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            double log = logs[index * classCount + annotations.label(position)];
            mean += log;
            least = Math.min(least, log);
        }
        mean /= annotations.size(example);
        for (int point = 0; point < powers.length; point++) {
            double logSum = logSums[index * powers.length + point];
            boolean isAboveLeast = least * powers[point] - logSum >= MIN_LOG;
            double loss = isAboveLeast ? logSum - mean * powers[point] : cutLoss(group, index, point);
            losses.add(model, point, loss);
        }
    }

    /** Returns the loss of an example of which a label is less probable than the loss sees. */
    private double cutLoss(Block group, int index, int point) {
        Annotations annotations = group.annotations();
        int example = group.from() + index;
        double logSum = logSums[index * powers.length + point];
        double loss = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            double log = logs[index * classCount + annotations.label(position)];
            loss -= Math.max(MIN_LOG, log * powers[point] - logSum);
        }
        return loss / annotations.size(example);
    }
}
