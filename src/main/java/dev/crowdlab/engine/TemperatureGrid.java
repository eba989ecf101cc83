package dev.crowdlab.engine;

import java.util.Arrays;

/**
 * Temperatures to try, ascending, and for each of them the sum over the classes of r_k^(1/T), where r_k is the
 * probability of class k divided by the greatest of the example. Implementations are immutable; safe for use by many
 * threads.
 */
sealed interface TemperatureGrid {

    /** Returns the number of temperatures. */
    int size();

    /** Returns the temperature of the point. */
    double temperature(int point);

    /**
     * Computes the sums of one example.
     *
     * @param ratios [classes] r_k, in [0, 1]; not modified
     * @param logs [classes] ln r_k; not modified
     * @param sums [size] written into
     */
    void fillSums(double[] ratios, double[] logs, double[] sums);

    /**
     * The temperatures tried first. Most of their powers are products and square roots, which takes half the time of as many
     * powers of e.
     */
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
        public void fillSums(double[] ratios, double[] logs, double[] sums) {
            Arrays.fill(sums, 0);
            for (int label = 0; label < ratios.length; label++) {
                double ratio = ratios[label];
                double square = ratio * ratio;
                double fourth = square * square;
                double root = Math.sqrt(ratio);
                double fourthRoot = Math.sqrt(root);
                sums[0] += fourth * fourth * square;
                sums[1] += fourth * ratio;
                sums[2] += square;
                sums[3] += ratio * fourthRoot;
                sums[4] += ratio;
                sums[5] += root;
                sums[6] += Math.exp(logs[label] / 3);
                sums[7] += Math.exp(logs[label] / 5);
                sums[8] += Math.sqrt(fourthRoot);
            }
        }

        /**
         * Returns the points between the best and its neighbours: three on each side where it has one. The neighbours need no
         * second trial: the lower one's loss is higher than the best's, as the first of equal ones is the best, and the upper
         * one's is not lower. Only where the best is the greatest of all, which then is out, its neighbour is in.
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

        /** Returns whether the best competes with the points around it: any but the greatest does, as in the reference. */
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
        public void fillSums(double[] ratios, double[] logs, double[] sums) {
            for (int point = 0; point < sums.length; point++) {
                double sum = 0;
                for (double log : logs) {
                    sum += Math.exp(log / temperatures[point]);
                }
                sums[point] = sum;
            }
        }
    }
}
