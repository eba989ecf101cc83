package dev.crowdlab.engine;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;

/**
 * What an expert expects of each annotator's confusion: A_m[k, l], the probability that annotator m gives class l where class k is
 * true, before m's own labels of class k are counted. Implementations are immutable.
 */
sealed interface AnnotatorEffects extends Serializable {

    /**
     * Returns A_m[k, l].
     *
     * @param label the true class k
     * @param isHit whether the given class is the true one
     * @param miss the share of errors of all annotators where k is true that give l
     * @param habit how often m gives l, whatever is true
     */
    double expected(int annotator, int label, boolean isHit, double miss, double habit);

    /**
     * Returns the probability that annotator m gives a class where one of many other classes is true.
     *
     * @param miss the mean share of errors of all annotators that give it
     * @param habit how often m gives it, whatever is true
     */
    double expectedElsewhere(int annotator, double miss, double habit);

    /** Returns the effects of the shape, estimated from sums over an annotator's cells. */
    static AnnotatorEffects of(Expert.Shape shape, CommitteeInput input, PooledConfusion pooled, Sums sums) {
        return switch (shape) {
            case COIN -> new Coin(accuracies(input, sums));
            case SCALE -> scale(input, pooled, sums);
            case SPAM -> new Spam(spamRates(input, sums));
        };
    }

    /** Sums over cells, in units of 2^-30. Immutable: nobody modifies the arrays. */
    final class Sums implements Serializable {

        private static final long serialVersionUID = 1L;

        /** [rows] over all given classes. */
        final long[] rows;
        /** [annotators] over the cells where the given class is the true one. */
        final long[] hits;

        Sums(long[] rows, long[] hits) {
            this.rows = rows;
            this.hits = hits;
        }

        double rowSum(int row) {
            return rows[row] * Grid.UNIT;
        }

        double hitSum(int annotator) {
            return hits[annotator] * Grid.UNIT;
        }

        /** Returns [classes] the sum over all rows of the class. */
        double[] byClass(CellLayout layout) {
            long[] sums = new long[layout.classCount()];
            for (int row = 0; row < rows.length; row++) {
                sums[layout.rowLabel(row)] += rows[row];
            }
            double[] byClass = new double[sums.length];
            for (int label = 0; label < sums.length; label++) {
                byClass[label] = sums[label] * Grid.UNIT;
            }
            return byClass;
        }
    }

    /** Returns [annotators] the share of right labels, shrunk to that of all annotators. */
    private static double[] accuracies(CommitteeInput input, Sums sums) {
        double labels = 0;
        long hits = 0;
        for (int annotator = 0; annotator < sums.hits.length; annotator++) {
            labels += input.labelCounts[annotator];
            hits += sums.hits[annotator];
        }
        double mean = (hits * Grid.UNIT + 1) / (labels + 2);
        double[] accuracies = new double[sums.hits.length];
        for (int annotator = 0; annotator < accuracies.length; annotator++) {
            accuracies[annotator] = (sums.hitSum(annotator) + CommitteeInput.SHRINKAGE * mean)
                    / (input.labelCounts[annotator] + CommitteeInput.SHRINKAGE);
        }
        return accuracies;
    }

    private static Scale scale(CommitteeInput input, PooledConfusion pooled, Sums sums) {
        CellLayout layout = input.layout;
        double[] byClass = sums.byClass(layout);
        double[] logits = new double[byClass.length];
        double hits = 0;
        double total = 0;
        for (int label = 0; label < logits.length; label++) {
            logits[label] = logit(pooled.hit(label));
            hits += byClass[label] * pooled.hit(label);
            total += byClass[label];
        }
        double[] accuracies = new double[layout.annotatorCount()];
        double[] offsets = new double[accuracies.length];
        for (int annotator = 0; annotator < accuracies.length; annotator++) {
            double expected = 0;
            for (int row = layout.firstRow(annotator); row < layout.firstRow(annotator + 1); row++) {
                expected += sums.rowSum(row) * pooled.hit(layout.rowLabel(row));
            }
            double labels = input.labelCounts[annotator];
            double mean = labels > 0 ? expected / labels : hits / total;
            accuracies[annotator] =
                    (sums.hitSum(annotator) + CommitteeInput.SHRINKAGE * mean) / (labels + CommitteeInput.SHRINKAGE);
            offsets[annotator] = logit(accuracies[annotator]) - logit(mean);
        }
        return new Scale(accuracies, offsets, logits);
    }

    /** Returns ln(p / (1 - p)), where rounding may have brought p to 1. */
    private static double logit(double probability) {
        double below = Math.min(probability, 1 - 0x1p-40);
        return Logarithm.of(below / (1 - below));
    }

    /** Returns [annotators] the share of labels given by habit. */
    private static double[] spamRates(CommitteeInput input, Sums sums) {
        CellLayout layout = input.layout;
        double[] accuracies = accuracies(input, sums);
        double[] shares = sums.byClass(layout);
        double total = 0;
        for (double share : shares) {
            total += share;
        }
        double weightedShare = 0;
        for (int label = 0; label < shares.length; label++) {
            shares[label] /= total;
            weightedShare += input.shares()[label] * shares[label];
        }
        double[] rates = new double[accuracies.length];
        for (int annotator = 0; annotator < rates.length; annotator++) {
            double byHabit = CommitteeInput.SHRINKAGE * input.weightedHabit(annotator, shares, weightedShare);
            for (int row = layout.firstRow(annotator); row < layout.firstRow(annotator + 1); row++) {
                byHabit += sums.rowSum(row) * input.rowHabits[row];
            }
            byHabit /= input.labelCounts[annotator] + CommitteeInput.SHRINKAGE;
            double rate = (1 - accuracies[annotator]) / Math.max(1 - byHabit, Spam.MIN_RATE);
            rates[annotator] = Math.max(Spam.MIN_RATE, Math.min(Spam.MAX_RATE, rate));
        }
        return rates;
    }

    /** One accuracy for all classes. */
    final class Coin implements AnnotatorEffects {

        private static final long serialVersionUID = 1L;

        /** [annotators] */
        private final double[] accuracies;

        private Coin(double[] accuracies) {
            this.accuracies = accuracies;
        }

        @Override
        public double expected(int annotator, int label, boolean isHit, double miss, double habit) {
            return isHit ? accuracies[annotator] : (1 - accuracies[annotator]) * miss;
        }

        @Override
        public double expectedElsewhere(int annotator, double miss, double habit) {
            return (1 - accuracies[annotator]) * miss;
        }
    }

    /** Better or worse than all annotators by as much in every class, on the logit scale. */
    final class Scale implements AnnotatorEffects {

        private static final long serialVersionUID = 1L;

        /** [annotators] over all classes. */
        private final double[] accuracies;
        /** [annotators] against all annotators. */
        private final double[] offsets;
        /** [classes] of the accuracy of all annotators. */
        private final double[] logits;

        private Scale(double[] accuracies, double[] offsets, double[] logits) {
            this.accuracies = accuracies;
            this.offsets = offsets;
            this.logits = logits;
        }

        @Override
        public double expected(int annotator, int label, boolean isHit, double miss, double habit) {
            double accuracy = 1 / (1 + Exponential.of(-(logits[label] + offsets[annotator])));
            return isHit ? accuracy : (1 - accuracy) * miss;
        }

        @Override
        public double expectedElsewhere(int annotator, double miss, double habit) {
            return (1 - accuracies[annotator]) * miss;
        }
    }

    /** Either right or giving labels by habit. */
    final class Spam implements AnnotatorEffects {

        private static final long serialVersionUID = 1L;

        static final double MIN_RATE = 1e-3;
        static final double MAX_RATE = 0.98;
        private static final double MIN = 1e-4;

        /** [annotators] the share of labels given by habit. */
        private final double[] rates;

        private Spam(double[] rates) {
            this.rates = rates;
        }

        @Override
        public double expected(int annotator, int label, boolean isHit, double miss, double habit) {
            double rate = rates[annotator];
            return Math.max(MIN, rate * habit + (isHit ? 1 - rate : 0));
        }

        @Override
        public double expectedElsewhere(int annotator, double miss, double habit) {
            return Math.max(MIN, rates[annotator] * habit);
        }
    }
}
