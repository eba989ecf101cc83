package dev.crowdlab.engine.pass;

import dev.crowdlab.engine.numeric.FixedPoint;

/** Exact sum of the quality of consensus labels. */
public final class ExactMean implements Mergeable<ExactMean> {

    private final long[] halves = new long[2];
    private final long[] count = new long[1];

    public void addScore(double quality) {
        FixedPoint.add(halves, 0, FixedPoint.of(quality));
        count[0] += 1;
    }

    @Override
    public void add(ExactMean other) {
        Mergeable.add(halves, other.halves);
        Mergeable.add(count, other.count);
    }

    /** Returns how many were added. */
    public long count() {
        return count[0];
    }

    /** Returns the mean; NaN if nothing was added. */
    public double mean() {
        return FixedPoint.mean(halves[0], halves[1], count[0]);
    }
}
