package dev.crowdlab.dataset;

import java.util.concurrent.TimeUnit;

/** How long the periods are by which annotators are looked at, in UTC. */
public enum Period {
    /** A week that begins on Monday. */
    WEEK,
    DAY;

    private static final long MICROS_OF_DAY = TimeUnit.DAYS.toMicros(1);
    private static final int DAYS_OF_WEEK = 7;

    /** 2000-01-01 was a Saturday. */
    private static final int DAYS_SINCE_MONDAY = 5;

    /**
     * Returns the first day of the period.
     *
     * @param time a finite time in microseconds since 2000-01-01 UTC
     * @return in days since 2000-01-01, negative before
     */
    public int start(long time) {
        int day = (int) Math.floorDiv(time, MICROS_OF_DAY);
        return this == DAY ? day : day - Math.floorMod(day + DAYS_SINCE_MONDAY, DAYS_OF_WEEK);
    }
}
