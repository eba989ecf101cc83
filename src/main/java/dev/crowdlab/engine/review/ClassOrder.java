package dev.crowdlab.engine.review;

import java.util.Arrays;
import java.util.Optional;

/**
 * The finding that a model's probabilities are probably in another order of the classes than the labels: its most
 * probable classes agree far better with the votes if they are mapped to other classes. Found as the best assignment
 * between both. Immutable; thread-safe.
 */
public final class ClassOrder {

    /** With more classes this is not checked, since the time grows with the third power of their number. */
    static final int MAX_CLASSES = 100;

    /** At least two classes must have changed places, each with enough examples. */
    private static final int MIN_CLASSES = 2;

    private static final int MIN_EXAMPLES = 10;

    /** The new place of a class must be more frequent than by chance by this many standard deviations. */
    private static final double DEVIATIONS = 4;

    /** Below this share of all examples the gain may be due to a weak model that confuses some classes. */
    private static final double MIN_GAIN = 0.05;

    /** The agreement must improve at least by this factor. */
    private static final double MIN_RATIO = 1.2;

    private final int[] likely;
    private final double agreement;
    private final double likelyAgreement;

    private ClassOrder(int[] likely, double agreement, double likelyAgreement) {
        this.likely = likely;
        this.agreement = agreement;
        this.likelyAgreement = likelyAgreement;
    }

    /**
     * Checks whether another order is likely.
     *
     * @param counts [classes][classes] number of examples by the class that the model finds most probable, then by the
     *     class with most votes
     */
    static Optional<ClassOrder> suspected(long[][] counts) {
        int[] likely = ClassAssignment.best(counts);
        long agreeing = 0;
        long likelyAgreeing = 0;
        for (int label = 0; label < counts.length; label++) {
            agreeing += counts[label][label];
            likelyAgreeing += counts[label][likely[label]];
        }
        double total = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
        boolean isBetter = likelyAgreeing - agreeing >= MIN_GAIN * total && likelyAgreeing >= MIN_RATIO * agreeing;
        return isBetter && movedCount(counts, likely, total) >= MIN_CLASSES
                ? Optional.of(new ClassOrder(likely, agreeing / total, likelyAgreeing / total))
                : Optional.empty();
    }

    private static int movedCount(long[][] counts, int[] likely, double total) {
        int moved = 0;
        for (int label = 0; label < counts.length; label++) {
            long found = counts[label][likely[label]];
            double byChance = Arrays.stream(counts[label]).sum() * (columnSum(counts, likely[label]) / total);
            boolean isMoved = likely[label] != label
                    && found >= MIN_EXAMPLES
                    && found >= 2 * counts[label][label]
                    && found - byChance >= DEVIATIONS * Math.sqrt(byChance);
            moved += isMoved ? 1 : 0;
        }
        return moved;
    }

    private static double columnSum(long[][] counts, int column) {
        return Arrays.stream(counts).mapToLong(row -> row[column]).sum();
    }

    /** Returns the class that the model's probabilities of a class probably refer to. */
    public int likely(int label) {
        return likely[label];
    }

    /**
     * Returns the share of examples on which the model agrees with the majority of votes, in [0, 1]; examples with a
     * tie do not count.
     */
    public double agreement() {
        return agreement;
    }

    /** Returns the same share after mapping each class to its likely counterpart. */
    public double likelyAgreement() {
        return likelyAgreement;
    }
}
