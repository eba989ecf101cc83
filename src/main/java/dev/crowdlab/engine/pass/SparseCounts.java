package dev.crowdlab.engine.pass;

import java.util.Arrays;

/**
 * Rows of counts by keys, only for the keys that occur: an open-addressing table, at most three quarters full, of numbers of
 * rows, which stand one after the other in the order in which they were made. Results must be read by keys, since that order
 * depends on the order of what was counted. Takes 8 bytes per count and about 20 per key. Not safe for use by several threads.
 */
@NotThreadSafe
public final class SparseCounts implements Mergeable<SparseCounts> {

    private static final int FIRST_CAPACITY = 16;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private final int width;
    /** [capacity] 1 plus the number of a row; 0 = free. */
    private int[] slots = new int[FIRST_CAPACITY];
    /** [rows] and room for more. */
    private long[] keys = new long[FIRST_CAPACITY];
    /** [rows × width] and room for more. */
    private long[] counts;

    private int rowCount;

    /**
     * Creates a table without rows.
     *
     * @param width counts of a row, at least 1
     */
    public SparseCounts(int width) {
        this.width = width;
        counts = new long[FIRST_CAPACITY * width];
    }

    /**
     * Adds to the first count of a key.
     *
     * @param key 0 or more
     */
    public void add(long key, long count) {
        int start = width * row(key); // which may replace the array
        counts[start] += count;
    }

    /**
     * Adds to all counts of a key.
     *
     * @param key 0 or more
     * @param addends [width] not modified
     */
    public void addRow(long key, long[] addends) {
        addRow(key, addends, 0);
    }

    private void addRow(long key, long[] addends, int from) {
        int start = width * row(key);
        for (int column = 0; column < width; column++) {
            counts[start + column] += addends[from + column];
        }
    }

    @Override
    public void add(SparseCounts other) {
        for (int row = 0; row < other.rowCount; row++) {
            addRow(other.keys[row], other.counts, row * width);
        }
    }

    /** Returns the number of keys that occur. */
    public int rowCount() {
        return rowCount;
    }

    /** Returns the key of a row, a number below {@link #rowCount}. */
    public long key(int row) {
        return keys[row];
    }

    /** Returns the row of a key; -1 if it does not occur. */
    public int find(long key) {
        return slots[slot(key)] - 1;
    }

    /** Returns a count of a row. */
    public long count(int row, int column) {
        return counts[row * width + column];
    }

    private int row(long key) {
        int slot = slot(key);
        return slots[slot] == 0 ? newRow(key, slot) : slots[slot] - 1;
    }

    private int newRow(long key, int slot) {
        if (rowCount == keys.length) {
            grow();
        }
        int row = rowCount++;
        keys[row] = key;
        slots[slot] = row + 1;
        if (4L * rowCount > 3L * slots.length) {
            slots = new int[2 * slots.length];
            for (int index = 0; index < rowCount; index++) {
                slots[slot(keys[index])] = index + 1;
            }
        }
        return row;
    }

    private void grow() {
        long wanted = Math.min(2L * rowCount, MAX_LENGTH / width);
        if (wanted == rowCount) {
            throw new UnusableInputException(
                    "There are more than " + rowCount + " pairs to count, which is all that fit. Split the data set.");
        }
        keys = Arrays.copyOf(keys, (int) wanted);
        counts = Arrays.copyOf(counts, (int) wanted * width);
    }

    /** Returns the slot of the key, or the free one to put it into. */
    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = (int) ((key * GOLDEN_RATIO) >>> Integer.SIZE) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
