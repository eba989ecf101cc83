package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where {@link Committee} keeps the confusion matrix of all annotators together: all pairs of classes where classes are
 * few, else the pairs that occur, numbered from 0 on by given class and true class. Immutable; safe for use by many
 * threads.
 */
final class PooledLayout implements Serializable {

    /** Up to this many classes whatever is kept for all pairs of them is small. */
    static final int FEW_CLASSES = 64;

    private final int answerKinds;
    private final int classCount;
    /** [pairs] given class × number of classes + true class, ascending; empty if all pairs are kept. */
    private final int[] keys;
    /** [cells] the pair of each cell; empty if all pairs are kept. */
    private final int[] pairs;

    PooledLayout(CellLayout layout) {
        answerKinds = layout.answerKinds();
        classCount = layout.classCount();
        if (classCount <= FEW_CLASSES) {
            keys = new int[0];
            pairs = new int[0];
            return;
        }
        int[] keysOfCells = new int[layout.cellCount()];
        for (int group = 0; group < layout.groupCount(); group++) {
            for (int cell = layout.firstCell(group); cell < layout.firstCell(group + 1); cell++) {
                keysOfCells[cell] = layout.given(group) * classCount + layout.label(cell);
            }
        }
        keys = IntStream.of(keysOfCells).sorted().distinct().toArray();
        pairs = keysOfCells;
        Arrays.setAll(pairs, cell -> Arrays.binarySearch(keys, keysOfCells[cell]));
    }

    int classCount() {
        return classCount;
    }

    /** Returns the number of pairs kept. */
    int pairCount() {
        return areFew() ? answerKinds * classCount : keys.length;
    }

    /** Returns whether all pairs are kept. */
    boolean areFew() {
        return classCount <= FEW_CLASSES;
    }

    /** Returns the pair of a cell of the layout. */
    int pair(int cell, int given, int label) {
        return areFew() ? given * classCount + label : pairs[cell];
    }

    int given(int pair) {
        return (areFew() ? pair : keys[pair]) / classCount;
    }

    int label(int pair) {
        return (areFew() ? pair : keys[pair]) % classCount;
    }
}
