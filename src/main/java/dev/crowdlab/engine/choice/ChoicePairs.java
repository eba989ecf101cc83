package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;

/**
 * Rows of (owner, class) that come class by class, each with owners ascending, in compressed sparse rows by owner. Owners
 * are examples or annotators. The rows of an owner are at {@code start(owner) .. end(owner) - 1}, classes strictly
 * ascending. Immutable; safe for use by many threads.
 */
public final class ChoicePairs {

    private final int[] offsets;
    private final int[] classes;

    private ChoicePairs(int[] offsets, int[] classes) {
        this.offsets = offsets;
        this.classes = classes;
    }

    /** Returns the number of rows. */
    public int size() {
        return classes.length;
    }

    /** Returns the number of owners, those without a row included. */
    public int ownerCount() {
        return offsets.length - 1;
    }

    /** Returns the owner's first row. */
    public int start(int owner) {
        return offsets[owner];
    }

    /** Returns the row after the owner's last. */
    public int end(int owner) {
        return offsets[owner + 1];
    }

    /** Returns the class of the row. */
    public int classOf(int row) {
        return classes[row];
    }

    /** Returns the row of the owner and class; -1 if there is none. */
    public int find(int owner, int label) {
        return Math.max(-1, Arrays.binarySearch(classes, offsets[owner], offsets[owner + 1], label));
    }

    /** Collects rows class by class. */
    @NotThreadSafe
    static final class Builder {

        private int[] owners = new int[1_024];
        private final int[] ends;

        private int size;

        Builder(int classCount) {
            ends = new int[classCount + 1];
        }

        /** Adds a row of the class at hand and returns its number among all rows in the order in which they come. */
        int add(int owner) {
            owners = size == owners.length ? Arrays.copyOf(owners, grown(size)) : owners;
            owners[size] = owner;
            return size++;
        }

        static int grown(int length) {
            return Math.max(length + 1, (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1)));
        }

        /** Ends the class. */
        void endClass(int label) {
            ends[label + 1] = size;
        }

        /** Returns [rows] the place of each row in {@link #build}, by the order in which they came. */
        int[] places(int ownerCount) {
            int[] next = offsets(ownerCount);
            int[] places = new int[size];
            for (int row = 0; row < size; row++) {
                places[row] = next[owners[row]]++;
            }
            return places;
        }

        private int[] offsets(int ownerCount) {
            int[] offsets = new int[ownerCount + 1];
            for (int row = 0; row < size; row++) {
                offsets[owners[row] + 1]++;
            }
            for (int owner = 0; owner < ownerCount; owner++) {
                offsets[owner + 1] += offsets[owner];
            }
            return offsets;
        }

        ChoicePairs build(int ownerCount, int[] places) {
            int[] classes = new int[size];
            for (int label = 0; label + 1 < ends.length; label++) {
                for (int row = ends[label]; row < ends[label + 1]; row++) {
                    classes[places[row]] = label;
                }
            }
            return new ChoicePairs(offsets(ownerCount), classes);
        }
    }
}
