package dev.crowdlab.engine;

import java.util.Arrays;

/**
 * One annotator's labels by the class given: how many, how many of them equal to the consensus, and the exact sum of
 * their examples' consensus quality. Working memory, used again for every annotator; not safe for use by several
 * threads.
 */
final class GivenClassSums {

    private final long[] counts;
    private final long[] agreeing;
    private final long[] qualityHigh;
    private final long[] qualityLow;

    GivenClassSums(int classCount) {
        counts = new long[classCount];
        agreeing = new long[classCount];
        qualityHigh = new long[classCount];
        qualityLow = new long[classCount];
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(agreeing, 0);
        Arrays.fill(qualityHigh, 0);
        Arrays.fill(qualityLow, 0);
    }

    void addCount(int given, long count, boolean agrees) {
        counts[given] += count;
        agreeing[given] += agrees ? count : 0;
    }

    void addQuality(int given, long high, long low) {
        qualityHigh[given] += high;
        qualityLow[given] += low;
    }

    /** Returns the number of labels that are equal to the consensus. */
    long agreeingCount() {
        long count = 0;
        for (long labels : agreeing) {
            count += labels;
        }
        return count;
    }

    /**
     * Returns the class with the lowest share of labels equal to the consensus; among equals that with most labels,
     * then with the highest mean consensus quality (compared exactly), then the lowest index; -1 if no class was
     * given.
     */
    int worstClass() {
        int worst = -1;
        for (int given = 0; given < counts.length; given++) {
            if (counts[given] > 0 && (worst < 0 || isWorse(given, worst))) {
                worst = given;
            }
        }
        return worst;
    }

    private boolean isWorse(int given, int worst) {
        // Equal shares are equal doubles: a correctly rounded quotient depends on the ratio alone.
        int order = Double.compare((double) agreeing[worst] / counts[worst], (double) agreeing[given] / counts[given]);
        if (order == 0) {
            order = Long.compare(counts[given], counts[worst]);
        }
        if (order == 0) { // as many labels on both sides: the order of the sums is the order of the means
            order = FixedPoint.compare(qualityHigh[given], qualityLow[given], qualityHigh[worst], qualityLow[worst]);
        }
        return order > 0;
    }
}
