package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.Abstentions;
import dev.crowdlab.engine.pass.Mergeable;
import java.util.Arrays;

/**
 * How the annotators of a dataset answer, beside the labels that count. Immutable but for {@link #sums}; safe for use by many threads then.
 */
public final class AnnotatorHabits implements Mergeable<AnnotatorHabits> {

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

    /** [1] */
    private final long[] abstained;

    private final Abstentions abstentions;

    /**
     * @param counts [counted][annotators]; not to be modified any more
     * @param abstained how often they and those abstained who gave no label at all
     * @param abstentions on labeled examples
     */
    AnnotatorHabits(int[][] counts, long abstained, Abstentions abstentions) {
        this.abstentions = abstentions;
        this.counts = counts;
        this.abstained = new long[] {abstained};
    }

    /** How often anybody abstained, those included who gave no label at all. */
    public long abstained() {
        return abstained[0];
    }

    /** The counts alone, to add those of the same annotators on other examples to. */
    public AnnotatorHabits sums() {
        int[][] copies = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
        return new AnnotatorHabits(copies, abstained[0], Abstentions.NONE);
    }

    @Override
    public void add(AnnotatorHabits other) {
        Mergeable.add(abstained, other.abstained);
        for (int what = 0; what < COUNTED; what++) {
            for (int annotator = 0; annotator < counts[what].length; annotator++) {
                counts[what][annotator] += other.counts[what][annotator];
            }
        }
    }

    /** Who of these annotators abstained on which of the labeled examples. */
    Abstentions abstentions() {
        return abstentions;
    }

    /** The same with who abstained on which labeled example. */
    AnnotatorHabits with(Abstentions others) {
        return new AnnotatorHabits(counts, abstained[0], others);
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
        return new AnnotatorHabits(placed, abstained[0], abstentions.withAnnotators(places));
    }

    /** The same of some annotators, in this order, but for who abstained on which example. */
    AnnotatorHabits select(int[] annotators) {
        int[][] chosen = new int[COUNTED][annotators.length];
        for (int what = 0; what < COUNTED; what++) {
            for (int annotator = 0; annotator < annotators.length; annotator++) {
                chosen[what][annotator] = count(what, annotators[annotator]);
            }
        }
        return new AnnotatorHabits(chosen, abstained[0], Abstentions.NONE);
    }
}
