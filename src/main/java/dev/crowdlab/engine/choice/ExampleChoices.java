package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;

/**
 * How probable each class is for each example, where somebody chose the class, or annotators or models find it more
 * probable than not. Of all others nothing is stored. Immutable; safe for use by many threads.
 */
public final class ExampleChoices {

    private final ChoicePairs pairs;
    private final double[] probabilities;

    private ExampleChoices(ChoicePairs pairs, double[] probabilities) {
        this.pairs = pairs;
        this.probabilities = probabilities;
    }

    /** Returns the examples and classes, by example. */
    public ChoicePairs pairs() {
        return pairs;
    }

    /** Returns the probability that the class of the row belongs to the example, in [0, 1]. */
    public double probability(int row) {
        return probabilities[row];
    }

    /** Returns whether the class of the row is published: its probability is above 1/2. */
    public boolean isPublished(int row) {
        return isPublished(probabilities[row]);
    }

    /** Returns whether a class of this probability is published. */
    static boolean isPublished(double probability) {
        return probability > 0.5;
    }

    /** Collects rows class by class. */
    @NotThreadSafe
    static final class Builder {

        private final int exampleCount;
        private final ChoicePairs.Builder pairs;
        private double[] probabilities = new double[1_024];

        Builder(int exampleCount, int classCount) {
            this.exampleCount = exampleCount;
            pairs = new ChoicePairs.Builder(classCount);
        }

        void add(int example, double probability) {
            int row = pairs.add(example);
            if (row == probabilities.length) {
                probabilities = Arrays.copyOf(probabilities, ChoicePairs.Builder.grown(row));
            }
            probabilities[row] = probability;
        }

        void endClass(int label) {
            pairs.endClass(label);
        }

        ExampleChoices build() {
            int[] places = pairs.places(exampleCount);
            double[] placed = new double[places.length];
            for (int row = 0; row < places.length; row++) {
                placed[places[row]] = probabilities[row];
            }
            return new ExampleChoices(pairs.build(exampleCount, places), placed);
        }
    }
}
