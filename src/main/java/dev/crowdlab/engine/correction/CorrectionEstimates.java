package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.quality.Interval;
import java.io.Serializable;

/**
 * What cross-validation over gold found.
 *
 * @param goldCount gold labels that were used
 * @param isTried whether there was enough gold, of two classes or more, to see whether labels gain
 * @param strength of the ridge: 1, 4, 16 or 64; infinite if labels did not change, NaN with too little gold
 * @param wins gold examples that the correction chosen has right out of fold, and the consensus wrong; 0 if nothing was
 *     tried
 * @param losses the reverse
 * @param accuracy of the labels on examples without gold, in [0, 1]; NaN with too little gold
 * @param interval 90 % of the accuracy; NaN with too little gold
 */
public record CorrectionEstimates(
        int goldCount, boolean isTried, double strength, int wins, int losses, double accuracy, Interval interval)
        implements Serializable {

    static CorrectionEstimates none(int goldCount) {
        return new CorrectionEstimates(
                goldCount, false, Double.NaN, 0, 0, Double.NaN, new Interval(Double.NaN, Double.NaN));
    }
}
