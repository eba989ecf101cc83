package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.BetaDistribution;
import dev.crowdlab.engine.quality.Interval;

/**
 * How often whoever gave labels is right, by the formula of {@link AnnotatorAccuracies}. Immutable.
 *
 * @param mean in (0, 1)
 * @param interval 90 %
 */
public record AccuracyEstimate(double mean, Interval interval) {

    private static final double PRIOR_LABELS = 4;
    private static final double TAIL = 0.05;
    private static final double MIN = 1e-9;

    /** Spread of a data set's accuracy about its estimate without models, on the logit scale. */
    private static final double SPREAD = 0.68;

    /**
     * Estimates the accuracy of somebody beside the annotators.
     *
     * @param probability sum of the probabilities P of the labels being right
     * @param variance sum of P (1 - P)
     * @param count number of labels
     * @param base the accuracy of a label of which nothing is known
     * @param accuracy of the consensus, found without models
     */
    public static AccuracyEstimate of(double probability, double variance, long count, double base, double accuracy) {
        double doubt = accuracy * (1 - accuracy);
        double common = (SPREAD * doubt) * (SPREAD * doubt) / Math.max(MIN, doubt);
        double all = count + PRIOR_LABELS;
        double mean = Math.max(MIN, Math.min(1 - MIN, (probability + PRIOR_LABELS * base) / all));
        double total = mean * (1 - mean) * (1 / (all + 1) + common) + variance / (all * all);
        BetaDistribution beta = BetaDistribution.of(mean, Math.max(1, mean * (1 - mean) / total - 1));
        return new AccuracyEstimate(mean, new Interval(beta.quantile(TAIL), beta.quantile(1 - TAIL)));
    }
}
