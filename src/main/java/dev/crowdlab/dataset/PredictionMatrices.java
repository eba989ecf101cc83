package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.engine.pass.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The predictions of the analyzed examples and of the pool, made from the rows as read, which are consumed. Arrays of
 * one model become matrices in place; others are copied chunk by chunk while the rows are released.
 *
 * @param examples [examples × classes] for each model, uniform where an example has no usable prediction
 * @param pool the same for the pool
 */
record PredictionMatrices(Predictions examples, Predictions pool) {

    /**
     * Creates the matrices.
     *
     * @param examples the arrival indices among the predictions of the analyzed examples, or {@link
     *     IdDictionary#ABSENT}
     * @param pool those of the pool
     */
    static PredictionMatrices of(AcceptedPredictions accepted, int classCount, int[] examples, int[] pool) {
        return accepted.isArranged()
                ? arranged(accepted, classCount, examples, pool)
                : new PredictionMatrices(copied(accepted, classCount, examples), copied(accepted, classCount, pool));
    }

    /** The pool must start at a chunk, so the places before it are filled with arbitrary rows. */
    private static PredictionMatrices arranged(
            AcceptedPredictions accepted, int classCount, int[] examples, int[] pool) {
        int chunkSize = 1 << ProbabilityRows.chunkBits(classCount);
        int poolStart = pool.length == 0 ? examples.length : Math.addExact(examples.length, chunkSize - 1) & -chunkSize;
        int[] all = Arrays.copyOf(examples, Math.addExact(poolStart, pool.length));
        Arrays.fill(all, examples.length, poolStart, IdDictionary.ABSENT);
        System.arraycopy(pool, 0, all, poolStart, pool.length);
        ProbabilityRows rows = accepted.arrange(all);
        return new PredictionMatrices(
                inChunks(classCount, examples.length, List.<double[][]>of(rows.chunks(0, examples.length))),
                inChunks(classCount, pool.length, List.<double[][]>of(rows.chunks(poolStart, pool.length))));
    }

    private static Predictions copied(AcceptedPredictions accepted, int classCount, int[] examples) {
        int chunkSize = 1 << ProbabilityRows.chunkBits(classCount);
        List<double[][]> models = new ArrayList<>();
        for (int model = 0; model < accepted.modelCount(); model++) {
            models.add(new double[(int) (((long) examples.length + chunkSize - 1) / chunkSize)][]);
        }
        for (int first = 0, chunk = 0; first < examples.length; first += chunkSize, chunk++) {
            int[] part = Arrays.copyOfRange(examples, first, first + Math.min(chunkSize, examples.length - first));
            for (int model = 0; model < models.size(); model++) {
                models.get(model)[chunk] = chunk(accepted, model, classCount, part);
            }
        }
        return inChunks(classCount, examples.length, models);
    }

    private static double[] chunk(AcceptedPredictions accepted, int model, int classCount, int[] examples) {
        double[] chunk = new double[examples.length * classCount];
        for (int place = 0; place < examples.length; place++) {
            int at = place * classCount;
            if (accepted.isUsable(examples[place], model)) {
                accepted.take(examples[place], model, chunk, at);
            } else {
                Arrays.fill(chunk, at, at + classCount, 1.0 / classCount);
            }
        }
        return chunk;
    }

    private static Predictions inChunks(int classCount, int exampleCount, List<double[][]> models) {
        return Predictions.ofChunks(exampleCount, classCount, ProbabilityRows.chunkBits(classCount), models);
    }
}
