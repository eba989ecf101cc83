package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;

/**
 * The measures that compare all annotations of an example by how far they are apart, of the whole data set and with one
 * example left out. With O the coincidences, in which an example with n labels, v of them in a class, has (v v' - diag v)
 * / (n - 1), c their sums by class and N their sum, alpha is
 *
 * <pre>
 *   1 - (N - 1) sum of d² O / sum of d² c c'         with d the difference of the classes' places: those of the scale,
 *                                                    or c_1 + … + c_a - c_a / 2 of class a
 * </pre>
 *
 * <p>and AC2 is (p - e) / (1 - e) with p = 1 - the mean over examples of sum of d² v v' / (R² n (n - 1)), R the range of the
 * scale, and e = the sum of 1 - d² / R² over pairs of classes / (K (K - 1)) × the sum over classes of s (1 - s), with s
 * the mean share of the class in an example's labels. Immutable.
 */
public final class OrderedAgreement implements Serializable {

    private final ClassScale scale;
    private final ExampleAgreement nominal;
    /** [classes × classes] O. */
    private final double[] coincidences;
    /** [classes] c, whole numbers. */
    private final double[] labels;

    private final double labelCount;
    /** Sum over examples of d² v v' / (n - 1), by the scale. */
    private final double distance;
    /** Sum over examples of d² v v' / (n (n - 1)), by the scale. */
    private final double meanDistance;
    /** The sum of weights over pairs of classes / (K (K - 1)). */
    private final double chanceWeight;

    /**
     * Computes what the measures follow from.
     *
     * @param nominal what is known without the scale
     */
    public OrderedAgreement(ClassScale scale, ExampleAgreement nominal, PairedLabels pairs) {
        this.scale = scale;
        this.nominal = nominal;
        int classCount = scale.classCount();
        coincidences = new double[classCount * classCount];
        labels = new double[classCount];
        double distances = 0;
        double means = 0;
        for (int size = 2; size <= pairs.largestSize(); size++) {
            long ofSize = 0;
            for (int label = 0; label < classCount; label++) {
                long given = 0;
                for (int other = 0; other < classCount; other++) {
                    long count = pairs.count(size, label, other);
                    given += count;
                    ofSize += square(label, other) * count;
                    coincidences[label * classCount + other] += (double) count / (size - 1);
                }
                long labelCount = given / (size - 1); // since each is in a pair with every other of its example
                labels[label] += (double) labelCount;
            }
            distances += (double) ofSize / (size - 1);
            means += (double) ofSize / (size * (size - 1L));
        }
        distance = distances;
        meanDistance = means;
        double sum = 0;
        for (double given : labels) {
            sum += given;
        }
        labelCount = sum;
        chanceWeight = chanceWeight();
    }

    private double chanceWeight() {
        int classCount = scale.classCount();
        double range = scale.range() * (double) scale.range();
        double weights = 0;
        for (int label = 0; label < classCount; label++) {
            for (int other = 0; other < classCount; other++) {
                weights += 1 - square(label, other) / range;
            }
        }
        return weights / (classCount * (classCount - 1.0));
    }

    private long square(int label, int other) {
        long difference = scale.place(label) - scale.place(other);
        return difference * difference;
    }

    /** Returns whether the measure is defined on the scale. */
    public boolean measures(OrderedMeasure measure) {
        return measure != OrderedMeasure.KRIPPENDORFF_ALPHA_INTERVAL || scale.isInterval();
    }

    /** Returns the number of examples with two or more labels. */
    public long comparedCount() {
        return nominal.comparedCount();
    }

    /** Returns the value of a measure; NaN if it is undefined. */
    public double value(OrderedMeasure measure) {
        return new Remainder(this).value(measure);
    }

    /** Some of the examples: all, or all but one. For use by one thread. */
    @NotThreadSafe
    static final class Remainder {

        private final OrderedAgreement whole;
        private final int[] votes;
        private final double[] kept;
        private final double[] places;
        private ExampleAgreement.Without left = ExampleAgreement.Without.NOTHING;
        private int[] gone = new int[0];
        private int size;

        Remainder(OrderedAgreement whole) {
            this.whole = whole;
            int classCount = whole.scale.classCount();
            votes = new int[classCount];
            kept = whole.labels.clone();
            places = new double[classCount];
        }

        /**
         * Leaves out one example instead of the last one.
         *
         * @param labels its labels, in the first places; not to be changed before the next one is left out
         */
        void leaveOut(int[] labels, int count) {
            gone = labels;
            size = count;
            left = whole.nominal.without(labels, count, votes);
        }

        private long comparedCount() {
            return whole.nominal.comparedCount() - left.comparedCount();
        }

        double value(OrderedMeasure measure) {
            if (comparedCount() == 0) {
                return Double.NaN;
            }
            return switch (measure) {
                case KRIPPENDORFF_ALPHA_ORDINAL -> ordinalAlpha();
                case KRIPPENDORFF_ALPHA_INTERVAL -> intervalAlpha();
                case GWET_AC2 -> ac2();
                case MEAN_LINEAR_KAPPA, MEAN_QUADRATIC_KAPPA ->
                    throw new IllegalArgumentException("pairs are not compared here");
            };
        }

        private double ordinalAlpha() {
            keep();
            double before = 0;
            for (int label = 0; label < places.length; label++) {
                places[label] = before + kept[label] / 2;
                before += kept[label];
            }
            double observed = 0;
            for (int label = 0; label < places.length; label++) {
                for (int other = 0; other < places.length; other++) {
                    double difference = places[label] - places[other];
                    observed += difference * difference * whole.coincidences[label * places.length + other];
                }
            }
            return alpha(observed - (size < 2 ? 0 : goneDistance() / (size - 1)));
        }

        private double intervalAlpha() {
            keep();
            for (int label = 0; label < places.length; label++) {
                places[label] = whole.scale.place(label);
            }
            return alpha(whole.distance - (size < 2 ? 0 : goneDistance() / (size - 1)));
        }

        private void keep() {
            System.arraycopy(whole.labels, 0, kept, 0, kept.length);
            for (int index = 0; size > 1 && index < size; index++) {
                kept[gone[index]] -= 1;
            }
        }

        /** Returns the sum of squared differences over the ordered pairs of the labels left out. */
        private double goneDistance() {
            double sum = 0;
            double squares = 0;
            for (int index = 0; index < size; index++) {
                sum += places[gone[index]];
                squares += places[gone[index]] * places[gone[index]];
            }
            return 2 * (size * squares - sum * sum);
        }

        private double alpha(double observed) {
            double count = whole.labelCount - (size < 2 ? 0 : size);
            double sum = 0;
            double squares = 0;
            for (int label = 0; label < places.length; label++) {
                sum += kept[label] * places[label];
                squares += kept[label] * places[label] * places[label];
            }
            double expected = 2 * (count * squares - sum * sum);
            return expected <= 0 ? Double.NaN : 1 - (count - 1) * observed / expected;
        }

        private double ac2() {
            double range = whole.scale.range() * (double) whole.scale.range();
            for (int label = 0; label < places.length; label++) {
                places[label] = whole.scale.place(label);
            }
            double distance = whole.meanDistance - (size < 2 ? 0 : goneDistance() / (size * (size - 1.0)));
            double observed = 1 - distance / range / comparedCount();
            double chance = whole.chanceWeight * whole.nominal.unevenness(left);
            return (observed - chance) / (1 - chance);
        }
    }
}
