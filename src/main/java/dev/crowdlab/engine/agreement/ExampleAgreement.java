package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.numeric.FixedPoint;
import java.io.Serializable;

/**
 * The measures that compare all annotations of an example, of the whole data set and with one example left out. Of an
 * example with n annotations, v of them in a class, a = sum v (v - 1) of its n (n - 1) ordered pairs agree. Immutable.
 */
public final class ExampleAgreement implements Serializable {

    private final long exampleCount;
    private final long comparedCount;
    private final long labelCount;
    private final int classCount;
    /** Examples of fewer annotations than the largest: Fleiss' kappa is undefined where there are any. */
    private final boolean isBalanced;
    /** Sum over compared examples of a / (n (n - 1)). */
    private final double agreement;
    /** Sum over compared examples of (n (n - 1) - a) / (n - 1). */
    private final double disagreement;
    /** [classes] labels of compared examples. */
    private final long[] comparedByClass;

    private final double comparedSquares;
    /** [classes] sum over all examples of v / n. */
    private final double[] shares;

    private final double shareSquares;

    public ExampleAgreement(AgreementPass.Counts counts) {
        int largest = counts.examplesBySize.length - 1;
        classCount = counts.comparedByClass.length;
        comparedByClass = counts.comparedByClass;
        long examples = 0;
        long compared = 0;
        double agreeing = 0;
        double disagreeing = 0;
        for (int size = 1; size <= largest; size++) {
            examples += counts.examplesBySize[size];
            if (size > 1) {
                long pairs = size * (size - 1L);
                compared += counts.examplesBySize[size];
                agreeing += (double) counts.agreeingBySize[size] / pairs;
                disagreeing +=
                        (double) (counts.examplesBySize[size] * pairs - counts.agreeingBySize[size]) / (size - 1);
            }
        }
        exampleCount = examples;
        comparedCount = compared;
        agreement = agreeing;
        disagreement = disagreeing;
        isBalanced = largest > 0 && counts.examplesBySize[largest] == examples;
        shares = new double[classCount];
        long labels = 0;
        double squares = 0;
        double squaredShares = 0;
        for (int label = 0; label < classCount; label++) {
            labels += comparedByClass[label];
            squares += (double) comparedByClass[label] * comparedByClass[label];
            shares[label] = FixedPoint.mean(counts.shareSums[2 * label], counts.shareSums[2 * label + 1], 1);
            squaredShares += shares[label] * shares[label];
        }
        labelCount = labels;
        comparedSquares = squares;
        shareSquares = squaredShares;
    }

    /** Returns the number of examples with two or more annotations. */
    public long comparedCount() {
        return comparedCount;
    }

    /** Returns the number of labeled examples. */
    long exampleCount() {
        return exampleCount;
    }

    public boolean isBalanced() {
        return isBalanced;
    }

    /** Returns the value of a measure; NaN if it is undefined. */
    public double value(AgreementMeasure measure) {
        return value(measure, Without.NOTHING);
    }

    /** Returns the value of a measure with something left out; NaN if it is undefined. */
    public double value(AgreementMeasure measure, Without without) {
        long compared = comparedCount - without.comparedCount();
        if (compared == 0) {
            return Double.NaN;
        }
        double observed = (agreement - without.agreement()) / compared;
        return switch (measure) {
            case PERCENT_AGREEMENT -> observed;
            case KRIPPENDORFF_ALPHA -> {
                double labels = (double) labelCount - without.labelCount();
                double different = labels * labels - (comparedSquares - without.comparedSquares());
                yield different == 0
                        ? Double.NaN
                        : 1 - (labels - 1) * (disagreement - without.disagreement()) / different;
            }
            case FLEISS_KAPPA -> {
                double labels = (double) labelCount - without.labelCount();
                double different = labels * labels - (comparedSquares - without.comparedSquares());
                yield different == 0 || !isBalanced ? Double.NaN : 1 - (1 - observed) * labels * labels / different;
            }
            case GWET_AC1 -> {
                double chance = unevenness(without) / (classCount - 1);
                yield (observed - chance) / (1 - chance);
            }
            case MEAN_COHEN_KAPPA -> throw new IllegalArgumentException("pairs are not compared here");
        };
    }

    /** Returns the sum over classes of s (1 - s), with s the mean share of the class in an example's labels. */
    double unevenness(Without without) {
        double examples = (double) exampleCount - without.exampleCount();
        return 1 - (shareSquares - without.shareSquares()) / (examples * examples);
    }

    /**
     * The counts of one example.
     *
     * @param labels its labels, in the first places
     * @param size how many there are, at least 1
     * @param votes [classes] working memory: all 0 before and after
     */
    Without without(int[] labels, int size, int[] votes) {
        long agreeing = 0;
        for (int index = 0; index < size; index++) {
            agreeing += 2L * votes[labels[index]]++;
        }
        double goneSquares = 0;
        double goneShares = 0;
        for (int index = 0; index < size; index++) {
            int label = labels[index];
            int given = votes[label];
            votes[label] = 0;
            double share = (double) given / size;
            // the square before minus the square after
            goneSquares += given * (2.0 * comparedByClass[label] - given);
            goneShares += share * (2 * shares[label] - share);
        }
        if (size == 1) {
            return new Without(1, 0, 0, 0, 0, 0, goneShares);
        }
        long pairs = size * (size - 1L);
        return new Without(
                1,
                1,
                size,
                (double) agreeing / pairs,
                (double) (pairs - agreeing) / (size - 1),
                goneSquares,
                goneShares);
    }

    /** By how much the sums over all examples become less. */
    record Without(
            int exampleCount,
            int comparedCount,
            long labelCount,
            double agreement,
            double disagreement,
            double comparedSquares,
            double shareSquares) {

        static final Without NOTHING = new Without(0, 0, 0, 0, 0, 0, 0);
    }
}
