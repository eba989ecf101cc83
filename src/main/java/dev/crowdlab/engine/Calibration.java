package dev.crowdlab.engine;

import java.util.Arrays;

/**
 * Temperature scaling: one number T per model that makes its probabilities fit the annotators' votes best. With v_i[k]
 * votes for class k among the n_i annotations of example i, T minimizes the mean over the examples of
 *
 * <pre>
 *   - sum_k (v_i[k] / n_i) ln max(1e-30, softmax(ln p_i / T)[k]) / ln K
 * </pre>
 *
 * <p>over a coarse grid, then over a finer one around its best point; the lowest of equally good temperatures wins. Above 1 the
 * probabilities become softer, below 1 sharper. Losses are summed exactly, so that T depends on nothing but the input.
 * Immutable. Source: Guo et al., arXiv 1706.04599; loss and grid as in cleanlab 2.9.0, with votes counted on their own
 * class.
 */
final class Calibration {

    private static final TemperatureGrid.Coarse COARSE = new TemperatureGrid.Coarse();

    private final double[] temperatures;

    private Calibration(double[] temperatures) {
        this.temperatures = temperatures;
    }

    /** Finds the temperature of every model from the examples of the pass; 1 if there are none. */
    static Calibration of(Predictions predictions, PassRunner passes) {
        if (predictions.exampleCount() == 0) {
            double[] unchanged = new double[predictions.modelCount()];
            Arrays.fill(unchanged, 1);
            return new Calibration(unchanged);
        }
        TemperatureGrid[] grids = new TemperatureGrid[predictions.modelCount()];
        Arrays.fill(grids, COARSE);
        CalibrationLosses coarse = losses("coarseTemperatures", grids, passes);
        for (int model = 0; model < grids.length; model++) {
            grids[model] = COARSE.around(coarse.lowest(model));
        }
        CalibrationLosses fine = losses("fineTemperatures", grids, passes);
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

    private static CalibrationLosses losses(String phase, TemperatureGrid[] grids, PassRunner passes) {
        CalibrationPass pass = new CalibrationPass(grids);
        return passes.run(phase, () -> new CalibrationLosses(grids), pass::collect);
    }

    /** Returns [models] the temperatures, each in [0.1, 8]; owned by this, not to be modified. */
    double[] temperatures() {
        return temperatures;
    }

    /**
     * Returns the predictions with every model's temperature applied; the given ones are not modified.
     *
     * @param passes over these predictions
     */
    Predictions apply(Predictions predictions, PassRunner passes) {
        return fill(predictions.blank(predictions.exampleCount()), passes);
    }

    /**
     * Applies every model's temperature to the predictions of the pass, and returns them.
     *
     * @param predictions modified
     * @param passes over these predictions
     */
    Predictions applyInPlace(Predictions predictions, PassRunner passes) {
        return fill(predictions, passes);
    }

    private Predictions fill(Predictions calibrated, PassRunner passes) {
        passes.run("calibrate", Mergeable.None::new, (block, nothing) -> fill(block, calibrated, 0));
        return calibrated;
    }

    /** Returns the block's predictions with every model's temperature applied; example {@code from} of the block is 0. */
    Predictions apply(Block block) {
        Predictions calibrated = block.predictions().blank(block.to() - block.from());
        fill(block, calibrated, block.from());
        return calibrated;
    }

    private void fill(Block block, Predictions calibrated, int firstExample) {
        for (int model = 0; model < temperatures.length; model++) {
            fill(block, model, calibrated, firstExample);
        }
    }

    /**
     * The greatest of K probabilities is at least 1 / K, so at T of 0.1 or more and 32,767 classes its power of e is at least
     * e^-104: nothing overflows or vanishes. To subtract the greatest logarithm first would change last bits, by which the
     * reference tells classes apart whose probabilities differ by rounding alone. Each probability is read before it is written,
     * so the target may be what is calibrated.
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
                // Math.max, which cares for NaN and -0, takes 1.5 ns longer than a comparison that is guessed right
                calibrated[row + label] = probability < CalibrationBatch.LEAST ? CalibrationBatch.LEAST : probability;
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
