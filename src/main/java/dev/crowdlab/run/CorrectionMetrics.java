package dev.crowdlab.run;

import dev.crowdlab.engine.correction.CorrectionEstimates;
import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.correction.GoldCorrection;

/**
 * What gold made of the published labels.
 *
 * @param isMeasured whether there was enough gold to measure them
 * @param isTried whether there was enough gold, of two classes or more, to see whether labels gain
 * @param isChanged whether labels were corrected
 * @param wins gold examples that the correction has right in cross-validation, and the consensus wrong
 * @param losses the reverse
 * @param accuracy of the published labels on examples without gold
 */
public record CorrectionMetrics(
        boolean isMeasured, boolean isTried, boolean isChanged, int wins, int losses, GoldMetrics.Accuracy accuracy) {

    /** From so many gold labels on labels are measured. */
    public static final int MIN_GOLD = GoldCorrection.MIN_ESTIMATE;

    static CorrectionMetrics of(GoldCorrection correction) {
        CorrectionEstimates found = correction.estimates();
        return new CorrectionMetrics(
                correction.status() != CorrectionStatus.TOO_LITTLE_GOLD,
                found.isTried(),
                correction.status() == CorrectionStatus.CHANGED,
                found.wins(),
                found.losses(),
                new GoldMetrics.Accuracy(
                        Math.round(found.accuracy() * found.goldCount()),
                        found.goldCount(),
                        found.accuracy(),
                        found.interval().lower(),
                        found.interval().upper()));
    }
}
