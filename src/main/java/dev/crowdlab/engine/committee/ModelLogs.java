package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Predictions;
import java.util.Arrays;

/**
 * The logarithms of what models predict for one example at a time, each probability at least 1e-4, and what a {@link
 * ClassTerm} makes of them: class probabilities before any label is seen. Working memory of one thread.
 */
@NotThreadSafe
final class ModelLogs {

    private static final double FLOOR = 1e-4;

    private final int classCount;
    private final int modelCount;
    /** [models × classes] */
    private final double[] logarithms;

    ModelLogs(int classCount, int modelCount) {
        this.classCount = classCount;
        this.modelCount = modelCount;
        logarithms = new double[modelCount * classCount];
    }

    /** Returns the logarithm of the probability that the model gives the class. */
    static double of(Predictions predictions, int model, int example, int label) {
        return Logarithm.rough(Math.max(FLOOR, predictions.probability(model, example, label)));
    }

    /** Takes the example. */
    void open(Predictions predictions, int example) {
        for (int model = 0; model < modelCount; model++) {
            for (int label = 0; label < classCount; label++) {
                logarithms[model * classCount + label] = of(predictions, model, example, label);
            }
        }
    }

    double get(int model, int label) {
        return logarithms[model * classCount + label];
    }

    /**
     * Computes the term's logarithms of probabilities for the example.
     *
     * @param sums [classes] written into: logarithms of probabilities, up to a constant
     */
    void addUp(ClassTerm term, double[] sums) {
        System.arraycopy(term.classes, 0, sums, 0, classCount);
        for (int model = 0; model < modelCount; model++) {
            double weight = term.models[model];
            for (int label = 0; label < classCount; label++) {
                sums[label] += weight * logarithms[model * classCount + label];
            }
        }
    }

    /**
     * Computes the term's probabilities for the example.
     *
     * @param probabilities [classes] written into: they sum to 1
     */
    void predict(ClassTerm term, double[] probabilities) {
        addUp(term, probabilities);
        double highest = Arrays.stream(probabilities).max().orElse(0);
        double sum = 0;
        for (int label = 0; label < classCount; label++) {
            probabilities[label] = Exponential.rough(probabilities[label] - highest);
            sum += probabilities[label];
        }
        for (int label = 0; label < classCount; label++) {
            probabilities[label] /= sum;
        }
    }
}
