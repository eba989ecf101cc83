package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.vote.Votes;
import java.io.Serializable;

/**
 * How the confusion of each annotator is counted. One with at least as many labels as there are pairs of classes has a
 * cell for every pair, in one array with those of the others. One with fewer has its labels listed instead, which takes
 * less, and sorted at the end. So no cell is searched for, and neither array is longer than there are annotations.
 * Immutable; safe for use by many threads.
 */
public final class ConfusionLayout implements Serializable {

    private final int classCount;
    /** [annotators] the first cell; -1 minus the place of the first label in the list. */
    private final int[] starts;

    private final int cellCount;
    private final int listedCount;

    /**
     * Lays the labels of every annotator out.
     *
     * @param areAllListed whether nobody has cells, because labels are counted elsewhere
     */
    public ConfusionLayout(Votes votes, int classCount, boolean areAllListed) {
        this.classCount = classCount;
        starts = new int[votes.annotatorCount()];
        long pairCount = (long) classCount * classCount;
        int cells = 0;
        int listed = 0;
        for (int annotator = 0; annotator < starts.length; annotator++) {
            int labelCount = (int) votes.labelCount(annotator);
            if (labelCount >= pairCount && !areAllListed) {
                starts[annotator] = cells;
                cells += (int) pairCount;
            } else {
                starts[annotator] = -1 - listed;
                listed += labelCount;
            }
        }
        cellCount = cells;
        listedCount = listed;
    }

    int annotatorCount() {
        return starts.length;
    }

    int classCount() {
        return classCount;
    }

    /** Returns the number of cells of all annotators. */
    int cellCount() {
        return cellCount;
    }

    /** Returns the number of labels in the list. */
    int listedCount() {
        return listedCount;
    }

    /** Returns whether the annotator's labels are listed instead of counted in cells. */
    boolean isListed(int annotator) {
        return starts[annotator] < 0;
    }

    /** Returns the first cell of an annotator who has cells, or the place of the first label of one who has a list. */
    int start(int annotator) {
        return Math.max(starts[annotator], -1 - starts[annotator]);
    }

    /** Returns the cell of the pair; -1 if the annotator's labels are listed. */
    int cell(int annotator, int consensus, int given) {
        int start = starts[annotator];
        return start < 0 ? -1 : start + consensus * classCount + given;
    }
}
