package dev.crowdlab.engine;

import java.util.Arrays;

/**
 * Per annotator the pairs (consensus class, given class) that occur, each with its count and the exact sum of the
 * consensus qualities of its examples. Each annotator has a small open-addressing table of its own, which doubles when
 * three quarters full, so that memory grows with the cells that occur and not with classes squared; at classes squared
 * it has a slot for every pair, found without a search: with that, and key and count in one, the walk that fills it takes
 * two thirds of the time for 1,000 annotators and 10 classes.
 *
 * <p>A table is an array of slots of three longs: key and count in one (0 = free), high and low half of the quality sum. The
 * key is {@code consensus * classCount + given}. Not safe for use by several threads.
 */
final class ConfusionTable {

    private static final int SLOT_LENGTH = 3;
    private static final int QUALITY = 1;
    private static final int FIRST_CAPACITY = 4;
    private static final long COUNT_MASK = (1L << Integer.SIZE) - 1;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** The table of an annotator without cells: a free slot that is never written into. */
    private static final long[] NO_CELL = new long[SLOT_LENGTH];

    private final int classCount;
    private final int fullLength;
    private final long[][] slotsByAnnotator;
    private final int[] cellCounts;

    ConfusionTable(int annotatorCount, int classCount) {
        this.classCount = classCount;
        fullLength = (int) Math.min(Integer.MAX_VALUE, SLOT_LENGTH * (long) classCount * classCount);
        slotsByAnnotator = new long[annotatorCount][];
        Arrays.fill(slotsByAnnotator, NO_CELL);
        cellCounts = new int[annotatorCount];
    }

    /** Counts one annotation. */
    void addAnnotation(int annotator, int consensus, int given, long fixedQuality) {
        int slot = slotOf(annotator, consensus * classCount + given);
        long[] slots = slotsByAnnotator[annotator];
        slots[slot] += 1;
        FixedPoint.add(slots, slot + QUALITY, fixedQuality);
    }

    /** Adds the cells of another table for the same annotators and classes, which is not modified. */
    void add(ConfusionTable other) {
        for (int annotator = 0; annotator < slotsByAnnotator.length; annotator++) {
            long[] others = other.slotsByAnnotator[annotator];
            for (int otherSlot = 0; otherSlot < others.length; otherSlot += SLOT_LENGTH) {
                if (others[otherSlot] != 0) {
                    int slot = slotOf(annotator, key(others[otherSlot]));
                    long[] slots = slotsByAnnotator[annotator];
                    slots[slot] += count(others[otherSlot]);
                    slots[slot + QUALITY] += others[otherSlot + QUALITY];
                    slots[slot + QUALITY + 1] += others[otherSlot + QUALITY + 1];
                }
            }
        }
    }

    private static int key(long cell) {
        return (int) (cell >>> Integer.SIZE);
    }

    private static long count(long cell) {
        return cell & COUNT_MASK;
    }

    /** Returns the slot with the key, made if need be: its caller must add to the count. */
    private int slotOf(int annotator, int key) {
        long[] slots = slotsByAnnotator[annotator];
        int slot = find(slots, key);
        return slots[slot] == 0 ? newSlot(annotator, key) : slot;
    }

    private int newSlot(int annotator, int key) {
        cellCounts[annotator] += 1;
        long[] slots = slotsByAnnotator[annotator];
        if (4L * SLOT_LENGTH * cellCounts[annotator] > 3L * slots.length && slots.length < fullLength) {
            slots = grown(slots);
            slotsByAnnotator[annotator] = slots;
        }
        int slot = find(slots, key);
        slots[slot] = (long) key << Integer.SIZE;
        return slot;
    }

    /** Returns the slot with the key, or the free one to put it into. */
    private int find(long[] slots, int key) {
        if (slots.length == fullLength) {
            return SLOT_LENGTH * key;
        }
        int mask = slots.length / SLOT_LENGTH - 1;
        int index = (int) ((key * GOLDEN_RATIO) >>> Integer.SIZE) & mask;
        while (slots[SLOT_LENGTH * index] != 0 && key(slots[SLOT_LENGTH * index]) != key) {
            index = (index + 1) & mask;
        }
        return SLOT_LENGTH * index;
    }

    private long[] grown(long[] slots) {
        int length = Math.max(FIRST_CAPACITY * SLOT_LENGTH, 2 * slots.length);
        long[] larger = new long[Math.min(fullLength, length)];
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot] != 0) {
                System.arraycopy(slots, slot, larger, find(larger, key(slots[slot])), SLOT_LENGTH);
            }
        }
        return larger;
    }

    int annotatorCount() {
        return cellCounts.length;
    }

    int classCount() {
        return classCount;
    }

    /** Returns how many pairs of classes occur for the annotator. */
    int cellCount(int annotator) {
        return cellCounts[annotator];
    }

    /** Returns the annotator's keys, ascending: by consensus class, then given class. */
    int[] sortedKeys(int annotator) {
        int[] keys = new int[cellCounts[annotator]];
        long[] slots = slotsByAnnotator[annotator];
        int keyCount = 0;
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot] != 0) {
                keys[keyCount++] = key(slots[slot]);
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Returns the annotations counted under a key that occurs for the annotator. */
    long count(int annotator, int key) {
        long[] slots = slotsByAnnotator[annotator];
        return count(slots[find(slots, key)]);
    }

    /** Returns the mean quality under a key that occurs for the annotator. */
    double meanQuality(int annotator, int key) {
        long[] slots = slotsByAnnotator[annotator];
        int slot = find(slots, key);
        return FixedPoint.mean(slots[slot + QUALITY], slots[slot + QUALITY + 1], count(slots[slot]));
    }

    /** Adds the annotator's cells, over all consensus classes, to sums by given class. */
    void addTo(int annotator, GivenClassSums sums) {
        long[] slots = slotsByAnnotator[annotator];
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot] != 0) {
                int given = key(slots[slot]) % classCount;
                boolean agrees = key(slots[slot]) / classCount == given;
                sums.addCount(given, count(slots[slot]), agrees);
                sums.addQuality(given, slots[slot + QUALITY], slots[slot + QUALITY + 1]);
            }
        }
    }
}
