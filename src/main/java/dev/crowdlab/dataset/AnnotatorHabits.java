package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.Abstentions;
import java.io.Serializable;

/**
 * How the annotators of a dataset answer, beside the labels that count. Immutable; safe for use by many threads.
 */
public final class AnnotatorHabits implements Serializable {

    /** Answers that abstain. */
    static final int ABSTAINED = 0;

    /** Labels of an example to which the annotator gave one before. */
    static final int REPEATED = 1;

    /** Those of them that equal the one before. */
    static final int REPEATED_ALIKE = 2;

    /** How many things are counted of each annotator. */
    static final int COUNTED = 3;

    /** Nothing was counted. */
    public static final AnnotatorHabits NONE = new AnnotatorHabits(new int[COUNTED][0], 0, Abstentions.NONE);

    /** [counted][annotators]; all are empty if nothing was counted. */
    private final int[][] counts;

    private final long abstained;
    private final Abstentions abstentions;

    /**
     * @param counts [counted][annotators]; not to be modified any more
     * @param abstained how often they and those abstained who gave no label at all
     * @param abstentions on labeled examples
     */
    AnnotatorHabits(int[][] counts, long abstained, Abstentions abstentions) {
        this.abstentions = abstentions;
        this.counts = counts;
        this.abstained = abstained;
    }

    /** How often anybody abstained, those included who gave no label at all. */
    public long abstained() {
        return abstained;
    }

    /** Who of these annotators abstained on which of the labeled examples. */
    Abstentions abstentions() {
        return abstentions;
    }

    /** The same with who abstained on which labeled example. */
    AnnotatorHabits with(Abstentions others) {
        return new AnnotatorHabits(counts, abstained, others);
    }

    /** How often the annotator abstained. */
    public int abstained(int annotator) {
        return count(ABSTAINED, annotator);
    }

    /** How often the annotator labeled an example again, at another time. */
    public int repeated(int annotator) {
        return count(REPEATED, annotator);
    }

    /** How often the label then was the one before. */
    public int repeatedAlike(int annotator) {
        return count(REPEATED_ALIKE, annotator);
    }

    private int count(int what, int annotator) {
        int[] of = counts[what];
        return of.length == 0 ? 0 : of[annotator];
    }

    /**
     * The same of other annotators.
     *
     * @param places [annotators] their new numbers, ascending, -1 for those who are left out
     */
    AnnotatorHabits placed(int annotatorCount, int[] places) {
        int[][] placed = new int[counts.length][annotatorCount];
        for (int what = 0; what < counts.length; what++) {
            for (int annotator = 0; annotator < counts[what].length; annotator++) {
                if (places[annotator] >= 0) {
                    placed[what][places[annotator]] = counts[what][annotator];
                }
            }
        }
        return new AnnotatorHabits(placed, abstained, abstentions.withAnnotators(places));
    }

    /** The same of some annotators, in this order, but for who abstained on which example. */
    AnnotatorHabits select(int[] annotators) {
        int[][] chosen = new int[COUNTED][annotators.length];
        for (int what = 0; what < COUNTED; what++) {
            for (int annotator = 0; annotator < annotators.length; annotator++) {
                chosen[what][annotator] = count(what, annotators[annotator]);
            }
        }
        return new AnnotatorHabits(chosen, abstained, Abstentions.NONE);
    }
}
