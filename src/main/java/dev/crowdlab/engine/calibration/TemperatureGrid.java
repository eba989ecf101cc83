package dev.crowdlab.engine.calibration;

import dev.crowdlab.engine.numeric.Exponential;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Temperatures to try, ascending, and for each of them the sum over the classes of r_k^(1/T), where r_k is the
 * probability of class k divided by the greatest of the example. Implementations are immutable; safe for use by many
 * threads.
 */
sealed interface TemperatureGrid extends Serializable {

    /** Returns the number of temperatures. */
    int size();

    /** Returns the temperature of the point. */
    double temperature(int point);

    /**
     * Computes the sums of some examples.
     *
     * @param logs [examples × classes] ln r_k; not modified
     * @param sums [examples × size] written into
     */
    void fillSums(double[] logs, int exampleCount, int classCount, double[] sums);

    /** The temperatures tried first. All their powers are products of two roots, which takes a third of the time. */
    final class Coarse implements TemperatureGrid {

        private static final double[] TEMPERATURES = {0.1, 0.2, 0.5, 0.8, 1, 2, 3, 5, 8};
        private static final int STEPS = 4;

        @Override
        public int size() {
            return TEMPERATURES.length;
        }

        @Override
        public double temperature(int point) {
            return TEMPERATURES[point];
        }

        @Override
        public void fillSums(double[] logs, int exampleCount, int classCount, double[] sums) {
            Arrays.fill(sums, 0);
            for (int example = 0; example < exampleCount; example++) {
                int row = example * classCount;
                for (int index = row; index < row + classCount; index++) {
                    addPowers(logs[index], sums, example * TEMPERATURES.length);
                }
            }
        }

        private static void addPowers(double log, double[] sums, int row) {
            double eighthRoot = Exponential.rough(log * (1.0 / 8));
            double fourthRoot = eighthRoot * eighthRoot;
            double root = fourthRoot * fourthRoot;
            double ratio = root * root;
            double square = ratio * ratio;
            double fourth = square * square;
            double fifteenthRoot = Exponential.rough(log * (1.0 / 15));
            double fifteenthRootSquare = fifteenthRoot * fifteenthRoot;
            double fifthRoot = fifteenthRootSquare * fifteenthRoot;
            sums[row] += fourth * fourth * square;
            sums[row + 1] += fourth * ratio;
            sums[row + 2] += square;
            sums[row + 3] += ratio * fourthRoot;
            sums[row + 4] += ratio;
            sums[row + 5] += root;
            sums[row + 6] += fifthRoot * fifteenthRootSquare;
            sums[row + 7] += fifthRoot;
            sums[row + 8] += eighthRoot;
        }

        /**
         * Returns the points between the best and its neighbors, three on each side. The neighbors are not tried again:
         * their losses are known not to be lower. If the best is the greatest temperature of all, there is only the
         * lower side, which then begins with the neighbor, since the greatest temperature itself is left out, see
         * {@link #isKept}.
         */
        TemperatureGrid around(int best) {
            int from = Math.max(0, best - 1);
            int to = Math.min(TEMPERATURES.length - 1, best + 1);
            int firstStep = isKept(best) ? 1 : 0;
            int count = STEPS - firstStep;
            double[] points = new double[(to - from) * count];
            for (int point = 0; point < points.length; point++) {
                int lower = from + point / count;
                double step = (TEMPERATURES[lower + 1] - TEMPERATURES[lower]) / STEPS;
                points[point] = TEMPERATURES[lower] + (firstStep + point % count) * step;
            }
            return new Fine(points);
        }

        /**
         * Returns whether the best competes with the points around it: any but the greatest does, as in the reference.
         */
        boolean isKept(int best) {
            return best < TEMPERATURES.length - 1;
        }
    }

    /** Any temperatures. */
    final class Fine implements TemperatureGrid {

        private final double[] temperatures;

        /**
         * Takes the temperatures.
         *
         * @param temperatures owned by this
         */
        Fine(double[] temperatures) {
            this.temperatures = temperatures;
        }

        @Override
        public int size() {
            return temperatures.length;
        }

        @Override
        public double temperature(int point) {
            return temperatures[point];
        }

        @Override
        public void fillSums(double[] logs, int exampleCount, int classCount, double[] sums) {
            for (int point = 0; point < temperatures.length; point++) {
                double power = 1 / temperatures[point];
                for (int example = 0; example < exampleCount; example++) {
                    sums[example * temperatures.length + point] = sum(logs, example * classCount, classCount, power);
                }
            }
        }

        private static double sum(double[] logs, int row, int classCount, double power) {
            double sum = 0;
            for (int index = row; index < row + classCount; index++) {
                sum += Exponential.rough(logs[index] * power);
            }
            return sum;
        }
    }
}
