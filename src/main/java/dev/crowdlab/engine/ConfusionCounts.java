package dev.crowdlab.engine;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How often each annotator gave a class where the consensus was a class: only the cells that occur, numbered from 0 on,
 * ascending by annotator, consensus class and given class. A cell or annotator out of range is an {@link
 * IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ConfusionCounts implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A pair of classes as one number, consensus class first: {@link Crowdlab#MAX_CLASSES} leaves room for both. */
    private static final int CLASS_BITS = 15;

    private static final int CLASS_MASK = (1 << CLASS_BITS) - 1;

    private final int classCount;
    /** [annotators + 1] the first cell of each, then the number of cells. */
    private final int[] starts;

    private final int[] annotators;
    private final int[] keys;
    private final int[] counts;

    /**
     * Brings cells and lists into one order.
     *
     * @param layout which annotators have cells, and which a list
     * @param tally what was counted in cells over all slices
     * @param slices all of them, in any order, for the labels that are listed; each is looked at once
     * @param consensus the column of the labels that the tally was counted with
     */
    public static ConfusionCounts of(
            ConfusionLayout layout, ConfusionTally tally, Iterable<Slice> slices, Column<ConsensusLabels> consensus) {
        int[] listed = new int[layout.listedCount()];
        int[] ends = new int[layout.annotatorCount()];
        Arrays.setAll(ends, layout::start);
        if (listed.length > 0) {
            for (Slice slice : slices) {
                list(layout, slice.annotations(), slice.get(consensus), listed, ends);
            }
        }
        return new ConfusionCounts(layout, tally, listed, ends);
    }

    private ConfusionCounts(ConfusionLayout layout, ConfusionTally tally, int[] listed, int[] ends) {
        classCount = layout.classCount();
        starts = new int[layout.annotatorCount() + 1];
        for (int annotator = 0; annotator < ends.length; annotator++) {
            int size = layout.isListed(annotator)
                    ? sortAndCountDistinct(listed, layout.start(annotator), ends[annotator])
                    : countUsed(tally, layout.start(annotator));
            starts[annotator + 1] = Math.addExact(starts[annotator], size);
        }
        annotators = new int[starts[ends.length]];
        keys = new int[annotators.length];
        counts = new int[annotators.length];
        for (int annotator = 0; annotator < ends.length; annotator++) {
            Arrays.fill(annotators, starts[annotator], starts[annotator + 1], annotator);
            if (layout.isListed(annotator)) {
                takeList(listed, layout.start(annotator), ends[annotator], starts[annotator]);
            } else {
                takeCells(tally, layout.start(annotator), starts[annotator]);
            }
        }
    }

    private static void list(
            ConfusionLayout layout, Annotations annotations, ConsensusLabels consensus, int[] listed, int[] ends) {
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int label = consensus.label(example);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                if (layout.isListed(annotator)) {
                    listed[ends[annotator]++] = key(label, annotations.label(position));
                }
            }
        }
    }

    private static int sortAndCountDistinct(int[] listed, int from, int to) {
        Arrays.sort(listed, from, to);
        int count = to > from ? 1 : 0;
        for (int place = from + 1; place < to; place++) {
            count += listed[place] == listed[place - 1] ? 0 : 1;
        }
        return count;
    }

    private int countUsed(ConfusionTally tally, int from) {
        int count = 0;
        for (int cell = from; cell < from + classCount * classCount; cell++) {
            count += tally.count(cell) > 0 ? 1 : 0;
        }
        return count;
    }

    private void takeList(int[] listed, int from, int to, int firstCell) {
        int cell = firstCell - 1;
        for (int place = from; place < to; place++) {
            cell += place > from && listed[place] == listed[place - 1] ? 0 : 1;
            keys[cell] = listed[place];
            counts[cell] += 1;
        }
    }

    private void takeCells(ConfusionTally tally, int from, int firstCell) {
        int cell = firstCell;
        for (int offset = 0; offset < classCount * classCount; offset++) {
            int count = tally.count(from + offset);
            if (count > 0) {
                keys[cell] = key(offset / classCount, offset % classCount);
                counts[cell] = count;
                cell += 1;
            }
        }
    }

    private static int key(int consensus, int given) {
        return consensus << CLASS_BITS | given;
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
        return keys[cell] >>> CLASS_BITS;
    }

    /** Returns the class that the annotator gave, of the cell. */
    public int givenClass(int cell) {
        return keys[cell] & CLASS_MASK;
    }

    /** Returns the number of annotations in the cell, at least 1. */
    public long count(int cell) {
        return counts[cell];
    }

    int annotatorCount() {
        return starts.length - 1;
    }

    int classCount() {
        return classCount;
    }

    /** Adds the annotator's cells, over all consensus classes, to counts by given class. */
    void addTo(int annotator, GivenClassCounts byGiven) {
        for (int cell = starts[annotator]; cell < starts[annotator + 1]; cell++) {
            int given = givenClass(cell);
            byGiven.add(given, counts[cell], given == consensusClass(cell));
        }
    }
}
