package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Mergeable;
import java.util.Arrays;

/**
 * Per set of labels the classes that occur, each with its count and the exact sum of a quality. Each set has a small
 * open-addressing table of its own, which doubles when three quarters full, so that memory grows with the classes that
 * occur; with a slot for every class, a class is found without a search.
 *
 * <p>A table is an array of slots of three longs: class and count in one (0 = free), high and low half of the quality
 * sum. Not safe for use by several threads.
 */
final class ClassSums implements Mergeable<ClassSums> {

    private static final int SLOT_LENGTH = 3;
    private static final int QUALITY = 1;
    private static final int FIRST_CAPACITY = 4;
    private static final long COUNT_MASK = (1L << Integer.SIZE) - 1;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** The table of a set without labels: a free slot that is never written into. */
    private static final long[] NO_CLASS = new long[SLOT_LENGTH];

    private final int classCount;
    private final int fullLength;
    private final long[][] slotsBySet;
    private final int[] classCounts;

    ClassSums(int setCount, int classCount) {
        this.classCount = classCount;
        fullLength = (int) Math.min(Integer.MAX_VALUE, SLOT_LENGTH * (long) classCount);
        slotsBySet = new long[setCount][];
        Arrays.fill(slotsBySet, NO_CLASS);
        classCounts = new int[setCount];
    }

    /** Counts one label of the set. */
    void addLabel(int set, int label, long fixedQuality) {
        int slot = slotOf(set, label);
        long[] slots = slotsBySet[set];
        slots[slot] += 1;
        FixedPoint.add(slots, slot + QUALITY, fixedQuality);
    }

    @Override
    public void add(ClassSums other) {
        for (int set = 0; set < slotsBySet.length; set++) {
            long[] others = other.slotsBySet[set];
            for (int otherSlot = 0; otherSlot < others.length; otherSlot += SLOT_LENGTH) {
                if (others[otherSlot] != 0) {
                    int slot = slotOf(set, label(others[otherSlot]));
                    long[] slots = slotsBySet[set];
                    slots[slot] += count(others[otherSlot]);
                    slots[slot + QUALITY] += others[otherSlot + QUALITY];
                    slots[slot + QUALITY + 1] += others[otherSlot + QUALITY + 1];
                }
            }
        }
    }

    private static int label(long slot) {
        return (int) (slot >>> Integer.SIZE);
    }

    private static long count(long slot) {
        return slot & COUNT_MASK;
    }

    /** Returns the slot of the class, made if need be: its caller must add to the count. */
    private int slotOf(int set, int label) {
        long[] slots = slotsBySet[set];
        int slot = find(slots, label);
        return slots[slot] == 0 ? newSlot(set, label) : slot;
    }

    private int newSlot(int set, int label) {
        classCounts[set] += 1;
        long[] slots = slotsBySet[set];
        if (4L * SLOT_LENGTH * classCounts[set] > 3L * slots.length && slots.length < fullLength) {
            slots = grown(slots);
            slotsBySet[set] = slots;
        }
        int slot = find(slots, label);
        slots[slot] = (long) label << Integer.SIZE;
        return slot;
    }

    /** Returns the slot of the class, or the free one to put it into. */
    private int find(long[] slots, int label) {
        if (slots.length == fullLength) {
            return SLOT_LENGTH * label;
        }
        int mask = slots.length / SLOT_LENGTH - 1;
        int index = (int) ((label * GOLDEN_RATIO) >>> Integer.SIZE) & mask;
        while (slots[SLOT_LENGTH * index] != 0 && label(slots[SLOT_LENGTH * index]) != label) {
            index = (index + 1) & mask;
        }
        return SLOT_LENGTH * index;
    }

    private long[] grown(long[] slots) {
        int length = Math.max(FIRST_CAPACITY * SLOT_LENGTH, 2 * slots.length);
        long[] larger = new long[Math.min(fullLength, length)];
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot] != 0) {
                System.arraycopy(slots, slot, larger, find(larger, label(slots[slot])), SLOT_LENGTH);
            }
        }
        return larger;
    }

    int setCount() {
        return classCounts.length;
    }

    int classCount() {
        return classCount;
    }

    /** Returns the classes that occur in the set, ascending. */
    int[] sortedLabels(int set) {
        int[] labels = new int[classCounts[set]];
        long[] slots = slotsBySet[set];
        int labelCount = 0;
        for (int slot = 0; slot < slots.length; slot += SLOT_LENGTH) {
            if (slots[slot] != 0) {
                labels[labelCount++] = label(slots[slot]);
            }
        }
        Arrays.sort(labels);
        return labels;
    }

    /** Returns the mean quality under a class that occurs in the set. */
    double meanQuality(int set, int label) {
        long[] slots = slotsBySet[set];
        int slot = find(slots, label);
        return FixedPoint.mean(slots[slot + QUALITY], slots[slot + QUALITY + 1], count(slots[slot]));
    }
}
