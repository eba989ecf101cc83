package dev.crowdlab.engine;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How often each annotator, or each of a range of them, gave a class where the consensus was a class: only the cells that
 * occur, numbered from 0 on, ascending by annotator, consensus class and given class. A cell or annotator out of range is an
 * {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ConfusionCounts implements Serializable {

    private static final long serialVersionUID = 1L;

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
        firstAnnotator = 0;
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

    /**
     * Counts the labels of one slice that annotators with a list gave. Where all have one, those of all slices, merged by {@link
     * #plus}, are what {@link #of} returns.
     *
     * @param layout which annotators have a list
     * @param slice some of the examples
     * @param consensus the column of the consensus labels
     */
    public static ConfusionCounts listed(ConfusionLayout layout, Slice slice, Column<ConsensusLabels> consensus) {
        Annotations annotations = slice.annotations();
        ConsensusLabels labels = slice.get(consensus);
        long[] listed = new long[annotations.annotationCount()];
        int count = 0;
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int label = labels.label(example);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                if (layout.isListed(annotator)) {
                    listed[count++] = (long) annotator << Integer.SIZE | key(label, annotations.label(position));
                }
            }
        }
        Arrays.sort(listed, 0, count);
        return ofSorted(layout, listed, count);
    }

    /** Counts equal numbers, each an annotator and a pair of classes. */
    private static ConfusionCounts ofSorted(ConfusionLayout layout, long[] listed, int count) {
        Cells cells = new Cells(0, layout.annotatorCount(), layout.classCount(), count);
        for (int from = 0, to; from < count; from = to) {
            to = from + 1;
            while (to < count && listed[to] == listed[from]) {
                to++;
            }
            cells.add((int) (listed[from] >>> Integer.SIZE), (int) listed[from], to - from);
        }
        return cells.end();
    }

    /** Returns the counts of this and another part of the same data set together; neither is modified. */
    public ConfusionCounts plus(ConfusionCounts other) {
        Cells cells = new Cells(firstAnnotator, annotatorCount(), classCount, Math.max(size(), other.size()));
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
        Cells cells = new Cells(from, to - from, classCount, end - begin);
        for (int cell = begin; cell < end; cell++) {
            cells.add(annotators[cell], keys[cell], counts[cell]);
        }
        return cells.end();
    }

    private int compare(int cell, ConfusionCounts other, int otherCell) {
        int order = Integer.compare(annotators[cell], other.annotators[otherCell]);
        return order != 0 ? order : Integer.compare(keys[cell], other.keys[otherCell]);
    }

    private ConfusionCounts(Cells cells) {
        classCount = cells.classCount;
        firstAnnotator = cells.firstAnnotator;
        starts = cells.starts;
        annotators = Arrays.copyOf(cells.annotators, cells.size);
        keys = Arrays.copyOf(cells.keys, cells.size);
        counts = Arrays.copyOf(cells.counts, cells.size);
    }

    /** Cells that are added in order. */
    @NotThreadSafe
    private static final class Cells {

        private final int classCount;
        private final int firstAnnotator;
        private final int[] starts;
        private int[] annotators;
        private int[] keys;
        private int[] counts;
        private int size;

        Cells(int firstAnnotator, int annotatorCount, int classCount, int expectedSize) {
            this.classCount = classCount;
            this.firstAnnotator = firstAnnotator;
            starts = new int[annotatorCount + 1];
            annotators = new int[expectedSize];
            keys = new int[expectedSize];
            counts = new int[expectedSize];
        }

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

        ConfusionCounts end() {
            for (int annotator = 1; annotator < starts.length; annotator++) {
                starts[annotator] += starts[annotator - 1];
            }
            return new ConfusionCounts(this);
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

    /** Returns the first of the annotators that are counted, 0 if all are. */
    int firstAnnotator() {
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
