package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.NotThreadSafe;

/**
 * Scores labels under one posterior at a time: what all labels of an example share is computed once. Working memory of
 * one thread; not safe for use by several threads. The formulas are in {@link LabelQualityScore}.
 */
abstract sealed class LabelScorer {

    private static final double FLOOR = 1e-6;

    /** Takes a new posterior from the array that the scorer was created for. */
    abstract void open();

    /** Returns the score of the label before it is clamped. */
    abstract double raw(int label);

    /** Returns the score of the label, in [0, 1]: rounding may carry it a little beyond. */
    final double score(int label) {
        double raw = raw(label);
        // Branches that are never taken, instead of Math.max and Math.min: 5 to 9 % off the pass that scores
        // annotations.
        return raw <= 0 ? 0 : raw > 1 ? 1 : raw;
    }

    static final class SelfConfidence extends LabelScorer {

        private final double[] posterior;

        SelfConfidence(double[] posterior) {
            this.posterior = posterior;
        }

        @Override
        void open() {
            // nothing is shared by the labels
        }

        @Override
        double raw(int label) {
            return posterior[label];
        }
    }

    @NotThreadSafe
    static final class NormalizedMargin extends LabelScorer {

        private final double[] posterior;
        private int best;
        private double highestOther;

        NormalizedMargin(double[] posterior) {
            this.posterior = posterior;
        }

        @Override
        void open() {
            best = posterior[1] > posterior[0] ? 1 : 0;
            highestOther = posterior[1 - best];
            for (int label = 2; label < posterior.length; label++) {
                if (posterior[label] > posterior[best]) {
                    highestOther = posterior[best];
                    best = label;
                } else {
                    highestOther = Math.max(highestOther, posterior[label]);
                }
            }
        }

        @Override
        double raw(int label) {
            return (posterior[label] - (label == best ? highestOther : posterior[best]) + 1) / 2;
        }
    }

    @NotThreadSafe
    static final class WeightedEntropy extends LabelScorer {

        private final double[] posterior;
        private final double greatestEntropy;
        private double entropy;

        WeightedEntropy(double[] posterior) {
            this.posterior = posterior;
            greatestEntropy = StrictMath.log(posterior.length);
        }

        @Override
        void open() {
            double sum = 0;
            for (double probability : posterior) {
                sum += probability > 0 ? probability * StrictMath.log(probability) : 0;
            }
            entropy = -sum / greatestEntropy;
        }

        @Override
        double raw(int label) {
            double weighted = entropy / Math.max(posterior[label], FLOOR);
            return StrictMath.log(weighted + 1) / Math.max(weighted, FLOOR);
        }
    }
}
