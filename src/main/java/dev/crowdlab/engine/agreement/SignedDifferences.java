package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.quality.WilsonInterval;

/**
 * By how much each annotator grades above the published consensus on average, in steps of an ordinal scale or in the
 * numbers of an interval one; below 0 for one who grades too low. Immutable; safe for use by many threads.
 */
public final class SignedDifferences {

    private final ClassScale scale;
    private final SignedDifferencePass.Sums sums;

    /** @param sums not to be modified any more */
    public SignedDifferences(ClassScale scale, SignedDifferencePass.Sums sums) {
        this.scale = scale;
        this.sums = sums;
    }

    /** Returns the mean; NaN for an annotator without labels. */
    public double mean(int annotator) {
        return scale.step() * sums.differences[annotator] / sums.counts[annotator];
    }

    /** Returns the lower end of the 90 % interval of the mean. */
    public double lower(int annotator) {
        return mean(annotator) - halfWidth(annotator);
    }

    /** Returns the upper end of the 90 % interval of the mean. */
    public double upper(int annotator) {
        return mean(annotator) + halfWidth(annotator);
    }

    /**
     * Returns how far either end of a 90 % interval is from the mean: as for a mean of independent differences, to which
     * two are added that are off by the mean distance of neighboring classes, so that few equal labels prove little.
     */
    double halfWidth(int annotator) {
        double count = sums.counts[annotator];
        double mean = sums.differences[annotator] / count;
        double neighbor = scale.range() / (scale.classCount() - 1.0);
        double deviations = Math.max(0, sums.squares[annotator] - count * mean * mean) + 2 * neighbor * neighbor;
        return scale.step() * WilsonInterval.QUANTILE * Math.sqrt(deviations / count / (count + 1));
    }
}
