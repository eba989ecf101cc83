package dev.crowdlab.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Random small data sets, the same for the same seed. Every annotator has a label. Probabilities are multiples of an
 * eighth in most, so that sums are exact and ties abound.
 */
public final class RandomDataSets {

    private static final int GRID = 8;

    private final SplittableRandom random;
    private final int classCount;
    private final int largestSize;
    private final boolean isCoarse;

    private RandomDataSets(long seed, int largestSize) {
        random = new SplittableRandom(seed);
        classCount = random.nextInt(2, 7);
        isCoarse = random.nextInt(4) > 0;
        this.largestSize = largestSize;
    }

    /** Returns a data set of up to {@code largestExampleCount} examples with 0 to 3 models. */
    public static DataSet of(long seed, int largestExampleCount, int largestSize) {
        return new RandomDataSets(seed, largestSize).make(largestExampleCount);
    }

    private DataSet make(int largestExampleCount) {
        int exampleCount = random.nextInt(1, largestExampleCount + 1);
        int annotatorCount = random.nextInt(1, 10);
        double density = random.nextDouble();
        double accuracy = random.nextDouble();
        int[] used = new int[annotatorCount];
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            int truth = random.nextInt(classCount);
            for (int annotator : chooseAnnotators(annotatorCount, density)) {
                int label = random.nextDouble() < accuracy ? truth : random.nextInt(classCount);
                rows.add(new int[] {example, annotator, label});
                used[annotator] = 1;
            }
        }
        return pack(rows, used, exampleCount);
    }

    /** Returns at least one and at most {@code largestSize} annotators, ascending. */
    private Iterable<Integer> chooseAnnotators(int annotatorCount, double density) {
        TreeSet<Integer> chosen = new TreeSet<>();
        int first = random.nextInt(annotatorCount);
        chosen.add(first);
        for (int step = 1; step < annotatorCount && chosen.size() < largestSize; step++) {
            if (random.nextDouble() < density) {
                chosen.add((first + step) % annotatorCount);
            }
        }
        return chosen;
    }

    private DataSet pack(List<int[]> rows, int[] used, int exampleCount) {
        int[] ranks = new int[used.length];
        int count = 0;
        for (int annotator = 0; annotator < used.length; annotator++) {
            ranks[annotator] = count;
            count += used[annotator];
        }
        for (int[] row : rows) {
            row[1] = ranks[row[1]];
        }
        List<double[]> models = new ArrayList<>();
        int modelCount = random.nextInt(4);
        for (int model = 0; model < modelCount; model++) {
            models.add(probabilities(exampleCount));
        }
        return DataSet.of(classCount, count, rows, models);
    }

    private double[] probabilities(int exampleCount) {
        double[] probabilities = new double[exampleCount * classCount];
        for (int example = 0; example < exampleCount; example++) {
            double left = 1;
            for (int draw = 0; draw < GRID; draw++) {
                double share = isCoarse ? 1.0 / GRID : left * random.nextDouble();
                probabilities[example * classCount + random.nextInt(classCount)] += share;
                left -= share;
            }
            probabilities[example * classCount] += Math.max(0, left);
        }
        for (int index = 0; index < probabilities.length; index++) {
            probabilities[index] = Math.min(1, probabilities[index]);
        }
        return probabilities;
    }
}
