package dev.crowdlab.engine.gold;

import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.WilsonInterval;

/**
 * How often labels equal gold.
 *
 * @param rightCount how many do, from 0 to count
 * @param count how many there are of examples with a gold label, 0 or more
 */
public record GoldAccuracy(long rightCount, long count) {

    /** Returns the share, in [0, 1]; NaN if the count is 0. */
    public double share() {
        return (double) rightCount / count;
    }

    /** Returns the 90 % interval of the share, by Wilson's formula; NaN at both ends if the count is 0. */
    public Interval interval() {
        WilsonInterval interval = WilsonInterval.of(share(), count);
        return new Interval(interval.lower(), interval.upper());
    }
}
