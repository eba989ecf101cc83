package dev.crowdlab.engine;

import dev.crowdlab.engine.gold.CalibrationBin;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.gold.GoldPass;
import java.util.ArrayList;
import java.util.List;

/**
 * How labels compare with gold. Methods are numbered as in {@link Estimates#methods}, annotators as in the input; a
 * number out of range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class GoldStatistics {

    private final GoldPass.Counts counts;
    private final boolean isFixed;

    /**
     * Takes the counts.
     *
     * @param counts not to be modified any more
     * @param isFixed whether the consensus that was counted was fixed to gold, which then says nothing about it
     */
    GoldStatistics(GoldPass.Counts counts, boolean isFixed) {
        this.counts = counts;
        this.isFixed = isFixed;
    }

    /**
     * Returns whether the consensus of examples with gold was fixed to it, and nothing is known of it from before. Then no accuracy of a
     * consensus is known.
     */
    public boolean isFixed() {
        return isFixed;
    }

    /** Returns the number of examples with gold. */
    public long exampleCount() {
        return counts.examples[0];
    }

    /** Returns how often the annotator's labels equal gold. */
    public GoldAccuracy annotator(int annotator) {
        return new GoldAccuracy(counts.rightLabels[annotator], counts.labels[annotator]);
    }

    /** Returns how often the method's consensus equals gold; of no examples if it was fixed to gold. */
    public GoldAccuracy consensus(int method) {
        long count = 0;
        long rightCount = 0;
        for (CalibrationBin bin : bins(method)) {
            count += bin.count();
            rightCount += counts.rightCount(method, bin.bin());
        }
        return new GoldAccuracy(rightCount, count);
    }

    /** Returns the method's bins that have examples, by quality; none if the consensus was fixed to gold. */
    public List<CalibrationBin> bins(int method) {
        List<CalibrationBin> bins = new ArrayList<>();
        for (int bin = 1; bin <= CalibrationBin.BIN_COUNT && !isFixed; bin++) {
            long count = counts.count(method, bin);
            if (count > 0) {
                double actual = (double) counts.rightCount(method, bin) / count;
                bins.add(new CalibrationBin(bin, count, counts.meanQuality(method, bin), actual));
            }
        }
        return bins;
    }
}
