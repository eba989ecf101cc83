package dev.crowdlab.engine.annotator;

import java.util.Arrays;

/**
 * One annotator's labels by the class given: how many, and how many of them equal to the consensus. Working memory,
 * used again for every annotator; not safe for use by several threads.
 */
final class GivenClassCounts {

    private final int[] counts;
    private final int[] agreeing;

    GivenClassCounts(int classCount) {
        counts = new int[classCount];
        agreeing = new int[classCount];
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(agreeing, 0);
    }

    void add(int given, int count, boolean agrees) {
        counts[given] += count;
        agreeing[given] += agrees ? count : 0;
    }

    /** Returns the number of labels of the class. */
    int count(int given) {
        return counts[given];
    }

    /** Returns the class given most, of several the first; 0 if no class was given. */
    int mostGiven() {
        int most = 0;
        for (int given = 1; given < counts.length; given++) {
            most = counts[given] > counts[most] ? given : most;
        }
        return most;
    }

    /** Returns the number of labels that are equal to the consensus. */
    int agreeingCount() {
        int count = 0;
        for (int labels : agreeing) {
            count += labels;
        }
        return count;
    }

    /**
     * Finds the classes with the lowest share of labels equal to the consensus, of these those with most labels.
     *
     * @param worst [classes] written into from its beginning, ascending
     * @return how many there are; 0 only if no class was given
     */
    int findWorst(int[] worst) {
        int found = 0;
        for (int given = 0; given < counts.length; given++) {
            if (counts[given] > 0) {
                int order = found == 0 ? 0 : compare(given, worst[0]);
                found = order > 0 ? 0 : found;
                if (order >= 0) {
                    worst[found++] = given;
                }
            }
        }
        return found;
    }

    /** Returns a positive number if the first class is worse, a negative one if it is better. */
    private int compare(int given, int other) {
        int order = Long.compare((long) agreeing[other] * counts[given], (long) agreeing[given] * counts[other]);
        return order != 0 ? order : Integer.compare(counts[given], counts[other]);
    }
}
