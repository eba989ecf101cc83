package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.LinearSystem;
import dev.crowdlab.engine.numeric.Logarithm;
import java.util.Arrays;

/**
 * Weights w of {@link Features} that make the known classes most probable, P(k | i) = softmax of the weighted sums, with a
 * ridge: they minimize the sum of -ln P(y_i | i) + 1/2 × sum of penalty × (w - center)². By Newton's method, whose step is
 * halved until the loss falls by 1e-4 of what its slope promises; at most 50 steps. One thread, examples in their order.
 */
final class ConditionalLogit {

    private static final int MAX_STEPS = 50;
    private static final double ARMIJO = 1e-4;
    private static final double MIN_STEP = 1e-6;
    private static final double MIN_FALL = 1e-10;

    private final Features features;
    private final Features.Row[] rows;
    private final int[] truths;
    private final double strength;
    private final double[] scores;

    ConditionalLogit(Features features, Features.Row[] rows, int[] truths, double strength) {
        this.features = features;
        this.rows = rows;
        this.truths = truths;
        this.strength = strength;
        scores = new double[features.classCount];
    }

    /** Returns the weights, found from a start, which is not modified. */
    double[] fit(double[] start) {
        double[] w = start.clone();
        double loss = loss(w);
        for (int step = 0; step < MAX_STEPS; step++) {
            int count = w.length;
            double[][] system = new double[count][count + 1];
            double[] gradient = fill(w, system);
            double[] direction = LinearSystem.solve(system);
            double slope = 0;
            for (int weight = 0; weight < count; weight++) {
                slope += gradient[weight] * direction[weight];
            }
            double length = 1;
            double[] next = moved(w, direction, length);
            double nextLoss = loss(next);
            while (length > MIN_STEP && nextLoss > loss - ARMIJO * length * slope) {
                length /= 2;
                next = moved(w, direction, length);
                nextLoss = loss(next);
            }
            double largest =
                    length * Arrays.stream(direction).map(Math::abs).max().orElse(0);
            double fall = loss - nextLoss;
            w = next;
            loss = nextLoss;
            if (largest < MIN_STEP || fall < MIN_FALL * Math.max(1, Math.abs(loss))) {
                break;
            }
        }
        return w;
    }

    private static double[] moved(double[] w, double[] direction, double length) {
        double[] moved = new double[w.length];
        for (int weight = 0; weight < w.length; weight++) {
            moved[weight] = w[weight] - length * direction[weight];
        }
        return moved;
    }

    private double loss(double[] w) {
        double loss = 0;
        for (int weight = 0; weight < w.length; weight++) {
            double distance = w[weight] - Features.center(weight);
            loss += features.penalty(weight, strength) * distance * distance / 2;
        }
        for (int row = 0; row < rows.length; row++) {
            double highest = rows[row].score(w, scores);
            double sum = 0;
            for (double score : scores) {
                sum += Exponential.of(score - highest);
            }
            loss += highest + Logarithm.of(sum) - scores[truths[row]];
        }
        return loss;
    }

    /** Writes the second derivatives, and the gradient as the last column, which is returned, too. */
    private double[] fill(double[] w, double[][] system) {
        double[] gradient = new double[w.length];
        double[] mean = new double[w.length];
        for (int row = 0; row < rows.length; row++) {
            double highest = rows[row].score(w, scores);
            softmax(scores, highest);
            addRow(rows[row], truths[row], mean, gradient, system);
        }
        for (int weight = 0; weight < w.length; weight++) {
            double penalty = features.penalty(weight, strength);
            gradient[weight] += penalty * (w[weight] - Features.center(weight));
            system[weight][weight] += penalty;
            system[weight][w.length] = gradient[weight];
        }
        return gradient;
    }

    static void softmax(double[] scores, double highest) {
        double sum = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = Exponential.of(scores[label] - highest);
            sum += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= sum;
        }
    }

    /** Adds sum of P x x' - (sum of P x) (sum of P x)', and sum of P x - x of the truth; few features are not 0. */
    private void addRow(Features.Row row, int truth, double[] mean, double[] gradient, double[][] system) {
        int classCount = scores.length;
        int voteCount = row.weights().length;
        int[] used = new int[Features.FIRST_CLASS + classCount + voteCount];
        for (int weight = 0; weight < Features.FIRST_CLASS + classCount; weight++) {
            used[weight] = weight;
            mean[weight] = 0;
        }
        for (int vote = 0; vote < voteCount; vote++) {
            used[Features.FIRST_CLASS + classCount + vote] = row.weights()[vote];
            mean[row.weights()[vote]] = scores[row.classes()[vote]];
        }
        int[] active = new int[Features.FIRST_CLASS + 1 + voteCount];
        double[] values = new double[active.length];
        active[1] = 1;
        for (int label = 0; label < classCount; label++) {
            int count = activate(row, label, active, values);
            mean[0] += scores[label] * values[0];
            mean[1] += scores[label] * values[1];
            mean[Features.FIRST_CLASS + label] = scores[label];
            for (int one = 0; one < count; one++) {
                double weighted = scores[label] * values[one];
                for (int other = 0; other < count; other++) {
                    system[active[one]][active[other]] += weighted * values[other];
                }
                gradient[active[one]] -= label == truth ? values[one] : 0;
            }
        }
        for (int one : used) {
            gradient[one] += mean[one];
            for (int other : used) {
                system[one][other] -= mean[one] * mean[other];
            }
        }
    }

    /** Writes the features of a class that are not 0; returns how many they are. */
    private static int activate(Features.Row row, int label, int[] active, double[] values) {
        values[0] = row.logs()[label];
        values[1] = row.shares()[label];
        active[2] = Features.FIRST_CLASS + label;
        values[2] = 1;
        int count = Features.FIRST_CLASS + 1;
        for (int vote = 0; vote < row.weights().length; vote++) {
            if (row.classes()[vote] == label) {
                active[count] = row.weights()[vote];
                values[count++] = 1;
            }
        }
        return count;
    }
}
