package dev.crowdlab.engine.pass;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The probabilities that zero, one or more models predict. Per model one row-major array: the probability of a class
 * for an example is at {@code example * classCount + label}; or several such arrays, chunks of some examples each, if a
 * single array would require copying or exceed the maximum length of an array. Each probability is in [0, 1]; those of
 * an example sum to 1, which only {@link #of} checks.
 *
 * <p>Takes 8 bytes per model, example and class. Immutable as long as the caller leaves the arrays alone; then safe for
 * use by many threads.
 */
public final class Predictions implements Serializable {

    /** One chunk of all examples: there are less than 2^31. */
    private static final int ALL_BITS = Integer.SIZE - 1;

    private final int exampleCount;
    private final int classCount;
    private final int chunkBits;
    private final int chunkMask;
    /** [models][chunks][2^chunkBits × classes] */
    private final double[][][] models;

    /**
     * Checks and takes ownership of the arrays, which are neither copied nor modified.
     *
     * @param exampleCount number of examples
     * @param classCount number of classes
     * @param models per model [examples × classes], row-major; empty when there are no predictions
     * @throws IllegalArgumentException if a number is negative, an array has another length, or holds a value outside
     *     [0, 1] or NaN
     */
    public Predictions(int exampleCount, int classCount, List<double[]> models) {
        this(exampleCount, classCount, ALL_BITS, PredictionArrays.chunks(models, exampleCount, classCount));
    }

    private Predictions(int exampleCount, int classCount, int chunkBits, double[][][] models) {
        if (exampleCount < 0 || classCount < 0) {
            throw new IllegalArgumentException(
                    "exampleCount is " + exampleCount + " and classCount " + classCount + "; neither may be negative");
        }
        this.exampleCount = exampleCount;
        this.classCount = classCount;
        this.chunkBits = chunkBits;
        this.chunkMask = (int) ((1L << chunkBits) - 1);
        this.models = models;
        PredictionArrays.check(exampleCount, classCount, chunkBits, models);
    }

    /**
     * Checks and takes ownership of arrays of 2^chunkBits examples each, which are neither copied nor modified.
     *
     * @param exampleCount number of examples
     * @param classCount number of classes
     * @param chunkBits 0 .. 31; example i is in chunk {@code i >>> chunkBits}, the first of a chunk at its start
     * @param models per model [chunks][2^chunkBits × classes], each row-major; the last chunk may be shorter, and what
     *     is behind its last example is not read
     * @throws IllegalArgumentException if a number is out of range, an array is missing or too short, or holds a value
     *     outside [0, 1] or NaN
     */
    public static Predictions ofChunks(int exampleCount, int classCount, int chunkBits, List<double[][]> models) {
        if (chunkBits < 0 || chunkBits > ALL_BITS) {
            throw new IllegalArgumentException("chunkBits is " + chunkBits + "; it must be in 0 .. " + ALL_BITS);
        }
        return new Predictions(exampleCount, classCount, chunkBits, models.toArray(new double[0][][]));
    }

    /**
     * Returns the predictions of one or more models.
     *
     * @param models per model [examples][classes], at least one example; neither kept nor modified
     * @throws IllegalArgumentException if there is no model or no example, examples or models differ in length, a value
     *     is outside [0, 1] or NaN, or those of an example do not sum to 1 within 0.001
     */
    public static Predictions of(double[][]... models) {
        if (models.length == 0 || models[0].length == 0) {
            throw new IllegalArgumentException("there are " + models.length + " models, and no examples to tell the"
                    + " number of classes from; give at least one of both, or take Predictions.none");
        }
        int exampleCount = models[0].length;
        int classCount = models[0][0].length;
        List<double[]> rowMajor = new ArrayList<>();
        for (double[][] model : models) {
            rowMajor.add(PredictionArrays.rowMajor(model, rowMajor.size(), exampleCount, classCount));
        }
        Predictions predictions = new Predictions(exampleCount, classCount, rowMajor);
        PredictionArrays.checkSums(predictions);
        return predictions;
    }

    /**
     * Returns predictions of no model, for annotations alone.
     *
     * @param exampleCount number of examples
     * @param classCount number of classes
     * @throws IllegalArgumentException if a number is negative
     */
    public static Predictions none(int exampleCount, int classCount) {
        return new Predictions(exampleCount, classCount, List.of());
    }

    /**
     * Returns these predictions; if they have neither examples nor models, empty predictions for the given number of
     * models.
     */
    public Predictions ifAny(int otherModelCount) {
        return exampleCount > 0 || models.length > 0
                ? this
                : new Predictions(0, classCount, Collections.nCopies(otherModelCount, new double[0]));
    }

    /** Returns predictions of as many models and classes, in chunks as large, that are all 0: to be written into. */
    public Predictions blank(int otherExampleCount) {
        double[][][] blank = new double[models.length][][];
        for (int model = 0; model < blank.length; model++) {
            blank[model] = blankChunks(otherExampleCount);
        }
        return new Predictions(otherExampleCount, classCount, chunkBits, blank);
    }

    private double[][] blankChunks(int otherExampleCount) {
        long examplesOfChunk = 1L << chunkBits;
        double[][] chunks = new double[(int) ((otherExampleCount + examplesOfChunk - 1) / examplesOfChunk)][];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            long examples = Math.min(examplesOfChunk, otherExampleCount - chunk * examplesOfChunk);
            chunks[chunk] = new double[(int) examples * classCount];
        }
        return chunks;
    }

    /** Returns these predictions, sharing their arrays, and behind them a model that is all 0: to be written into. */
    public Predictions withBlankModel() {
        double[][][] more = Arrays.copyOf(models, models.length + 1);
        more[models.length] = blankChunks(exampleCount);
        return new Predictions(exampleCount, classCount, chunkBits, more);
    }

    /**
     * Returns the predictions for some examples, in the order given, copied.
     *
     * @param examples their numbers; not modified
     */
    public Predictions select(int[] examples) {
        Predictions selected = blank(examples.length);
        for (int model = 0; model < models.length; model++) {
            for (int index = 0; index < examples.length; index++) {
                System.arraycopy(
                        array(model, examples[index]),
                        start(examples[index]),
                        selected.array(model, index),
                        selected.start(index),
                        classCount);
            }
        }
        return selected;
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

    /**
     * Returns the array that holds the model's probabilities for the example, from {@link #start} on; modified by its
     * owner alone.
     */
    public double[] array(int model, int example) {
        return models[model][example >>> chunkBits];
    }

    /** Returns where in {@link #array} those of the example start, for every model. */
    public int start(int example) {
        return (example & chunkMask) * classCount;
    }

    /**
     * Returns the probability that the model gives the class for the example, in [0, 1].
     *
     * @param label the class, which must be below the number of classes; this is not checked
     */
    public double probability(int model, int example, int label) {
        return array(model, example)[start(example) + label];
    }

    /** Returns the mean over the models, summed in model order; NaN without models. */
    public double mean(int example, int label) {
        int index = start(example) + label;
        double sum = 0;
        for (int model = 0; model < models.length; model++) {
            sum += array(model, example)[index];
        }
        return sum / models.length;
    }

    /** Returns whether the class is the model's most probable one; if several are, the one with the lowest index. */
    public boolean isMostProbable(int model, int example, int label) {
        double[] probabilities = array(model, example);
        int row = start(example);
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

    /** Returns the model's most probable class; if several are, the one with the lowest index. */
    public int mostProbable(int model, int example) {
        double[] probabilities = array(model, example);
        int row = start(example);
        int best = 0;
        for (int label = 1; label < classCount; label++) {
            best = probabilities[row + label] > probabilities[row + best] ? label : best;
        }
        return best;
    }

    /**
     * Returns the class with the highest mean over the models; if several have it, the lowest index. There must be a
     * model.
     */
    public int mostProbable(int example) {
        if (models.length == 1) {
            return mostProbable(0, example);
        }
        int best = 0;
        double most = mean(example, 0);
        for (int label = 1; label < classCount; label++) {
            double mean = mean(example, label);
            if (mean > most) {
                best = label;
                most = mean;
            }
        }
        return best;
    }

    /** Returns whether the model gives all classes the same probability. */
    public boolean isUniform(int model, int example) {
        double[] probabilities = array(model, example);
        int row = start(example);
        for (int label = 1; label < classCount; label++) {
            if (probabilities[row + label] != probabilities[row]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the sum over the models of weight × probability, in model order; 0 without models. */
    public double weighted(double[] modelWeights, int example, int label) {
        int index = start(example) + label;
        // The first model apart from the others takes a quarter off the pass where it is the only one.
        double sum = models.length == 0 ? 0 : modelWeights[0] * array(0, example)[index];
        for (int model = 1; model < models.length; model++) {
            sum += modelWeights[model] * array(model, example)[index];
        }
        return sum;
    }
}
