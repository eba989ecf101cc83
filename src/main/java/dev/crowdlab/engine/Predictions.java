package dev.crowdlab.engine;

import java.util.List;

/**
 * The probabilities that zero, one or more models predict. Per model one row-major array: the probability of a class
 * for an example stands at {@code example * classCount + label}. Each is in [0, 1]; that rows sum to 1 is the
 * caller's business and not checked. Examples × classes must stay within the length of an array, 2,147,483,647.
 *
 * <p>Immutable as long as the caller leaves the arrays alone; then safe for use by many threads.
 */
public final class Predictions {

    private final int exampleCount;
    private final int classCount;
    private final double[][] models;

    /**
     * Checks and takes ownership of the arrays, which are neither copied nor modified.
     *
     * @param exampleCount number of examples
     * @param classCount number of classes
     * @param models per model [examples × classes], row-major; empty when there are no predictions
     * @throws IllegalArgumentException if an array has another length, or holds a value outside [0, 1] or NaN
     */
    public Predictions(int exampleCount, int classCount, List<double[]> models) {
        this.exampleCount = exampleCount;
        this.classCount = classCount;
        this.models = models.toArray(new double[0][]);
        for (int model = 0; model < this.models.length; model++) {
            checkModel(model);
        }
    }

    private void checkModel(int model) {
        double[] probabilities = models[model];
        if (probabilities.length != (long) exampleCount * classCount) {
            throw new IllegalArgumentException("model " + model + " has " + probabilities.length
                    + " probabilities; expected " + exampleCount + " examples × " + classCount + " classes");
        }
        for (int index = 0; index < probabilities.length; index++) {
            double probability = probabilities[index];
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("model " + model + " gives example " + index / classCount
                        + " the probability " + probability + " for class " + index % classCount
                        + "; it must be in [0, 1]");
            }
        }
    }

    /** Returns predictions of no model. */
    public static Predictions none(int exampleCount, int classCount) {
        return new Predictions(exampleCount, classCount, List.of());
    }

    /** Returns the number of models, 0 or more. */
    public int modelCount() {
        return models.length;
    }

    /** Returns the number of examples. */
    public int exampleCount() {
        return exampleCount;
    }

    /** Returns the number of classes. */
    public int classCount() {
        return classCount;
    }

    /** Returns the probability that the model gives the class for the example. */
    public double probability(int model, int example, int label) {
        return models[model][example * classCount + label];
    }

    /** Returns the mean over the models, summed in model order; NaN without models. */
    double mean(int example, int label) {
        double sum = 0;
        for (double[] probabilities : models) {
            sum += probabilities[example * classCount + label];
        }
        return sum / models.length;
    }

    /** Returns whether the class is the one the model finds most probable, the lowest index where several are. */
    boolean isMostProbable(int model, int example, int label) {
        double[] probabilities = models[model];
        int row = example * classCount;
        double probability = probabilities[row + label];
        for (int lower = 0; lower < label; lower++) {
            if (probabilities[row + lower] >= probability) {
                return false;
            }
        }
        for (int higher = label + 1; higher < classCount; higher++) {
            if (probabilities[row + higher] > probability) {
                return false;
            }
        }
        return true;
    }

    /** Returns the class that the model finds most probable, the lowest index where several are. */
    int mostProbable(int model, int example) {
        double[] probabilities = models[model];
        int row = example * classCount;
        int best = 0;
        for (int label = 1; label < classCount; label++) {
            best = probabilities[row + label] > probabilities[row + best] ? label : best;
        }
        return best;
    }

    /** Returns the sum over the models of weight × probability, in model order; 0 without models. */
    double weighted(double[] modelWeights, int example, int label) {
        double sum = 0;
        for (int model = 0; model < models.length; model++) {
            sum += modelWeights[model] * models[model][example * classCount + label];
        }
        return sum;
    }
}
