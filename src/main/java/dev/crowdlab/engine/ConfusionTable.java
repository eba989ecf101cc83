package dev.crowdlab.engine;

import java.util.Arrays;

/**
 * Per annotator the pairs (consensus class, given class) that occur, each with its count and the exact sum of the
 * consensus qualities of its examples. Each annotator has a small open-addressing table of its own, which doubles when
 * half full, so that memory grows with the cells that occur and not with classes squared.
 *
 * <p>A table is an array of slots of four longs: key, count (0 = free), high and low half of the quality sum. The key
 * is {@code consensus * classCount + given}. Not safe for use by several threads.
 */
final class ConfusionTable {

    private static final int SLOT_LENGTH = 4;
    private static final int COUNT = 1;
    private static final int QUALITY = 2;
    private static final int FIRST_CAPACITY = 4;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final long[] NO_SLOTS = {};

    private final int classCount;
    private final long[][] slotsByAnnotator;
    private final int[] cellCounts;

    ConfusionTable(int annotatorCount, int classCount) {
        this.classCount = classCount;
        slotsByAnnotator = new long[annotatorCount][];
        Arrays.fill(slotsByAnnotator, NO_SLOTS);
        cellCounts = new int[annotatorCount];
    }

    /** Counts one annotation. */
    void addAnnotation(int annotator, int consensus, int given, long fixedQuality) {
        int slot = slotOf(annotator, (long) consensus * classCount + given);
        long[] slots = slotsByAnnotator[annotator];
        slots[slot + COUNT] += 1;
        FixedPoint.add(slots, slot + QUALITY, fixedQuality);
    }

    /** Adds the cells of another table for the same annotators and classes, which is not modified. */
    void add(ConfusionTable other) {
        for (int annotator = 0; annotator < slotsByAnnotator.length; annotator++) {
            long[] others = other.slotsByAnnotator[annotator];
            for (int otherSlot = 0; otherSlot < others.length; otherSlot += SLOT_LENGTH) {
                if (others[otherSlot + COUNT] > 0) {
                    int slot = slotOf(annotator, others[otherSlot]);
                    addValues(others, otherSlot, slotsByAnnotator[annotator], slot);
                }
            }
        }
    }

    private static void addValues(long[] others, int otherSlot, long[] slots, int slot) {
        for (int index = COUNT; index < SLOT_LENGTH; index++) {
            slots[slot + index] += others[otherSlot + index];
        }
    }

    /** Returns the slot with the key, made if need be: its caller must add to the count. */
    private int slotOf(int annotator, long key) {
        int slot = find(slotsByAnnotator[annotator], key);
        if (slot >= 0 && slotsByAnnotator[annotator][slot + COUNT] > 0) {
            return slot;
        }
        cellCounts[annotator] += 1;
        if (2 * cellCounts[annotator] * SLOT_LENGTH > slotsByAnnotator[annotator].length) {
            slotsByAnnotator[annotator] = grown(slotsByAnnotator[annotator]);
            slot = find(slotsByAnnotator[annotator], key);
        }
        slotsByAnnotator[annotator][slot] = key;
        return slot;
    }

    /** Returns the slot with the key, or the free one to put it into; -1 in a table without slots. */
    private static int find(long[] slots, long key) {
        if (slots.length == 0) {
            return -1;
        }
        int mask = slots.length / SLOT_LENGTH - 1;
        int index = (int) ((key * GOLDEN_RATIO) >>> Integer.SIZE) & mask;
        while (slots[index * SLOT_LENGTH + COUNT] > 0 && slots[index * SLOT_LENGTH] != key) {
            index = (index + 1) & mask;
        }
        return index * SLOT_LENGTH;
    }

    private static long[] grown(long[] slots) {
        long[] larger = new long[Math.max(FIRST_CAPACITY * SLOT_LENGTH, 2 * slots.length)];
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot + COUNT] > 0) {
                System.arraycopy(slots, slot, larger, find(larger, slots[slot]), SLOT_LENGTH);
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
    long[] sortedKeys(int annotator) {
        long[] keys = new long[cellCounts[annotator]];
        long[] slots = slotsByAnnotator[annotator];
        int keyCount = 0;
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot + COUNT] > 0) {
                keys[keyCount++] = slots[slot];
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Returns the annotations counted under a key that occurs for the annotator. */
    long count(int annotator, long key) {
        long[] slots = slotsByAnnotator[annotator];
        return slots[find(slots, key) + COUNT];
    }

    /** Returns the mean quality under a key that occurs for the annotator. */
    double meanQuality(int annotator, long key) {
        long[] slots = slotsByAnnotator[annotator];
        int slot = find(slots, key);
        return FixedPoint.mean(slots[slot + QUALITY], slots[slot + QUALITY + 1], slots[slot + COUNT]);
    }

    /** Adds the annotator's cells, over all consensus classes, to sums by given class. */
    void addTo(int annotator, GivenClassSums sums) {
        long[] slots = slotsByAnnotator[annotator];
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot + COUNT] > 0) {
                int given = (int) (slots[slot] % classCount);
                boolean agrees = slots[slot] / classCount == given;
                sums.addCount(given, slots[slot + COUNT], agrees);
                sums.addQuality(given, slots[slot + QUALITY], slots[slot + QUALITY + 1]);
            }
        }
    }
}
