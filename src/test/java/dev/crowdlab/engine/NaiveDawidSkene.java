package dev.crowdlab.engine;

import java.util.Arrays;
import java.util.List;

/**
 * Dawid and Skene's method once more, as plainly as they write it: n[example][annotator][label] counts labels, an annotator may
 * label an example several times, and abstain, which is a class that no example is of. Shares nothing with the engine.
 */
public final class NaiveDawidSkene {

    private static final double TOLERANCE = 1e-7;
    private static final int MAX_ROUNDS = 500;

    public final double[][] posterior;
    final double[] shares;
    /** [annotators][true class][given class] */
    final double[][][] confusion;

    public int rounds;

    private final int abstained;
    private final int[][][] counts;
    private final int[] gold;
    private final double smoothing;
    private final int labelCount;

    /**
     * Iterates until the log-likelihood of a label settles.
     *
     * @param size examples, annotators, classes
     * @param rows example, annotator, label; the same example and annotator may occur again
     * @param gold the classes that are known, -1 where none is; may be shorter
     */
    public NaiveDawidSkene(int[] size, List<int[]> rows, double smoothing, int... gold) {
        this(size, -1, rows, smoothing, gold);
    }

    /** Where one of the classes stands for abstaining. */
    NaiveDawidSkene(int[] size, int abstained, List<int[]> rows, double smoothing, int... gold) {
        this.abstained = abstained;
        this.gold = gold;
        counts = new int[size[0]][size[1]][size[2]];
        rows.forEach(row -> counts[row[0]][row[1]][row[2]]++);
        labelCount = rows.size();
        this.smoothing = smoothing;
        posterior = new double[size[0]][size[2]];
        shares = new double[size[2]];
        confusion = new double[size[1]][size[2]][size[2]];
        vote();
        maximize();
        double before = Double.NEGATIVE_INFINITY;
        double change;
        do {
            double after = expect() / labelCount;
            maximize();
            change = Math.abs(after - before);
            before = after;
            rounds++;
        } while (!(change < TOLERANCE) && rounds < MAX_ROUNDS);
        expect();
    }

    private void vote() {
        for (int example = 0; example < posterior.length; example++) {
            double sum = 0;
            for (int[] labels : counts[example]) {
                for (int label = 0; label < labels.length; label++) {
                    double votes = label == abstained ? 0 : labels[label];
                    posterior[example][label] += votes;
                    sum += votes;
                }
            }
            for (int label = 0; label < shares.length; label++) {
                posterior[example][label] /= sum;
            }
            know(example);
        }
    }

    /** Makes a known class certain; returns how probable it was, 1 if none is known. */
    private double know(int example) {
        if (example >= gold.length || gold[example] < 0) {
            return 1;
        }
        double probability = posterior[example][gold[example]];
        Arrays.fill(posterior[example], 0);
        posterior[example][gold[example]] = 1;
        return probability;
    }

    private void maximize() {
        int classCount = shares.length;
        for (int label = 0; label < classCount; label++) {
            shares[label] = 0;
            for (double[] row : posterior) {
                shares[label] += row[label] / posterior.length;
            }
        }
        for (int annotator = 0; annotator < confusion.length; annotator++) {
            for (int truth = 0; truth < classCount; truth++) {
                double total = classCount * smoothing;
                double[] cells = new double[classCount];
                for (int example = 0; example < posterior.length; example++) {
                    for (int given = 0; given < classCount; given++) {
                        double count = posterior[example][truth] * counts[example][annotator][given];
                        cells[given] += count;
                        total += count;
                    }
                }
                for (int given = 0; given < classCount; given++) {
                    confusion[annotator][truth][given] = total == 0 ? 0 : (cells[given] + smoothing) / total;
                }
            }
        }
    }

    /** Returns the log-likelihood of all labels. */
    private double expect() {
        double logLikelihood = 0;
        for (int example = 0; example < posterior.length; example++) {
            double sum = 0;
            for (int truth = 0; truth < shares.length; truth++) {
                double product = shares[truth];
                for (int annotator = 0; annotator < confusion.length; annotator++) {
                    for (int given = 0; given < shares.length; given++) {
                        product *=
                                StrictMath.pow(confusion[annotator][truth][given], counts[example][annotator][given]);
                    }
                }
                posterior[example][truth] = product;
                sum += product;
            }
            for (int truth = 0; truth < shares.length; truth++) {
                posterior[example][truth] /= sum;
            }
            logLikelihood += StrictMath.log(sum) + StrictMath.log(know(example));
        }
        return logLikelihood;
    }
}
