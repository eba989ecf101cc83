package dev.crowdlab.engine;

/** The cells of the annotators who have some, see {@link ConfusionLayout}: a count each, which never exceeds an int. */
final class ConfusionTally implements Mergeable<ConfusionTally> {

    private final ConfusionLayout layout;
    private final int[] cells;

    ConfusionTally(ConfusionLayout layout) {
        this.layout = layout;
        cells = new int[layout.cellCount()];
    }

    ConfusionLayout layout() {
        return layout;
    }

    /** Counts one annotation, unless the annotator's are listed. */
    void addAnnotation(int annotator, int consensus, int given) {
        if (!layout.isListed(annotator)) {
            cells[layout.start(annotator) + layout.offset(consensus, given)] += 1;
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
