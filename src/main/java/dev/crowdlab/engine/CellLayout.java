package dev.crowdlab.engine;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Where {@link Committee} keeps the confusion matrices of the annotators: a cell for each annotator, given class and true class. An
 * annotator with at least as many labels as half the pairs of classes has all cells (is dense); another has only those that occur,
 * so that there are at most twice as many cells as annotations or as pairs of annotation and candidate.
 *
 * <p>Cells are numbered from 0 on by annotator, given class and true class. Those of one annotator and given class are a group. A
 * row is an annotator and a true class; rows are numbered by both. Immutable; safe for use by many threads.
 */
final class CellLayout implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int classCount;
    /** [annotators] the first cell of a dense annotator, else -1. */
    private final int[] denseCells;
    /** [annotators + 1] */
    private final int[] firstGroups;
    /** [groups] */
    private final int[] givens;
    /** [groups + 1] */
    private final int[] firstCells;
    /** [cells] the true class. */
    private final int[] labels;
    /** [cells] */
    private final int[] rows;
    /** [annotators + 1] */
    private final int[] firstRows;
    /** [rows] the true class. */
    private final int[] rowLabels;

    private CellLayout(Builder builder) {
        classCount = builder.classCount;
        denseCells = builder.denseCells;
        firstGroups = builder.firstGroups;
        givens = builder.givens;
        firstCells = builder.firstCells;
        labels = builder.labels;
        rows = builder.rows;
        firstRows = builder.firstRows;
        rowLabels = builder.rowLabels;
    }

    /** Returns [annotators] who is dense. */
    static boolean[] dense(VotePass.Votes votes, int classCount) {
        long pairs = (long) classCount * classCount;
        boolean[] isDense = new boolean[votes.annotatorCount()];
        for (int annotator = 0; annotator < isDense.length; annotator++) {
            isDense[annotator] = 2 * votes.labelCount(annotator) >= pairs;
        }
        return isDense;
    }

    /**
     * Returns the layout.
     *
     * @param isDense [annotators] who has all cells; not modified
     * @param keys the cells of the others
     * @throws UnusableInputException if there are more than 2,147,483,647 cells
     */
    static CellLayout of(int classCount, boolean[] isDense, CellKeys keys) {
        Builder builder = new Builder(classCount, isDense, keys.sorted());
        builder.build(isDense);
        return new CellLayout(builder);
    }

    int annotatorCount() {
        return denseCells.length;
    }

    int classCount() {
        return classCount;
    }

    int groupCount() {
        return givens.length;
    }

    int cellCount() {
        return labels.length;
    }

    int rowCount() {
        return rowLabels.length;
    }

    /** Returns the first cell of a dense annotator, -1 if the annotator is not. */
    int denseCell(int annotator) {
        return denseCells[annotator];
    }

    int firstGroup(int annotator) {
        return firstGroups[annotator];
    }

    int firstRow(int annotator) {
        return firstRows[annotator];
    }

    int rowLabel(int row) {
        return rowLabels[row];
    }

    int given(int group) {
        return givens[group];
    }

    int firstCell(int group) {
        return firstCells[group];
    }

    /** Returns the true class of the cell. */
    int label(int cell) {
        return labels[cell];
    }

    int row(int cell) {
        return rows[cell];
    }

    /** Returns the group of the annotator and the given class; negative if it has no cells. */
    int group(int annotator, int given) {
        return denseCells[annotator] >= 0
                ? firstGroups[annotator] + given
                : Arrays.binarySearch(givens, firstGroups[annotator], firstGroups[annotator + 1], given);
    }

    /** Returns the cell of the group with the true class; negative if it has none. */
    int cell(int group, int label) {
        int first = firstCells[group];
        int end = firstCells[group + 1];
        return end - first == classCount ? first + label : Arrays.binarySearch(labels, first, end, label);
    }

    /** Returns the row of the annotator and the true class; negative if there is none. */
    int row(int annotator, int label) {
        return Arrays.binarySearch(rowLabels, firstRows[annotator], firstRows[annotator + 1], label);
    }

    /** The layout while it is made. */
    @NotThreadSafe
    private static final class Builder {

        private static final long MAX = Integer.MAX_VALUE - 8;

        private final int classCount;
        /** Of annotators who are not dense, ascending. */
        private final long[] keys;

        private final int[] denseCells;
        private final int[] firstGroups;
        private final int[] firstRows;
        private final int[] labels;
        private final int[] rows;
        private int[] givens = new int[16];
        private int[] firstCells = new int[16];
        private int[] rowLabels = new int[16];
        private int groupCount;
        private int cellCount;
        private int rowCount;

        Builder(int classCount, boolean[] isDense, long[] keys) {
            this.classCount = classCount;
            this.keys = keys;
            denseCells = new int[isDense.length];
            firstGroups = new int[isDense.length + 1];
            firstRows = new int[isDense.length + 1];
            long cells = keys.length;
            for (boolean dense : isDense) {
                cells += dense ? (long) classCount * classCount : 0;
            }
            if (cells > MAX) {
                throw new UnusableInputException("The annotators' confusion matrices have " + cells
                        + " cells in use; at most " + MAX + " are taken. Split the data set.");
            }
            labels = new int[(int) cells];
            rows = new int[(int) cells];
        }

        void build(boolean[] isDense) {
            int next = 0;
            for (int annotator = 0; annotator < isDense.length; annotator++) {
                denseCells[annotator] = isDense[annotator] ? cellCount : -1;
                if (isDense[annotator]) {
                    addDense();
                } else {
                    int end = next;
                    while (end < keys.length && keys[end] / classCount / classCount == annotator) {
                        end++;
                    }
                    addSparse(next, end);
                    next = end;
                }
                firstGroups[annotator + 1] = groupCount;
                firstRows[annotator + 1] = rowCount;
            }
            firstCells = append(firstCells, groupCount, cellCount);
            firstCells = Arrays.copyOf(firstCells, groupCount + 1);
            givens = Arrays.copyOf(givens, groupCount);
            rowLabels = Arrays.copyOf(rowLabels, rowCount);
        }

        private void addDense() {
            int firstRow = rowCount;
            for (int label = 0; label < classCount; label++) {
                addRow(label);
            }
            for (int given = 0; given < classCount; given++) {
                addGroup(given);
                for (int label = 0; label < classCount; label++) {
                    addCell(label, firstRow + label);
                }
            }
        }

        private void addSparse(int from, int to) {
            int firstRow = rowCount;
            int[] distinct = new int[to - from];
            for (int place = from; place < to; place++) {
                distinct[place - from] = (int) (keys[place] % classCount);
            }
            Arrays.sort(distinct);
            for (int place = 0; place < distinct.length; place++) {
                if (place == 0 || distinct[place] != distinct[place - 1]) {
                    addRow(distinct[place]);
                }
            }
            long last = -1;
            for (int place = from; place < to; place++) {
                long group = keys[place] / classCount;
                if (group != last) {
                    addGroup((int) (group % classCount));
                    last = group;
                }
                int label = (int) (keys[place] % classCount);
                addCell(label, Arrays.binarySearch(rowLabels, firstRow, rowCount, label));
            }
        }

        private void addGroup(int given) {
            givens = append(givens, groupCount, given);
            firstCells = append(firstCells, groupCount, cellCount);
            groupCount++;
        }

        private void addRow(int label) {
            rowLabels = append(rowLabels, rowCount, label);
            rowCount++;
        }

        private void addCell(int label, int row) {
            labels[cellCount] = label;
            rows[cellCount] = row;
            cellCount++;
        }

        private static int[] append(int[] values, int count, int value) {
            int[] room = count < values.length ? values : Arrays.copyOf(values, 2 * count);
            room[count] = value;
            return room;
        }
    }
}
