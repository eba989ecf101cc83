package dev.crowdlab.engine.pass;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Checks the arrays that {@link Predictions} are made of, and lays rows out as one array. */
final class PredictionArrays {

    /** How far from 1 the sum of a row may lie, the same as in the job. */
    private static final double SUM_TOLERANCE = 1e-3;

    private PredictionArrays() {}

    /** Returns each array as the only chunk of its model. */
    static double[][][] chunks(List<double[]> models, int exampleCount, int classCount) {
        requireNonNull(models, "models");
        double[][][] chunks = new double[models.size()][1][];
        for (int model = 0; model < chunks.length; model++) {
            chunks[model][0] = models.get(model);
            if (chunks[model][0].length != (long) exampleCount * classCount) {
                throw new IllegalArgumentException("model " + model + " has " + chunks[model][0].length
                        + " probabilities; expected " + exampleCount + " examples × " + classCount + " classes");
            }
        }
        return chunks;
    }

    /**
     * Checks that the arrays are long enough and each probability is in [0, 1].
     *
     * @param chunkBits each chunk holds 2 to the power of this examples
     * @param models per model [chunks][2^chunkBits × classes]
     */
    static void check(int exampleCount, int classCount, int chunkBits, double[][][] models) {
        long examplesOfChunk = 1L << chunkBits;
        for (int model = 0; model < models.length; model++) {
            int chunk = 0;
            for (long first = 0; first < exampleCount; first += examplesOfChunk) {
                long cells = Math.min(examplesOfChunk, exampleCount - first) * classCount;
                if (chunk == models[model].length || models[model][chunk].length < cells) {
                    throw new IllegalArgumentException("model " + model + " has no " + cells
                            + " probabilities in chunk " + chunk + " of 2^" + chunkBits + " examples");
                }
                checkChunk(models[model][chunk], model, (int) first, (int) cells, classCount);
                chunk++;
            }
        }
    }

    private static void checkChunk(double[] probabilities, int model, int first, int cells, int classCount) {
        for (int index = 0; index < cells; index++) {
            double probability = probabilities[index];
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("model " + model + " gives example " + (first + index / classCount)
                        + " the probability " + probability + " for class " + index % classCount
                        + "; it must be in [0, 1]");
            }
        }
    }

    /** Checks that the probabilities of each example sum to 1. */
    static void checkSums(Predictions predictions) {
        for (int model = 0; model < predictions.modelCount(); model++) {
            for (int example = 0; example < predictions.exampleCount(); example++) {
                double sum = 0;
                for (int label = 0; label < predictions.classCount(); label++) {
                    sum += predictions.probability(model, example, label);
                }
                if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                    throw new IllegalArgumentException("model " + model + " gives example " + example
                            + " probabilities that sum to " + sum + "; they must sum to 1 within " + SUM_TOLERANCE);
                }
            }
        }
    }

    /**
     * Returns the rows one after another in an array of their own.
     *
     * @param rows [examples][classes]
     * @param model its number, for the message
     */
    static double[] rowMajor(double[][] rows, int model, int exampleCount, int classCount) {
        if (rows.length != exampleCount) {
            throw new IllegalArgumentException("model " + model + " has " + rows.length + " examples, model 0 has "
                    + exampleCount + "; they must have as many");
        }
        if ((long) exampleCount * classCount > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("there are " + exampleCount + " examples × " + classCount
                    + " classes; an array holds at most " + Integer.MAX_VALUE);
        }
        double[] probabilities = new double[exampleCount * classCount];
        for (int example = 0; example < exampleCount; example++) {
            if (rows[example].length != classCount) {
                throw new IllegalArgumentException("model " + model + " gives example " + example + " "
                        + rows[example].length + " probabilities; expected one for each of " + classCount + " classes");
            }
            System.arraycopy(rows[example], 0, probabilities, example * classCount, classCount);
        }
        return probabilities;
    }
}
