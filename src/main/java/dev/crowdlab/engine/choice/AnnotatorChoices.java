package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;

/**
 * How each annotator uses each class that the annotator chose, or that is published for an example the annotator
 * answered. Immutable; safe for use by many threads.
 */
public final class AnnotatorChoices {

    private static final int CHOSEN = 0;
    private static final int PUBLISHED = 1;
    private static final int BOTH = 2;
    private static final int COUNTS = 3;

    private final ChoicePairs pairs;
    /** [rows × 3] */
    private final int[] counts;
    /** [rows] */
    private final double[] qualities;

    private AnnotatorChoices(ChoicePairs pairs, int[] counts, double[] qualities) {
        this.pairs = pairs;
        this.counts = counts;
        this.qualities = qualities;
    }

    /** Returns the annotators and classes, by annotator. */
    public ChoicePairs pairs() {
        return pairs;
    }

    /** Returns how often the annotator chose the class. */
    public int chosenCount(int row) {
        return counts[COUNTS * row + CHOSEN];
    }

    /** Returns for how many of the examples that the annotator answered the class is published. */
    public int publishedCount(int row) {
        return counts[COUNTS * row + PUBLISHED];
    }

    /** Returns for how many of these the annotator chose it. */
    public int bothCount(int row) {
        return counts[COUNTS * row + BOTH];
    }

    /**
     * Returns the mean, over all answers of the annotator, of the probability that what they say of the class is right,
     * in [0, 1], summed exactly.
     */
    public double quality(int row) {
        return qualities[row];
    }

    /** Counts class by class. */
    @NotThreadSafe
    static final class Builder {

        private final int[] answers;
        private final ChoicePairs.Builder pairs;
        private int[] counts = new int[COUNTS * 1_024];
        private double[] qualities = new double[1_024];

        /** [annotators × 3] of the class at hand. */
        private final int[] current;
        /** [annotators] answers seen of the class at hand. */
        private final int[] seen;
        /** [annotators × 2] */
        private final long[] sums;

        /** @param answers [annotators] how many each gave; not modified */
        Builder(int[] answers, int classCount) {
            this.answers = answers;
            pairs = new ChoicePairs.Builder(classCount);
            current = new int[COUNTS * answers.length];
            seen = new int[answers.length];
            sums = new long[2 * answers.length];
        }

        /** Counts an answer. Those that are not counted do not choose the class, which is impossible for their example. */
        void add(int annotator, boolean isChosen, double probability) {
            boolean isPublished = ExampleChoices.isPublished(probability);
            int row = COUNTS * annotator;
            current[row + CHOSEN] += isChosen ? 1 : 0;
            current[row + PUBLISHED] += isPublished ? 1 : 0;
            current[row + BOTH] += isChosen && isPublished ? 1 : 0;
            seen[annotator]++;
            FixedPoint.add(sums, 2 * annotator, FixedPoint.of(isChosen ? probability : 1 - probability));
        }

        void endClass(int label) {
            for (int annotator = 0; annotator < answers.length; annotator++) {
                int counted = COUNTS * annotator;
                if (current[counted + CHOSEN] + current[counted + PUBLISHED] > 0) {
                    store(annotator);
                }
            }
            pairs.endClass(label);
            Arrays.fill(current, 0);
            Arrays.fill(seen, 0);
            Arrays.fill(sums, 0);
        }

        private void store(int annotator) {
            int row = pairs.add(annotator);
            if (row == qualities.length) {
                qualities = Arrays.copyOf(qualities, ChoicePairs.Builder.grown(row));
                counts = Arrays.copyOf(counts, COUNTS * qualities.length);
            }
            System.arraycopy(current, COUNTS * annotator, counts, COUNTS * row, COUNTS);
            long certain = FixedPoint.of(1) >>> 31;
            long unseen = answers[annotator] - (long) seen[annotator];
            qualities[row] = Math.min(
                    1,
                    FixedPoint.mean(
                            sums[2 * annotator] + unseen * certain, sums[2 * annotator + 1], answers[annotator]));
        }

        AnnotatorChoices build() {
            int[] places = pairs.places(answers.length);
            int[] placedCounts = new int[COUNTS * places.length];
            double[] placed = new double[places.length];
            for (int row = 0; row < places.length; row++) {
                System.arraycopy(counts, COUNTS * row, placedCounts, COUNTS * places[row], COUNTS);
                placed[places[row]] = qualities[row];
            }
            return new AnnotatorChoices(pairs.build(answers.length, places), placedCounts, placed);
        }
    }
}
