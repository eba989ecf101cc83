package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.Mergeable;

/**
 * Counts of the cells of a {@link ConfusionLayout}: how many annotations each annotator who has cells gave by consensus
 * class and given class. No count exceeds an int.
 */
public final class ConfusionTally implements Mergeable<ConfusionTally> {

    private final int[] cells;

    ConfusionTally(ConfusionLayout layout) {
        cells = new int[layout.cellCount()];
    }

    /** Counts one annotation, unless the annotator's are listed. */
    void addAnnotation(ConfusionLayout layout, int annotator, int consensus, int given) {
        int cell = layout.cell(annotator, consensus, given);
        if (cell >= 0) {
            cells[cell] += 1;
        }
    }

    @Override
    public void add(ConfusionTally other) {
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] += other.cells[cell];
        }
    }

    int count(int cell) {
        return cells[cell];
    }
}
