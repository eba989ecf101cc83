package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Logarithm;

/** Better or worse than all annotators by as much in every class, on the logit scale. */
final class ScaleEffects implements AnnotatorEffects {

    /** [annotators] over all classes. */
    private final double[] accuracies;
    /** [annotators] against all annotators. */
    private final double[] offsets;
    /** [classes] of the accuracy of all annotators. */
    private final double[] logits;

    private ScaleEffects(double[] accuracies, double[] offsets, double[] logits) {
        this.accuracies = accuracies;
        this.offsets = offsets;
        this.logits = logits;
    }

    /** Returns the effects that the sums over cells show. */
    static ScaleEffects of(CommitteeInput input, PooledConfusion pooled, Sums sums) {
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
        return new ScaleEffects(accuracies, offsets, logits);
    }

    /** Returns ln(p / (1 - p)), where rounding may have brought p to 1. */
    private static double logit(double probability) {
        double below = Math.min(probability, 1 - 0x1p-40);
        return Logarithm.of(below / (1 - below));
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
