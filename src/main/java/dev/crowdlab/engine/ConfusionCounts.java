package dev.crowdlab.engine;

/**
 * How often each annotator gave a class where the consensus was a class: only the cells that occur, numbered from 0 on,
 * ascending by annotator, consensus class and given class. Immutable; safe for use by many threads.
 */
public final class ConfusionCounts {

    private final int[] annotators;
    private final int[] consensusClasses;
    private final int[] givenClasses;
    private final long[] counts;

    ConfusionCounts(ConfusionTable table) {
        int size = 0;
        for (int annotator = 0; annotator < table.annotatorCount(); annotator++) {
            size = Math.addExact(size, table.cellCount(annotator));
        }
        annotators = new int[size];
        consensusClasses = new int[size];
        givenClasses = new int[size];
        counts = new long[size];
        int cell = 0;
        for (int annotator = 0; annotator < table.annotatorCount(); annotator++) {
            for (int key : table.sortedKeys(annotator)) {
                annotators[cell] = annotator;
                consensusClasses[cell] = key / table.classCount();
                givenClasses[cell] = key % table.classCount();
                counts[cell] = table.count(annotator, key);
                cell += 1;
            }
        }
    }

    /** Returns the number of cells. */
    public int size() {
        return counts.length;
    }

    /** Returns the annotator of the cell. */
    public int annotator(int cell) {
        return annotators[cell];
    }

    /** Returns the consensus class of the cell. */
    public int consensusClass(int cell) {
        return consensusClasses[cell];
    }

    /** Returns the class that the annotator gave, of the cell. */
    public int givenClass(int cell) {
        return givenClasses[cell];
    }

    /** Returns the number of annotations in the cell, at least 1. */
    public long count(int cell) {
        return counts[cell];
    }
}
