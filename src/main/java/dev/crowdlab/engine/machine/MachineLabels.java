package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.pass.Column;
import java.io.Serializable;

/**
 * Which machine gave which label to which example of a slice, in compressed sparse rows, machines ascending; an example
 * may have none. Takes 4 bytes per label and 4 per example. Filled by {@link MachineSplit}; afterwards immutable, and
 * safe for use by many threads.
 */
public final class MachineLabels implements Serializable {

    /** The labels of machines. */
    public static final Column<MachineLabels> COLUMN = new Column<>("machine_labels");

    /** [examples + 1] */
    private final int[] offsets;
    /** [labels] */
    private final short[] machines;
    /** [labels] */
    private final short[] labels;

    /**
     * Makes room.
     *
     * @param offsets [examples + 1] first position of each example, then the number of labels; owned by this
     */
    MachineLabels(int[] offsets) {
        this.offsets = offsets;
        machines = new short[offsets[offsets.length - 1]];
        labels = new short[machines.length];
    }

    void set(int position, int machine, int label) {
        machines[position] = (short) machine;
        labels[position] = (short) label;
    }

    /** Returns the first position of the example's labels. */
    public int start(int example) {
        return offsets[example];
    }

    /** Returns the position after the last of the example's labels. */
    public int end(int example) {
        return offsets[example + 1];
    }

    /** Returns the machine at the position. */
    public int machine(int position) {
        return machines[position];
    }

    /** Returns the class given at the position. */
    public int label(int position) {
        return labels[position];
    }
}
