package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;

/**
 * Which cells of annotators' confusion matrices occur: a set of numbers, each made of annotator, given class and true
 * class. An open-addressing table that doubles when half full.
 */
@NotThreadSafe
final class CellKeys implements Mergeable<CellKeys> {

    private static final int FIRST_CAPACITY = 64;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final long FREE = -1;

    private final int answerKinds;
    private final int classCount;
    private long[] keys;
    private int size;

    /**
     * Starts without cells.
     *
     * @param answerKinds the classes, and abstaining if anybody does
     */
    CellKeys(int answerKinds, int classCount) {
        this.answerKinds = answerKinds;
        this.classCount = classCount;
        keys = new long[FIRST_CAPACITY];
        Arrays.fill(keys, FREE);
    }

    /** Adds the cell, unless it is there. */
    void add(int annotator, int given, int label) {
        add(((long) annotator * answerKinds + given) * classCount + label);
    }

    private void add(long key) {
        int place = find(keys, key);
        if (keys[place] == FREE) {
            keys[place] = key;
            size++;
            if (2 * size > keys.length) {
                grow();
            }
        }
    }

    private static int find(long[] keys, long key) {
        int shift = Long.numberOfLeadingZeros(keys.length) + 1;
        int place = (int) ((key * GOLDEN_RATIO) >>> shift);
        while (keys[place] != FREE && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(keys.length, 2)];
        Arrays.fill(larger, FREE);
        for (long key : keys) {
            if (key != FREE) {
                larger[find(larger, key)] = key;
            }
        }
        keys = larger;
    }

    @Override
    public void add(CellKeys other) {
        for (long key : other.keys) {
            if (key != FREE) {
                add(key);
            }
        }
    }

    /** Returns the numbers, ascending: by annotator, given class and true class. */
    long[] sorted() {
        long[] sorted = new long[size];
        int count = 0;
        for (long key : keys) {
            if (key != FREE) {
                sorted[count++] = key;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
