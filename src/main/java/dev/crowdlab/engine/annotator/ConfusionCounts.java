package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;

/**
 * How often each annotator, or each of a range of them, gave a class where the consensus was a class: only the cells
 * that occur, numbered from 0 on, ascending by annotator, consensus class and given class. A cell or annotator out of
 * range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ConfusionCounts implements Serializable {

    /** A pair of classes as one number, consensus class first: {@link Crowdlab#MAX_CLASSES} leaves room for both. */
    private static final int CLASS_BITS = 15;

    private static final int CLASS_MASK = (1 << CLASS_BITS) - 1;

    private final int classCount;
    /** The first of the annotators, 0 if these are all of them. */
    private final int firstAnnotator;
    /** [annotators + 1] the first cell of each, then the number of cells. */
    private final int[] starts;

    private final int[] annotators;
    private final int[] keys;
    private final int[] counts;

    /** Takes what was added. */
    ConfusionCounts(ConfusionCells cells) {
        classCount = cells.classCount();
        firstAnnotator = cells.firstAnnotator();
        starts = cells.starts();
        annotators = cells.annotators();
        keys = cells.keys();
        counts = cells.counts();
    }

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
        return new ConfusionCounter(layout, consensus).count(tally, slices);
    }

    /**
     * Counts the labels of one slice that annotators with a list gave. Where all have one, those of all slices, merged
     * by {@link #plus}, are what {@link #of} returns.
     *
     * @param layout which annotators have a list
     * @param slice some of the examples
     * @param consensus the column of the consensus labels
     */
    public static ConfusionCounts listed(ConfusionLayout layout, Slice slice, Column<ConsensusLabels> consensus) {
        return new ConfusionCounter(layout, consensus).countListed(slice);
    }

    /** Returns the counts of this and another part of the same data set together; neither is modified. */
    public ConfusionCounts plus(ConfusionCounts other) {
        ConfusionCells cells =
                new ConfusionCells(firstAnnotator, annotatorCount(), classCount, Math.max(size(), other.size()));
        int own = 0;
        int others = 0;
        while (own < size() || others < other.size()) {
            int order = own == size() ? 1 : others == other.size() ? -1 : compare(own, other, others);
            ConfusionCounts next = order <= 0 ? this : other;
            int cell = order <= 0 ? own : others;
            cells.add(
                    next.annotators[cell],
                    next.keys[cell],
                    next.counts[cell] + (order == 0 ? other.counts[others] : 0));
            own += order <= 0 ? 1 : 0;
            others += order >= 0 ? 1 : 0;
        }
        return cells.end();
    }

    /**
     * Returns the counts of some of the annotators.
     *
     * @param from the first of them
     * @param to after the last of them
     */
    public ConfusionCounts range(int from, int to) {
        int begin = starts[from - firstAnnotator];
        int end = starts[to - firstAnnotator];
        ConfusionCells cells = new ConfusionCells(from, to - from, classCount, end - begin);
        for (int cell = begin; cell < end; cell++) {
            cells.add(annotators[cell], keys[cell], counts[cell]);
        }
        return cells.end();
    }

    private int compare(int cell, ConfusionCounts other, int otherCell) {
        int order = Integer.compare(annotators[cell], other.annotators[otherCell]);
        return order != 0 ? order : Integer.compare(keys[cell], other.keys[otherCell]);
    }

    /** Returns a pair of classes as one number; these are in the order of the cells of an annotator. */
    static int key(int consensus, int given) {
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

    public int annotatorCount() {
        return starts.length - 1;
    }

    /** Returns the first of the annotators that are counted, 0 if all are. */
    public int firstAnnotator() {
        return firstAnnotator;
    }

    int classCount() {
        return classCount;
    }

    /** Adds the annotator's cells, over all consensus classes, to counts by given class. */
    void addTo(int annotator, GivenClassCounts byGiven) {
        for (int cell = start(annotator); cell < start(annotator + 1); cell++) {
            int given = givenClass(cell);
            byGiven.add(given, counts[cell], given == consensusClass(cell));
        }
    }

    /** Returns on how many of the annotator's labels the consensus is the class. */
    int consensusCount(int annotator, int label) {
        int count = 0;
        for (int cell = start(annotator); cell < start(annotator + 1); cell++) {
            count += consensusClass(cell) == label ? counts[cell] : 0;
        }
        return count;
    }

    private int start(int annotator) {
        return starts[annotator - firstAnnotator];
    }
}
