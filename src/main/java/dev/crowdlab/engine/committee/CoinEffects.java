package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;

/** One accuracy for all classes. */
final class CoinEffects implements AnnotatorEffects {

    /** [annotators] */
    private final double[] accuracies;

    private CoinEffects(double[] accuracies) {
        this.accuracies = accuracies;
    }

    /** Returns the effects that the sums over cells show. */
    static CoinEffects of(CommitteeInput input, Sums sums) {
        return new CoinEffects(accuracies(input, sums));
    }

    /** Returns [annotators] the share of right labels, shrunk to that of all annotators. */
    static double[] accuracies(CommitteeInput input, Sums sums) {
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

    @Override
    public double expected(int annotator, int label, boolean isHit, double miss, double habit) {
        return isHit ? accuracies[annotator] : (1 - accuracies[annotator]) * miss;
    }

    @Override
    public double expectedElsewhere(int annotator, double miss, double habit) {
        return (1 - accuracies[annotator]) * miss;
    }
}
