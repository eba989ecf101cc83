package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;

/** The cells of {@link ConfusionCounts} while they are added, in their order. */
@NotThreadSafe
final class ConfusionCells {

    private final int classCount;
    private final int firstAnnotator;
    private final int[] starts;
    private int[] annotators;
    private int[] keys;
    private int[] counts;
    private int size;

    /**
     * @param firstAnnotator the first of the annotators
     * @param expectedSize the number of cells; there may be more or fewer
     */
    ConfusionCells(int firstAnnotator, int annotatorCount, int classCount, int expectedSize) {
        this.classCount = classCount;
        this.firstAnnotator = firstAnnotator;
        starts = new int[annotatorCount + 1];
        annotators = new int[expectedSize];
        keys = new int[expectedSize];
        counts = new int[expectedSize];
    }

    /**
     * Adds a cell.
     *
     * @param key as of {@link ConfusionCounts#key}
     */
    void add(int annotator, int key, int count) {
        if (size == keys.length) {
            int length = Math.max(64, 2 * size);
            annotators = Arrays.copyOf(annotators, length);
            keys = Arrays.copyOf(keys, length);
            counts = Arrays.copyOf(counts, length);
        }
        annotators[size] = annotator;
        keys[size] = key;
        counts[size++] = count;
        starts[annotator - firstAnnotator + 1]++;
    }

    /** Returns the cells; nothing can be added any more. */
    ConfusionCounts end() {
        for (int annotator = 1; annotator < starts.length; annotator++) {
            starts[annotator] += starts[annotator - 1];
        }
        return new ConfusionCounts(this);
    }

    int classCount() {
        return classCount;
    }

    int firstAnnotator() {
        return firstAnnotator;
    }

    /** Returns [annotators + 1] the first cell of each, then the number of cells. */
    int[] starts() {
        return starts;
    }

    /** Returns [cells] the annotator. */
    int[] annotators() {
        return asLongAsThereAreCells(annotators);
    }

    /** Returns [cells] the pair of classes. */
    int[] keys() {
        return asLongAsThereAreCells(keys);
    }

    /** Returns [cells] the number of annotations. */
    int[] counts() {
        return asLongAsThereAreCells(counts);
    }

    private int[] asLongAsThereAreCells(int[] column) {
        return column.length == size ? column : Arrays.copyOf(column, size);
    }
}
