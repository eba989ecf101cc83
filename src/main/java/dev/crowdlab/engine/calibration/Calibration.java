package dev.crowdlab.engine.calibration;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.Predictions;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Temperature scaling: one number T per model that makes its probabilities fit the annotators' votes best. With v_i[k]
 * votes for class k among the n_i annotations of example i, T minimizes the mean over the examples of
 *
 * <pre>
 *   - sum_k (v_i[k] / n_i) ln max(1e-30, softmax(ln p_i / T)[k]) / ln K
 * </pre>
 *
 * <p>over a coarse grid, then over a finer one around its best point; the lowest of equally good temperatures wins.
 * Above 1 the probabilities become softer, below 1 sharper. TemperatureLosses are summed exactly, so that T depends on
 * nothing but the input. Found by {@link TemperatureLossPass}, applied by {@link CalibrationPass}. Immutable; safe for
 * use by many threads. Source: Guo et al., arXiv 1706.04599; loss and grid as in cleanlab 2.9.0, with votes counted on
 * their own class.
 */
public final class Calibration implements Serializable {

    private static final TemperatureGrid.Coarse COARSE = new TemperatureGrid.Coarse();

    private final double[] temperatures;

    private Calibration(double[] temperatures) {
        this.temperatures = temperatures;
    }

    /** Returns the calibration that fits the examples of the runner; temperatures of 1 if there are none. */
    public static Calibration of(PassRunner passes) {
        Dimensions dimensions = passes.dimensions();
        if (dimensions.exampleCount() == 0) {
            double[] unchanged = new double[dimensions.modelCount()];
            Arrays.fill(unchanged, 1);
            return new Calibration(unchanged);
        }
        TemperatureGrid[] grids = new TemperatureGrid[dimensions.modelCount()];
        Arrays.fill(grids, COARSE);
        TemperatureLosses coarse = passes.run("coarseTemperatures", new TemperatureLossPass(grids));
        for (int model = 0; model < grids.length; model++) {
            grids[model] = COARSE.around(coarse.lowest(model));
        }
        TemperatureLosses fine = passes.run("fineTemperatures", new TemperatureLossPass(grids));
        double[] temperatures = new double[grids.length];
        for (int model = 0; model < grids.length; model++) {
            int best = coarse.lowest(model);
            int finer = fine.lowest(model);
            double temperature = grids[model].temperature(finer);
            int order = fine.compare(model, finer, coarse, best);
            boolean isBest = order < 0 || (order == 0 && temperature < COARSE.temperature(best));
            temperatures[model] = isBest || !COARSE.isKept(best) ? temperature : COARSE.temperature(best);
        }
        return new Calibration(temperatures);
    }

    /** Returns [models] the temperatures, each in [0.1, 8]; owned by this, not to be modified. */
    public double[] temperatures() {
        return temperatures;
    }

    /**
     * Returns the block's predictions with every model's temperature applied; example {@code from} of the block is 0.
     */
    public Predictions apply(Block block) {
        Predictions calibrated = block.predictions().blank(block.to() - block.from());
        fill(block, calibrated, block.from());
        return calibrated;
    }

    /**
     * Applies every model's temperature.
     *
     * @param block the predictions to calibrate; not modified
     * @param calibrated written into
     * @param firstExample the example of the block's slice that is example 0 of those
     */
    void fill(Block block, Predictions calibrated, int firstExample) {
        for (int model = 0; model < temperatures.length; model++) {
            fill(block, model, calibrated, firstExample);
        }
    }

    /**
     * The greatest of K probabilities is at least 1 / K, so at T of 0.1 or more and 32,767 classes its power of e is at
     * least e^-104: nothing overflows or vanishes. To subtract the greatest logarithm first would change last bits, by
     * which the reference tells classes apart whose probabilities differ by rounding alone.
     */
    private void fill(Block block, int model, Predictions target, int firstExample) {
        int classCount = block.predictions().classCount();
        double temperature = temperatures[model];
        for (int example = block.from(); example < block.to(); example++) {
            double[] calibrated = target.array(model, example - firstExample);
            int row = target.start(example - firstExample);
            double sum = 0;
            for (int label = 0; label < classCount; label++) {
                double probability = block.predictions().probability(model, example, label);
                // Math.max, which takes care of NaN and -0, is 1.5 ns slower than a well predicted branch
                calibrated[row + label] =
                        probability < TemperatureLossGroup.MIN ? TemperatureLossGroup.MIN : probability;
                sum += calibrated[row + label];
            }
            double powerSum = 0;
            for (int index = row; index < row + classCount; index++) {
                calibrated[index] = Exponential.of(Logarithm.of(calibrated[index] / sum) / temperature);
                powerSum += calibrated[index];
            }
            for (int index = row; index < row + classCount; index++) {
                calibrated[index] /= powerSum;
            }
        }
    }
}
