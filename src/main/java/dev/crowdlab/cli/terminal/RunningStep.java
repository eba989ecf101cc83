package dev.crowdlab.cli.terminal;

import java.util.OptionalLong;

/**
 * A step that moves rows, and how far it is.
 *
 * @param rowCount the rows moved so far
 * @param expected about how many there will be; empty if nobody knows
 * @param nanos the time since it began, in nanoseconds
 */
record RunningStep(String dataset, String name, long rowCount, OptionalLong expected, long nanos) {

    /**
     * The share that is done, 0 to 1; negative if it is not known, as of a step that moved more rows than were
     * expected.
     */
    double share() {
        return expected.isPresent() && rowCount <= expected.getAsLong() && expected.getAsLong() > 0
                ? (double) rowCount / expected.getAsLong()
                : -1;
    }

    /** Rows per second. */
    double rate() {
        return rowCount * 1e9 / Math.max(1, nanos);
    }
}
