package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.numeric.BetaDistribution;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.vote.Votes;

/**
 * How often each annotator is right, as {@link Committee} sees it. With P the probabilities of an annotator's n labels,
 * p their mean over all annotators, and z the estimated accuracy of the consensus,
 *
 * <pre>
 *   mean     = (sum of P + 4 p) / (n + 4)
 *   variance = mean (1 - mean) / (n + 5)  +  sum of P (1 - P) / (n + 4)²  +  spread² z (1 - z) mean (1 - mean)
 * </pre>
 *
 * <p>for how few labels there are, for how doubtful each is, and for how far the whole data set may be off. The
 * interval is that of the beta distribution with this mean and variance, and with alpha + beta of at least 1.
 * Immutable.
 */
public final class AnnotatorAccuracies {

    private static final double PRIOR_LABELS = 4;
    private static final double TAIL = 0.05;
    private static final double MIN = 1e-9;

    private final double[] means;
    private final double[] lowers;
    private final double[] uppers;

    /**
     * Estimates all accuracies.
     *
     * @param result sums over the annotators' labels
     * @param accuracy of the consensus
     * @param spread of a data set's accuracy about its estimate, on the logit scale
     */
    AnnotatorAccuracies(CommitteeConsensusPass.Result result, Votes votes, double accuracy, double spread) {
        int annotatorCount = votes.annotatorCount();
        double sum = 0;
        long labels = 0;
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            sum += result.probabilities(annotator);
            labels += votes.labelCount(annotator);
        }
        double base = sum / labels;
        double doubt = accuracy * (1 - accuracy);
        double common = (spread * doubt) * (spread * doubt) / Math.max(MIN, doubt);
        means = new double[annotatorCount];
        lowers = new double[annotatorCount];
        uppers = new double[annotatorCount];
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            long count = votes.labelCount(annotator);
            double shrunk = (result.probabilities(annotator) + PRIOR_LABELS * base) / (count + PRIOR_LABELS);
            double mean = Math.max(MIN, Math.min(1 - MIN, shrunk));
            double labelDoubt = result.variances(annotator) / ((count + PRIOR_LABELS) * (count + PRIOR_LABELS));
            double variance = mean * (1 - mean) * (1 / (count + PRIOR_LABELS + 1) + common) + labelDoubt;
            set(annotator, mean, Math.max(1, mean * (1 - mean) / variance - 1));
        }
    }

    private void set(int annotator, double mean, double concentration) {
        BetaDistribution distribution = BetaDistribution.of(mean, concentration);
        means[annotator] = mean;
        lowers[annotator] = distribution.quantile(TAIL);
        uppers[annotator] = distribution.quantile(1 - TAIL);
    }

    public double mean(int annotator) {
        return means[annotator];
    }

    public Interval interval(int annotator) {
        return new Interval(lowers[annotator], uppers[annotator]);
    }
}
