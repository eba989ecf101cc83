package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.PassRunner;
import java.io.Serializable;

/**
 * How sure one may be of what the panel says alone: P(right) = 1 / (1 + exp(-(a + g z))) with z the logit of its highest
 * probability. a and g make the people's posteriors most probable where both labeled, with a ridge of 1 on a about 0 and
 * of 4 on g about 1, by at most 30 steps of Newton's method, each a pass with exact sums. Immutable.
 *
 * @param offset a
 * @param slope g
 */
public record Confidence(double offset, double slope) implements Serializable {

    private static final double MIN = 1e-6;
    private static final double OFFSET_RIDGE = 1;
    private static final double SLOPE_RIDGE = 4;
    private static final int MAX_STEPS = 30;
    private static final double TOLERANCE = 1e-6;

    static Confidence of(PassRunner passes) {
        Confidence confidence = new Confidence(0, 1);
        for (int step = 0; step < MAX_STEPS; step++) {
            Sums sums = passes.run("panelConfidence", new SumPass(confidence));
            double a = sums.value(2) + OFFSET_RIDGE;
            double b = sums.value(3);
            double c = sums.value(4) + SLOPE_RIDGE;
            double first = sums.value(0) + OFFSET_RIDGE * confidence.offset;
            double second = sums.value(1) + SLOPE_RIDGE * (confidence.slope - 1);
            double determinant = a * c - b * b;
            double offsetStep = (c * first - b * second) / determinant;
            double slopeStep = (a * second - b * first) / determinant;
            confidence = new Confidence(confidence.offset - clipped(offsetStep), confidence.slope - clipped(slopeStep));
            if (Math.max(Math.abs(offsetStep), Math.abs(slopeStep)) < TOLERANCE) {
                break;
            }
        }
        return confidence;
    }

    private static double clipped(double step) {
        return Math.max(-1, Math.min(1, step));
    }

    static double logit(double probability) {
        double clipped = Math.max(MIN, Math.min(1 - MIN, probability));
        return Logarithm.of(clipped / Math.max(MIN, 1 - probability));
    }

    private double right(double logit) {
        return 1 / (1 + Exponential.of(-(offset + slope * logit)));
    }

    /** Returns the probability that the panel's class is right, at least that of a guess among the classes. */
    double right(double probability, int classCount) {
        return Math.max(1.0 / classCount, right(logit(probability)));
    }

    /** Sums the gradient and the second derivatives. */
    private record SumPass(Confidence confidence) implements Pass<Sums> {

        @Override
        public Sums newStatistics(Dimensions dimensions) {
            return new Sums();
        }

        @Override
        public void collect(Block block, Sums sums) {
            double[] logits = block.input().get(PanelPass.LOGIT);
            double[] targets = block.input().get(PanelPass.TARGET);
            for (int example = block.from(); example < block.to(); example++) {
                double logit = logits[example];
                if (!Double.isNaN(logit)) {
                    double right = confidence.right(logit);
                    double curvature = right * (1 - right);
                    sums.add(0, right - targets[example]);
                    sums.add(1, (right - targets[example]) * logit);
                    sums.add(2, curvature);
                    sums.add(3, curvature * logit);
                    sums.add(4, curvature * logit * logit);
                }
            }
        }
    }

    private static final class Sums implements Mergeable<Sums> {

        private static final int COUNT = 5;

        private final long[] parts = new long[2 * COUNT];

        void add(int place, double value) {
            Grid.add(parts, 2 * place, Grid.of(value));
        }

        double value(int place) {
            return Grid.value(parts[2 * place], parts[2 * place + 1]);
        }

        @Override
        public void add(Sums other) {
            Mergeable.add(parts, other.parts);
        }
    }
}
