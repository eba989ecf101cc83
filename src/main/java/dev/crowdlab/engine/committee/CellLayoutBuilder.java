package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.Arrays;

/** A {@link CellLayout} while it is made. */
@NotThreadSafe
final class CellLayoutBuilder {

    private static final long MAX = Integer.MAX_VALUE - 8;

    final int answerKinds;
    final int classCount;
    /** Of annotators who are not dense, ascending. */
    private final long[] keys;

    final int[] denseCells;
    final int[] firstGroups;
    final int[] firstRows;
    final int[] labels;
    final int[] rows;
    int[] givens = new int[16];
    int[] firstCells = new int[16];
    int[] rowLabels = new int[16];
    private int groupCount;
    private int cellCount;
    private int rowCount;

    CellLayoutBuilder(int answerKinds, int classCount, boolean[] isDense, long[] keys) {
        this.answerKinds = answerKinds;
        this.classCount = classCount;
        this.keys = keys;
        denseCells = new int[isDense.length];
        firstGroups = new int[isDense.length + 1];
        firstRows = new int[isDense.length + 1];
        long cells = keys.length;
        for (boolean dense : isDense) {
            cells += dense ? (long) answerKinds * classCount : 0;
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
                while (end < keys.length && keys[end] / classCount / answerKinds == annotator) {
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
        for (int given = 0; given < answerKinds; given++) {
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
                addGroup((int) (group % answerKinds));
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
