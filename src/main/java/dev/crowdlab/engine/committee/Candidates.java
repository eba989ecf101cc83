package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;

/**
 * The classes that {@link Committee} chooses between, for every example of a {@link Slice}: those that an annotator
 * gave, each model's first choice, and what the consensus is fixed to. An example with two or more candidates, or with
 * an abstention, is contested and has a slot for each, by ascending class. The other examples, on which all annotators gave the only
 * candidate, have no slots. Takes 4 bytes per example and per slot. Written by one pass; afterwards only read, and then
 * safe for use by many threads.
 */
final class Candidates implements Serializable {

    /** [examples + 1] the first slot of each, then the number of slots. */
    private final int[] offsets;

    private final int[] labels;

    /**
     * Makes room.
     *
     * @param counts [examples] how many slots each has; not modified
     */
    Candidates(int[] counts) {
        offsets = new int[counts.length + 1];
        for (int example = 0; example < counts.length; example++) {
            offsets[example + 1] = Math.addExact(offsets[example], counts[example]);
        }
        labels = new int[offsets[counts.length]];
    }

    /** Returns the number of slots of all examples. */
    int slotCount() {
        return labels.length;
    }

    /** Returns the first slot of the example. */
    int start(int example) {
        return offsets[example];
    }

    /** Returns how many slots the example has: 0 where nothing is contested. */
    int count(int example) {
        return offsets[example + 1] - offsets[example];
    }

    /** Returns the class of the slot. */
    int label(int slot) {
        return labels[slot];
    }

    void set(int slot, int label) {
        labels[slot] = label;
    }
}
