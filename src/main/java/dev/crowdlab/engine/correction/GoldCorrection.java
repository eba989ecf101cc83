package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.WilsonInterval;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a random sample of examples with known classes teaches about a consensus: a conditional logit around it ({@link
 * ConditionalLogit}), adopted only if labels themselves get better, else the confidence of its labels ({@link Rescaling}).
 *
 * <ol>
 *   <li>Ten folds, by the place of an example in {@link GoldExample#order} modulo 10. The logarithm of what is predicted
 *       for the truth out of fold, at least ln 0.001, for the strengths 1, 4, 16, 64 of the ridge, and for the consensus
 *       itself, which is the strongest. Chosen is the strongest whose mean is within a standard error of the best, that
 *       of their difference.
 *   <li>With wins the gold examples that it has right out of fold and the consensus wrong, and losses the reverse, labels
 *       change only if wins - losses is at least 2 and at least 1.645 √(wins + losses).
 *   <li>Accuracy on examples without gold is the share of gold that is right out of fold, with Wilson's 90 % interval for
 *       n (N - n) / N examples (Journal of the American Statistical Association 22, 1927).
 * </ol>
 *
 * <p>Gold that is no random sample says something about examples of its kind alone. One thread fits, in a fixed order.
 * Immutable; safe for use by many threads.
 */
public final class GoldCorrection implements Serializable {

    /** Gold labels that are taken at most; beyond, those that come first by their order. */
    public static final int MAX_GOLD = 5000;

    /** From so many gold labels on labels may change, unless the caller asks for another number. */
    public static final int DEFAULT_MINIMUM = 100;

    /** With more classes the open posterior takes the less probable ones as one, and nothing is corrected. */
    public static final int MAX_CLASSES = 64;

    /** From so many gold labels on the accuracy is measured. */
    public static final int MIN_ESTIMATE = 20;

    private final CorrectionStatus status;
    private final Features features;
    private final double[] weights;
    private final Rescaling rescaling;
    private final CorrectionEstimates estimates;

    private GoldCorrection(
            CorrectionStatus status,
            Features features,
            double[] weights,
            Rescaling rescaling,
            CorrectionEstimates estimates) {
        this.status = status;
        this.features = features;
        this.weights = weights;
        this.rescaling = rescaling;
        this.estimates = estimates;
    }

    /**
     * Learns from gold.
     *
     * @param sample gold examples in any order, none twice; only the first {@link #MAX_GOLD} by their order are used
     * @param size of the data set
     * @param minimum gold labels from which on labels may change
     */
    public static GoldCorrection of(List<GoldExample> sample, Size size, int minimum) {
        List<GoldExample> gold = sample.stream()
                .sorted((one, other) -> Long.compareUnsigned(one.order(), other.order()))
                .limit(MAX_GOLD)
                .toList();
        Features features = new Features(gold, size.classCount, size.annotatorCount);
        if (gold.size() < MIN_ESTIMATE) {
            return new GoldCorrection(
                    CorrectionStatus.TOO_LITTLE_GOLD,
                    features,
                    new double[0],
                    new Rescaling(Double.NaN, Double.NaN),
                    CorrectionEstimates.none(gold.size()));
        }
        CrossValidation trial = new CrossValidation(features, gold);
        boolean isTried = gold.size() >= minimum && classCount(gold) > 1;
        if (isTried) {
            trial.run();
        }
        boolean isChanged = trial.isAdopted();
        return new GoldCorrection(
                isChanged ? CorrectionStatus.CHANGED : CorrectionStatus.KEPT,
                features,
                isChanged ? trial.fit() : new double[0],
                Rescaling.of(gold),
                estimates(trial, isTried, gold.size(), (double) size.exampleCount));
    }

    private static long classCount(List<GoldExample> gold) {
        return gold.stream().mapToInt(GoldExample::truth).distinct().count();
    }

    private static CorrectionEstimates estimates(
            CrossValidation trial, boolean isTried, double count, double exampleCount) {
        double accuracy = trial.hits() / count;
        double effective = exampleCount > count ? count * (exampleCount - count) / exampleCount : count;
        WilsonInterval interval = WilsonInterval.ofEffective(accuracy, effective, WilsonInterval.QUANTILE);
        return new CorrectionEstimates(
                (int) count,
                isTried,
                trial.strength(),
                trial.wins(),
                trial.losses(),
                accuracy,
                new Interval(interval.lower(), interval.upper()));
    }

    /** How large the data set is that the gold examples are drawn from. */
    public record Size(long exampleCount, int classCount, int annotatorCount) {}

    /** Returns what became of the consensus. */
    public CorrectionStatus status() {
        return status;
    }

    /** Returns what cross-validation found. */
    public CorrectionEstimates estimates() {
        return estimates;
    }

    /**
     * Returns the weights with their names; none unless labels changed.
     *
     * @return log_posterior and log_votes, then class by class, then annotator by annotator, by their numbers
     */
    public List<CorrectionWeight> weights() {
        List<CorrectionWeight> named = new ArrayList<>();
        for (int weight = 0; weight < weights.length; weight++) {
            int label = weight - Features.FIRST_CLASS;
            int annotator = label - features.classCount;
            named.add(
                    weight == 0
                            ? new CorrectionWeight(CorrectionWeight.Feature.LOG_POSTERIOR, -1, weights[0])
                            : weight == 1
                                    ? new CorrectionWeight(CorrectionWeight.Feature.LOG_VOTES, -1, weights[1])
                                    : annotator < 0
                                            ? new CorrectionWeight(
                                                    CorrectionWeight.Feature.CLASS, label, weights[weight])
                                            : new CorrectionWeight(
                                                    CorrectionWeight.Feature.ANNOTATOR,
                                                    features.annotators[annotator],
                                                    weights[weight]));
        }
        return named;
    }

    /**
     * Corrects an example.
     *
     * @param label its consensus
     * @param posterior [classes] the open posterior; written into if labels changed: the corrected one
     * @param voters who labeled it, in front
     * @param votes what they gave, in front
     * @param voteCount how many did
     * @return the label; where labels changed the most probable class, the lowest of several
     */
    // more parameters: called for every example, with arrays that are used again
    public int correct(int label, double[] posterior, int[] voters, int[] votes, int voteCount) {
        if (status != CorrectionStatus.CHANGED) {
            return label;
        }
        double highest = features.row(posterior, voters, votes, voteCount).score(weights, posterior);
        ConditionalLogit.softmax(posterior, highest);
        return top(posterior);
    }

    /**
     * Returns the probability that the corrected label is right, in [0, 1]; NaN with too little gold.
     *
     * @param label what {@link #correct} returned
     * @param posterior what it left
     */
    public double probability(int label, double[] posterior) {
        return status == CorrectionStatus.CHANGED ? posterior[label] : rescaling.right(posterior[label]);
    }

    static int top(double[] probabilities) {
        int top = 0;
        for (int label = 1; label < probabilities.length; label++) {
            top = probabilities[label] > probabilities[top] ? label : top;
        }
        return top;
    }
}
