package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Different sets of classes, numbered from 0 on, in compressed sparse rows. The classes of a set are at the places
 * {@code start(set) .. end(set) - 1}, strictly ascending; a set may be empty. Immutable; safe for use by many threads.
 */
public final class ChoiceSets implements Serializable {

    private final int classCount;
    private final int[] offsets;
    private final int[] classes;

    private ChoiceSets(int classCount, int[] offsets, int[] classes) {
        this.classCount = classCount;
        this.offsets = offsets;
        this.classes = classes;
    }

    /**
     * Returns the sets in this order.
     *
     * @param classCount number of classes
     * @param sets classes in 0 .. classCount - 1, strictly ascending; not modified
     * @throws IllegalArgumentException if a set is there twice, or its classes are not as described
     */
    public static ChoiceSets of(int classCount, int[]... sets) {
        Builder builder = new Builder(classCount);
        for (int[] set : sets) {
            check(classCount, set);
            int before = builder.size();
            if (builder.place(set, set.length) < before) {
                throw new IllegalArgumentException("the set " + Arrays.toString(set) + " is there twice");
            }
        }
        return builder.build();
    }

    private static void check(int classCount, int[] set) {
        int previous = -1;
        for (int label : set) {
            if (label <= previous || label >= classCount) {
                throw new IllegalArgumentException("the set " + Arrays.toString(set)
                        + " does not ascend strictly within 0 .. " + (classCount - 1));
            }
            previous = label;
        }
    }

    /** Returns the number of sets. */
    public int size() {
        return offsets.length - 1;
    }

    /** Returns the number of classes, those included that no set names. */
    public int classCount() {
        return classCount;
    }

    /** Returns the place of the set's first class. */
    public int start(int set) {
        return offsets[set];
    }

    /** Returns the place after the set's last class. */
    public int end(int set) {
        return offsets[set + 1];
    }

    /** Returns the class at the place. */
    public int classAt(int place) {
        return classes[place];
    }

    /** Returns whether the class is in the set. */
    public boolean contains(int set, int label) {
        return Arrays.binarySearch(classes, offsets[set], offsets[set + 1], label) >= 0;
    }

    /** Returns a builder that knows these sets by their numbers. */
    Builder toBuilder() {
        Builder builder = new Builder(classCount);
        for (int set = 0; set < size(); set++) {
            int[] members = Arrays.copyOfRange(classes, start(set), end(set));
            builder.place(members, members.length);
        }
        return builder;
    }

    /** Numbers sets as they come. */
    @NotThreadSafe
    public static final class Builder {

        private static final int MULTIPLIER = 0x9E3779B1;

        private final int classCount;
        private int[] offsets = new int[16];
        private int[] classes = new int[16];
        /** [slots] set + 1; 0 where there is none. */
        private int[] slots = new int[32];

        private int size;

        public Builder(int classCount) {
            this.classCount = classCount;
        }

        /** Returns how many there are. */
        public int size() {
            return size;
        }

        /**
         * Returns the number of a set, which is a new one if it was not there.
         *
         * @param members classes, strictly ascending, in the first places; not modified
         * @param length how many there are
         */
        public int place(int[] members, int length) {
            int slot = slot(members, length);
            if (slots[slot] > 0) {
                return slots[slot] - 1;
            }
            int end = offsets[size] + length;
            classes = end > classes.length ? Arrays.copyOf(classes, Math.max(end, 2 * classes.length)) : classes;
            System.arraycopy(members, 0, classes, offsets[size], length);
            offsets = size + 2 > offsets.length ? Arrays.copyOf(offsets, 2 * offsets.length) : offsets;
            offsets[++size] = end;
            slots[slot] = size;
            if (2 * size > slots.length) {
                rehash();
            }
            return size - 1;
        }

        private int slot(int[] members, int length) {
            int slot = first(members, 0, length);
            while (slots[slot] > 0 && !isEqual(slots[slot] - 1, members, length)) {
                slot = (slot + 1) & (slots.length - 1);
            }
            return slot;
        }

        private boolean isEqual(int set, int[] members, int length) {
            return Arrays.equals(classes, offsets[set], offsets[set + 1], members, 0, length);
        }

        private int first(int[] members, int from, int to) {
            int hash = 1;
            for (int place = from; place < to; place++) {
                hash = MULTIPLIER * (hash ^ (hash >>> 15)) + members[place];
            }
            return (MULTIPLIER * hash) >>> (1 + Integer.numberOfLeadingZeros(slots.length));
        }

        private void rehash() {
            slots = new int[2 * slots.length];
            for (int set = 0; set < size; set++) {
                int slot = first(classes, offsets[set], offsets[set + 1]);
                while (slots[slot] > 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = set + 1;
            }
        }

        /** Returns the sets in the order of their numbers. */
        public ChoiceSets build() {
            return new ChoiceSets(classCount, Arrays.copyOf(offsets, size + 1), Arrays.copyOf(classes, offsets[size]));
        }
    }
}
