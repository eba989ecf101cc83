package dev.crowdlab.dataset;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How the annotators of a dataset answer, beside the labels that count. Immutable; safe for use by many threads.
 */
public final class AnnotatorHabits implements Serializable {

    /** Nothing was counted. */
    public static final AnnotatorHabits NONE = new AnnotatorHabits(new int[0], 0);

    /** [annotators] or empty. */
    private final int[] abstained;

    private final long total;

    /**
     * @param abstained [annotators] how often each abstained; empty if none may; not to be modified any more
     * @param total how often they and those did who gave no label at all
     */
    AnnotatorHabits(int[] abstained, long total) {
        this.abstained = abstained;
        this.total = total;
    }

    /** How often anybody abstained, those included who gave no label at all. */
    public long abstained() {
        return total;
    }

    /** How often the annotator abstained; 0 if nobody may. */
    public int abstained(int annotator) {
        return abstained.length == 0 ? 0 : abstained[annotator];
    }

    /** The same among more annotators. */
    AnnotatorHabits placed(int annotatorCount, int[] places) {
        if (abstained.length == 0) {
            return NONE;
        }
        int[] placed = new int[annotatorCount];
        for (int annotator = 0; annotator < places.length; annotator++) {
            placed[places[annotator]] = abstained[annotator];
        }
        return new AnnotatorHabits(placed, total);
    }

    /** The same of some annotators, in this order. */
    AnnotatorHabits select(int[] annotators) {
        return abstained.length == 0
                ? NONE
                : new AnnotatorHabits(
                        Arrays.stream(annotators).map(this::abstained).toArray(), total);
    }
}
