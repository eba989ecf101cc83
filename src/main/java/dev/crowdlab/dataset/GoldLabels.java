package dev.crowdlab.dataset;

import java.io.Serializable;
import java.util.Arrays;

/** The labels of examples that are known to be right. Immutable; thread-safe. */
public final class GoldLabels implements Serializable {

    /** Stands for the class of an example without gold label. */
    public static final int UNKNOWN = -1;

    /** The labels of a dataset without a query for gold. */
    public static final GoldLabels NONE = new GoldLabels(new int[0], false);

    private final int[] classes;
    private final boolean isConfigured;

    /**
     * Takes the labels.
     *
     * @param classes [examples] the class, or {@link #UNKNOWN}; not to be modified any more
     */
    GoldLabels(int[] classes) {
        this(classes, true);
    }

    private GoldLabels(int[] classes, boolean isConfigured) {
        this.classes = classes;
        this.isConfigured = isConfigured;
    }

    /** Whether the dataset has a query for gold, even if none of its rows could be used. */
    public boolean isConfigured() {
        return isConfigured;
    }

    /** The number of examples with a gold label. */
    public long count() {
        long count = 0;
        for (int label : classes) {
            count += label == UNKNOWN ? 0 : 1;
        }
        return count;
    }

    /** The class of the example, or {@link #UNKNOWN}. */
    public int label(int example) {
        return classes.length == 0 ? UNKNOWN : classes[example];
    }

    /** The labels of some of the examples, in the order given. */
    GoldLabels select(int[] examples) {
        return isConfigured
                ? new GoldLabels(Arrays.stream(examples).map(this::label).toArray())
                : NONE;
    }

    /** [examples] the class, or {@link #UNKNOWN}, in an array of the caller's own. */
    int[] toArray() {
        return classes.clone();
    }
}
