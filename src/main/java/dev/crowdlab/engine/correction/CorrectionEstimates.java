package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.quality.Interval;

/**
 * What cross-validation over gold found.
 *
 * @param goldCount gold labels that were used
 * @param strength of the ridge: 1, 4, 16 or 64; infinite if labels did not change, NaN with too little gold
 * @param wins gold examples that the correction chosen has right out of fold, and the consensus wrong
 * @param losses the reverse
 * @param accuracy of the labels on examples without gold, in [0, 1]; NaN with too little gold
 * @param interval 90 % of the accuracy; NaN with too little gold
 */
public record CorrectionEstimates(
        int goldCount, double strength, int wins, int losses, double accuracy, Interval interval) {

    static CorrectionEstimates none(int goldCount) {
        return new CorrectionEstimates(goldCount, Double.NaN, 0, 0, Double.NaN, new Interval(Double.NaN, Double.NaN));
    }
}
