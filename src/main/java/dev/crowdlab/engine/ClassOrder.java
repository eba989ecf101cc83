package dev.crowdlab.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * That a model's probabilities probably stand in another order of the classes than the labels: the classes that it finds most
 * probable agree far better with the votes if they are taken for others. Found by the best assignment of one to the other.
 * Immutable; safe for use by many threads.
 */
public final class ClassOrder {

    /** With more classes nothing is looked for: the time grows with the third power of their number. */
    static final int MOST_CLASSES = 100;

    /** Two classes at least must have changed places, each of so many examples. */
    private static final int LEAST_CLASSES = 2;

    private static final int LEAST_EXAMPLES = 10;

    /** A class that the model finds more often than chance would have it, by so many standard deviations. */
    private static final double DEVIATIONS = 4;

    /** A weak model that takes some classes for others gains less than this share of all examples. */
    private static final double LEAST_GAIN = 0.05;

    /** Nor does it agree better by so much. */
    private static final double LEAST_RATIO = 1.2;

    private final int[] likely;
    private final double agreement;
    private final double likelyAgreement;

    private ClassOrder(int[] likely, double agreement, double likelyAgreement) {
        this.likely = likely;
        this.agreement = agreement;
        this.likelyAgreement = likelyAgreement;
    }

    /**
     * Looks whether another order is likely.
     *
     * @param counts [classes][classes] examples by the class that the model finds most probable, then by that with most votes
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
        boolean isBetter = likelyAgreeing - agreeing >= LEAST_GAIN * total && likelyAgreeing >= LEAST_RATIO * agreeing;
        return isBetter && movedCount(counts, likely, total) >= LEAST_CLASSES
                ? Optional.of(new ClassOrder(likely, agreeing / total, likelyAgreeing / total))
                : Optional.empty();
    }

    private static int movedCount(long[][] counts, int[] likely, double total) {
        int moved = 0;
        for (int label = 0; label < counts.length; label++) {
            long found = counts[label][likely[label]];
            double byChance = Arrays.stream(counts[label]).sum() * (columnSum(counts, likely[label]) / total);
            boolean isMoved = likely[label] != label
                    && found >= LEAST_EXAMPLES
                    && found >= 2 * counts[label][label]
                    && found - byChance >= DEVIATIONS * Math.sqrt(byChance);
            moved += isMoved ? 1 : 0;
        }
        return moved;
    }

    private static double columnSum(long[][] counts, int column) {
        return Arrays.stream(counts).mapToLong(row -> row[column]).sum();
    }

    /** Returns the class that the model's probabilities of a class are probably about. */
    public int likely(int label) {
        return likely[label];
    }

    /** Returns the share of examples on which the model agrees with most votes, in [0, 1]; shared most votes do not count. */
    public double agreement() {
        return agreement;
    }

    /** Returns that share if each class is taken for its likely one. */
    public double likelyAgreement() {
        return likelyAgreement;
    }
}
