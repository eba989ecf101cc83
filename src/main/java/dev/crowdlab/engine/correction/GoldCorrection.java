package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.WilsonInterval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
public final class GoldCorrection {

    /** Gold labels that are taken at most; beyond, those that come first by their order. */
    public static final int MAX_GOLD = 5000;

    /** From so many gold labels on labels may change, unless the caller asks for another number. */
    public static final int DEFAULT_MINIMUM = 100;

    private static final int MIN_ESTIMATE = 20;
    private static final int FOLDS = 10;
    private static final double[] STRENGTHS = {1, 4, 16, 64};
    private static final double FLOOR = 1e-3;
    private static final double GUARD = 1.645;

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
        Rescaling rescaling = Rescaling.of(gold);
        Set<Integer> classes = new HashSet<>();
        gold.forEach(example -> classes.add(example.truth()));
        Trial trial = new Trial(features, gold);
        if (gold.size() >= minimum && classes.size() > 1) {
            trial.run();
        }
        boolean isChanged = trial.isAdopted();
        double[] weights = isChanged ? trial.fit(STRENGTHS[trial.chosen]) : new double[0];
        int hits = 0;
        for (int row = 0; row < gold.size(); row++) {
            hits += trial.isRight[isChanged ? trial.chosen : STRENGTHS.length][row] ? 1 : 0;
        }
        double accuracy = (double) hits / gold.size();
        double count = gold.size();
        double effective = size.exampleCount > count ? count * (size.exampleCount - count) / size.exampleCount : count;
        WilsonInterval interval = WilsonInterval.of(accuracy, effective, WilsonInterval.QUANTILE);
        return new GoldCorrection(
                isChanged ? CorrectionStatus.CHANGED : CorrectionStatus.KEPT,
                features,
                weights,
                rescaling,
                new CorrectionEstimates(
                        gold.size(),
                        isChanged ? STRENGTHS[trial.chosen] : Double.POSITIVE_INFINITY,
                        trial.wins,
                        trial.losses,
                        accuracy,
                        new Interval(interval.lower(), interval.upper())));
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

    private static int top(double[] probabilities) {
        int top = 0;
        for (int label = 1; label < probabilities.length; label++) {
            top = probabilities[label] > probabilities[top] ? label : top;
        }
        return top;
    }

    /** Cross-validation of all strengths, the consensus itself being the last. */
    private static final class Trial {

        private final Features features;
        private final List<GoldExample> gold;
        private final Features.Row[] rows;
        private final double[][] scores;
        final boolean[][] isRight;
        int chosen = STRENGTHS.length;
        int wins;
        int losses;

        Trial(Features features, List<GoldExample> gold) {
            this.features = features;
            this.gold = gold;
            rows = gold.stream().map(features::row).toArray(Features.Row[]::new);
            scores = new double[STRENGTHS.length + 1][gold.size()];
            isRight = new boolean[STRENGTHS.length + 1][gold.size()];
            for (int row = 0; row < rows.length; row++) {
                isRight[STRENGTHS.length][row] =
                        gold.get(row).label() == gold.get(row).truth();
            }
        }

        void run() {
            for (int fold = 0; fold < FOLDS; fold++) {
                runFold(fold);
            }
            chosen = choose();
            for (int row = 0; row < rows.length && chosen < STRENGTHS.length; row++) {
                wins += isRight[chosen][row] && !isRight[STRENGTHS.length][row] ? 1 : 0;
                losses += !isRight[chosen][row] && isRight[STRENGTHS.length][row] ? 1 : 0;
            }
        }

        boolean isAdopted() {
            return chosen < STRENGTHS.length && wins - losses >= Math.max(2, GUARD * Math.sqrt((double) wins + losses));
        }

        double[] fit(double strength) {
            return new ConditionalLogit(features, rows, truths(gold), strength).fit(start());
        }

        private double[] start() {
            double[] start = new double[features.count()];
            start[0] = Features.SLOPE;
            return start;
        }

        private static int[] truths(List<GoldExample> examples) {
            return examples.stream().mapToInt(GoldExample::truth).toArray();
        }

        private void runFold(int fold) {
            List<GoldExample> training = new ArrayList<>();
            List<Features.Row> kept = new ArrayList<>();
            for (int row = 0; row < rows.length; row++) {
                if (row % FOLDS != fold) {
                    training.add(gold.get(row));
                    kept.add(rows[row]);
                }
            }
            Rescaling rescaling = Rescaling.of(training);
            for (int row = fold; row < rows.length; row += FOLDS) {
                scores[STRENGTHS.length][row] = score(rescaling.probability(gold.get(row)));
            }
            double[] w = start();
            double[] probabilities = new double[features.classCount];
            for (int place = 0; place < STRENGTHS.length; place++) {
                w = new ConditionalLogit(
                                features, kept.toArray(Features.Row[]::new), truths(training), STRENGTHS[place])
                        .fit(w);
                for (int row = fold; row < rows.length; row += FOLDS) {
                    ConditionalLogit.softmax(probabilities, rows[row].score(w, probabilities));
                    int truth = gold.get(row).truth();
                    scores[place][row] = score(probabilities[truth]);
                    isRight[place][row] = top(probabilities) == truth;
                }
            }
        }

        private static double score(double probability) {
            return Logarithm.of(Math.max(FLOOR, probability));
        }

        private int choose() {
            int best = 0;
            for (int place = 1; place <= STRENGTHS.length; place++) {
                best = mean(scores[place]) > mean(scores[best]) ? place : best;
            }
            for (int place = STRENGTHS.length; place > best; place--) {
                double[] differences = new double[rows.length];
                for (int row = 0; row < rows.length; row++) {
                    differences[row] = scores[best][row] - scores[place][row];
                }
                double mean = mean(differences);
                double squares = 0;
                for (double difference : differences) {
                    squares += (difference - mean) * (difference - mean);
                }
                if (mean <= Math.sqrt(squares / (rows.length - 1)) / Math.sqrt(rows.length)) {
                    return place;
                }
            }
            return best;
        }

        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }
    }
}
