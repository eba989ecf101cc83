package dev.crowdlab.testing;

import java.util.Arrays;

/**
 * Whether the cases that repeat a test's main path under further circumstances run: those with the tag {@code slow}, and the rest
 * of those that say so by {@link SlowAfter} or {@link #cases}. They do unless the build excludes the tag, as Maven's does
 * without the profile {@code slow}; see contributing.md.
 */
public final class Slow {

    private static final String TAG = "slow";

    /** The tags that the build excludes, separated by commas. */
    private static final String EXCLUDED = System.getProperty("tests.excluded", "");

    private Slow() {}

    /** Whether slow cases run. */
    public static boolean isIncluded() {
        return !Arrays.asList(EXCLUDED.split(",")).contains(TAG);
    }

    /** How many random cases a test goes through: all of them, or few. */
    public static int cases(int few, int all) {
        return isIncluded() ? all : few;
    }
}
