package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Annotations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A data set whose truth is known because it is made up: 200 to 800 examples, 2 to 10 classes of equal or unequal shares, 8 to 40
 * annotators of 55 to 90 % mean accuracy who err independently, 2 to 8 annotations per example; a model, if any, knows the truth in
 * 60 to 90 % of cases, guesses in the others, and is as sure as that makes it.
 *
 * @param truth [examples]
 */
@SuppressWarnings("ArrayRecordComponent")
public record SimulatedCrowd(DataSet data, int[] truth) {

    /** How annotators err. */
    public enum Errors {
        ANYWHERE("to any class alike"),
        NEIGHBORS("mostly to one class"),
        HABITS("mostly to one class, and one annotator in seven labels by habit");

        private final String description;

        Errors(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    public static SimulatedCrowd of(long seed, Errors errors, boolean withModel) {
        Random random = new Random(seed);
        int classCount = new int[] {2, 3, 5, 10}[random.nextInt(4)];
        int size = new int[] {2, 3, 5, 8}[random.nextInt(4)];
        int exampleCount = 200 + random.nextInt(601);
        Annotator[] annotators = new Annotator[8 + random.nextInt(33)];
        double skill = 0.55 + 0.35 * random.nextDouble();
        for (int annotator = 0; annotator < annotators.length; annotator++) {
            double accuracy = Math.max(1.0 / classCount, Math.min(0.98, skill + 0.12 * random.nextGaussian()));
            boolean byHabit = errors == Errors.HABITS && random.nextInt(7) == 0;
            annotators[annotator] = new Annotator(accuracy, errors != Errors.ANYWHERE, byHabit);
        }
        double skew = new double[] {0, 0.3, 0.8}[random.nextInt(3)];
        int[] truth = new int[exampleCount];
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            truth[example] = drawClass(random, classCount, skew);
            int[] chosen = random.ints(0, annotators.length)
                    .distinct()
                    .limit(size)
                    .sorted()
                    .toArray();
            for (int annotator : chosen) {
                rows.add(new int[] {example, annotator, annotators[annotator].label(random, truth[example], classCount)
                });
            }
        }
        List<double[]> models = withModel ? List.of(model(random, truth, classCount)) : List.of();
        return new SimulatedCrowd(DataSet.of(classCount, annotators.length, rows, models), truth);
    }

    /** Class k is exp(-skew) times as frequent as class k - 1. */
    private static int drawClass(Random random, int classCount, double skew) {
        double[] shares = new double[classCount];
        double sum = 0;
        for (int label = 0; label < classCount; label++) {
            shares[label] = Math.exp(-skew * label);
            sum += shares[label];
        }
        double left = random.nextDouble() * sum;
        int label = 0;
        while (label < classCount - 1 && left >= shares[label]) {
            left -= shares[label++];
        }
        return label;
    }

    private static double[] model(Random random, int[] truth, int classCount) {
        double accuracy = new double[] {0.6, 0.75, 0.9}[random.nextInt(3)];
        double[] probabilities = new double[truth.length * classCount];
        for (int example = 0; example < truth.length; example++) {
            int predicted = random.nextDouble() < accuracy ? truth[example] : random.nextInt(classCount);
            double sure = accuracy + (1 - accuracy) / classCount;
            for (int label = 0; label < classCount; label++) {
                probabilities[example * classCount + label] = label == predicted ? sure : (1 - sure) / (classCount - 1);
            }
        }
        return probabilities;
    }

    /** Returns the share of examples whose consensus is true. */
    double accuracy(Consensus consensus) {
        int right = 0;
        for (int example = 0; example < truth.length; example++) {
            right += consensus.label(example) == truth[example] ? 1 : 0;
        }
        return (double) right / truth.length;
    }

    /** Returns the share of the annotator's labels that are true; NaN if there are none. */
    double accuracy(int annotator) {
        int[] counts = new int[2];
        Annotations annotations = data.annotations();
        for (int example = 0; example < truth.length; example++) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                if (annotations.annotator(position) == annotator) {
                    counts[annotations.label(position) == truth[example] ? 1 : 0]++;
                }
            }
        }
        return (double) counts[1] / Arrays.stream(counts).sum();
    }

    /**
     * Somebody who labels.
     *
     * @param byHabit gives the first class in 70 % of labels, whatever is true, and any class else
     */
    private record Annotator(double accuracy, boolean toNeighbor, boolean byHabit) {

        int label(Random random, int truth, int classCount) {
            if (byHabit) {
                return random.nextDouble() < 0.7 ? 0 : random.nextInt(classCount);
            }
            if (random.nextDouble() < accuracy) {
                return truth;
            }
            boolean next = toNeighbor && random.nextDouble() < 0.8;
            return (truth + (next ? 1 : 1 + random.nextInt(classCount - 1))) % classCount;
        }
    }
}
