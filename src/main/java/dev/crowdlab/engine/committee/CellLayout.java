package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.vote.Votes;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Where {@link Committee} keeps the confusion matrices of the annotators: a cell for each annotator, given class and
 * true class. Where annotators abstain, that is a given class of its own, the last, and never a true one. An annotator with at least as many answers as half the pairs of classes has all cells (is dense); another
 * has only those that occur, so that there are at most twice as many cells as annotations or as pairs of annotation and
 * candidate.
 *
 * <p>Cells are numbered from 0 on by annotator, given class and true class. Those of one annotator and given class are
 * a group. A row is an annotator and a true class; rows are numbered by both. Immutable; safe for use by many threads.
 */
final class CellLayout implements Serializable {

    private final int answerKinds;
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

    private CellLayout(CellLayoutBuilder builder) {
        answerKinds = builder.answerKinds;
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
    static boolean[] dense(Votes votes, int classCount) {
        long pairs = (long) votes.answerKindCount() * classCount;
        boolean[] isDense = new boolean[votes.annotatorCount()];
        for (int annotator = 0; annotator < isDense.length; annotator++) {
            isDense[annotator] = 2 * votes.answerCount(annotator) >= pairs;
        }
        return isDense;
    }

    /**
     * Returns the layout.
     *
     * @param answerKinds the classes, and abstaining if anybody does
     * @param isDense [annotators] who has all cells; not modified
     * @param keys the cells of the others
     * @throws UnusableInputException if there are more than 2,147,483,647 cells
     */
    static CellLayout of(int answerKinds, int classCount, boolean[] isDense, CellKeys keys) {
        CellLayoutBuilder builder = new CellLayoutBuilder(answerKinds, classCount, isDense, keys.sorted());
        builder.build(isDense);
        return new CellLayout(builder);
    }

    int annotatorCount() {
        return denseCells.length;
    }

    int classCount() {
        return classCount;
    }

    /** Returns the number of classes that may be given: the classes, and one more for abstaining if anybody does. */
    int answerKinds() {
        return answerKinds;
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
}
