package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.LinearSystem;
import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What an expert of {@link Committee} thinks of an example before it sees the labels: b[k] + sum over r of lambda_r ×
 * ln p_ri[k], up to a constant. Immutable: nobody modifies the arrays; safe for use by many threads.
 */
public final class ClassTerm implements Serializable {

    private static final double MAX_MODEL = 2;
    private static final double MAX_STEP = 0.5;
    private static final double RIDGE = 10;

    /** [classes] b, logarithms of class shares. */
    final double[] classes;
    /** [models] lambda, in [0, 2]. */
    final double[] models;

    private ClassTerm(double[] classes, double[] models) {
        this.classes = classes;
        this.models = models;
    }

    /**
     * Returns the term before the first round: shares of the classes in the labels, and all models together count for a
     * half.
     */
    static ClassTerm ofVotes(long[] votesByClass, int modelCount) {
        long total = Arrays.stream(votesByClass).sum();
        double[] models = new double[modelCount];
        Arrays.fill(models, 0.5 / modelCount);
        double[] classes = new double[votesByClass.length];
        for (int label = 0; label < classes.length; label++) {
            classes[label] = Logarithm.of((votesByClass[label] + 1.0) / (total + classes.length));
        }
        return new ClassTerm(classes, models);
    }

    /** Returns [classes] e^b, the class shares. */
    double[] shares() {
        double[] shares = new double[classes.length];
        Arrays.setAll(shares, label -> Exponential.of(classes[label]));
        return shares;
    }

    /**
     * Returns the term without models: mean posteriors.
     *
     * @param totals [classes] sums of posteriors over all examples, in units of 2^-30
     */
    static ClassTerm ofPosteriors(long[] totals, long exampleCount) {
        double[] classes = new double[totals.length];
        for (int label = 0; label < classes.length; label++) {
            classes[label] = Logarithm.of((totals[label] * Grid.UNIT + 1) / (exampleCount + totals.length));
        }
        return new ClassTerm(classes, new double[0]);
    }

    /**
     * Returns the term with classes moved so that it expects as many examples of each as there are.
     *
     * @param totals [classes] sums of posteriors over the sample, in units of 2^-30
     * @param expected [classes] sums over the sample of what this term expects, in units of 2^-30
     * @param scale examples per example of the sample
     */
    ClassTerm moved(long[] totals, long[] expected, double scale) {
        double[] moved = new double[classes.length];
        double sum = 0;
        for (int label = 0; label < moved.length; label++) {
            double ratio = (totals[label] * Grid.UNIT * scale + 1) / (expected[label] * Grid.UNIT * scale + 1);
            moved[label] = classes[label] + Logarithm.of(ratio);
            sum += Exponential.of(moved[label]);
        }
        double logSum = Logarithm.of(sum);
        for (int label = 0; label < moved.length; label++) {
            moved[label] -= logSum;
        }
        return new ClassTerm(moved, models);
    }

    /**
     * Returns the term with models weighed anew, by one step of Newton's method for the likelihood of the posteriors
     * with a ridge.
     *
     * @param gradient [models] of the log-likelihood of all examples
     * @param information [models × models] minus its second derivatives
     */
    ClassTerm stepped(double[] gradient, double[] information) {
        int count = models.length;
        double[][] system = new double[count][count + 1];
        for (int model = 0; model < count; model++) {
            System.arraycopy(information, model * count, system[model], 0, count);
            system[model][model] += RIDGE;
            system[model][count] = gradient[model] - RIDGE * models[model];
        }
        double[] steps = LinearSystem.solve(system);
        double[] stepped = new double[count];
        for (int model = 0; model < count; model++) {
            double step = Math.max(-MAX_STEP, Math.min(MAX_STEP, steps[model]));
            stepped[model] = Math.max(0, Math.min(MAX_MODEL, models[model] + step));
        }
        return new ClassTerm(classes, stepped);
    }
}
