package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Data sets with one model to measure the engine on, the same for the same shape. Annotator m gives the true class with a
 * probability of its own between 0.4 and 0.95, else any class; the model leans to the true class as far as chance has it.
 */
final class LargeDataSets {

    private static final long SEED = 20_221_012;
    private static final double ABSENCE = 0.25;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int classCount;
    private final double[] accuracies;
    private final int[] truths;

    private LargeDataSets(int exampleCount, int annotatorCount, int classCount) {
        this.classCount = classCount;
        accuracies = random.doubles(annotatorCount, 0.4, 0.95).toArray();
        truths = random.ints(exampleCount, 0, classCount).toArray();
    }

    /** Returns examples with {@code size} annotators each, chosen at random. */
    static DataSet sparse(int exampleCount, int size, int annotatorCount, int classCount) {
        return new LargeDataSets(exampleCount, annotatorCount, classCount).sparse(size);
    }

    /**
     * Returns examples that every annotator labeled, but for every second one, from which each annotator is missing with
     * probability 1/4: 12 annotators give an example 12 or about 9 annotations.
     */
    static DataSet dense(int exampleCount, int annotatorCount, int classCount) {
        return new LargeDataSets(exampleCount, annotatorCount, classCount).dense();
    }

    private DataSet sparse(int size) {
        int[] offsets = new int[truths.length + 1];
        int[] annotators = new int[truths.length * size];
        for (int example = 0; example < truths.length; example++) {
            int start = example * size;
            offsets[example + 1] = start + size;
            for (int position = start; position < start + size; position++) {
                annotators[position] = newAnnotator(annotators, start, position);
            }
            Arrays.sort(annotators, start, start + size);
        }
        return complete(offsets, annotators);
    }

    /** Draws an annotator that does not stand in {@code start .. end - 1} yet. */
    private int newAnnotator(int[] annotators, int start, int end) {
        int annotator = random.nextInt(accuracies.length);
        for (int position = start; position < end; position++) {
            if (annotators[position] == annotator) {
                return newAnnotator(annotators, start, end);
            }
        }
        return annotator;
    }

    private DataSet dense() {
        int[] offsets = new int[truths.length + 1];
        int[] annotators = new int[truths.length * accuracies.length];
        int next = 0;
        for (int example = 0; example < truths.length; example++) {
            boolean isComplete = example % 2 == 0;
            int certain = random.nextInt(accuracies.length);
            for (int annotator = 0; annotator < accuracies.length; annotator++) {
                if (isComplete || annotator == certain || random.nextDouble() >= ABSENCE) {
                    annotators[next++] = annotator;
                }
            }
            offsets[example + 1] = next;
        }
        return complete(offsets, Arrays.copyOf(annotators, next));
    }

    private DataSet complete(int[] offsets, int[] annotators) {
        int[] labels = new int[annotators.length];
        for (int example = 0; example < truths.length; example++) {
            for (int position = offsets[example]; position < offsets[example + 1]; position++) {
                boolean isRight = random.nextDouble() < accuracies[annotators[position]];
                labels[position] = isRight ? truths[example] : random.nextInt(classCount);
            }
        }
        return new DataSet(
                new Annotations(classCount, accuracies.length, offsets, annotators, labels),
                new Predictions(truths.length, classCount, List.of(probabilities())));
    }

    private double[] probabilities() {
        double[] probabilities = new double[truths.length * classCount];
        for (int example = 0; example < truths.length; example++) {
            int row = example * classCount;
            double sum = 0;
            for (int label = 0; label < classCount; label++) {
                double lean = label == truths[example] ? 0.5 * classCount * random.nextDouble() : 0;
                probabilities[row + label] = random.nextDouble() + lean;
                sum += probabilities[row + label];
            }
            for (int label = 0; label < classCount; label++) {
                probabilities[row + label] /= sum;
            }
        }
        return probabilities;
    }
}
