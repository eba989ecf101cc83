package dev.crowdlab.engine.pass;

import java.util.Arrays;

/** Rows (example, annotator, class) brought into the order of {@link Annotations}. */
final class AnnotationRowSorter {

    private static final int EXAMPLE = 0;
    private static final int ANNOTATOR = 1;
    private static final int LABEL = 2;
    private static final String[] COLUMNS = {"example", "annotator", "class"};

    private final int[][] rows;

    /**
     * Checks and sorts the rows.
     *
     * @param bounds what each column must stay below
     * @param rows [annotations × 3] in any order; not modified
     */
    AnnotationRowSorter(int[] bounds, int[][] rows) {
        this.rows = rows.clone();
        for (int row = 0; row < rows.length; row++) {
            checkRow(row, bounds);
        }
        Arrays.sort(this.rows, AnnotationRowSorter::compare);
        checkNeighbors();
    }

    private static int compare(int[] row, int[] other) {
        int examples = Integer.compare(row[EXAMPLE], other[EXAMPLE]);
        return examples == 0 ? Integer.compare(row[ANNOTATOR], other[ANNOTATOR]) : examples;
    }

    private void checkRow(int row, int[] bounds) {
        if (rows[row].length != COLUMNS.length) {
            throw new IllegalArgumentException(
                    "row " + row + " has " + rows[row].length + " numbers; it must have 3: example, annotator, class");
        }
        for (int column = 0; column < COLUMNS.length; column++) {
            int value = rows[row][column];
            if (value < 0 || value >= bounds[column]) {
                throw new IllegalArgumentException("row " + row + " holds " + COLUMNS[column] + " " + value
                        + "; it must be at least 0 and below " + bounds[column]
                        + (column == EXAMPLE ? ", since every example needs a row" : ""));
            }
        }
    }

    private void checkNeighbors() {
        int[] previous = {-1, -1, -1};
        for (int[] row : rows) {
            if (row[EXAMPLE] > previous[EXAMPLE] + 1) {
                throw new IllegalArgumentException("example " + (previous[EXAMPLE] + 1)
                        + " has no row, but example " + row[EXAMPLE]
                        + " has; number the examples that have rows from 0 on");
            }
            if (compare(row, previous) == 0) {
                throw new IllegalArgumentException("annotator " + row[ANNOTATOR] + " labels example " + row[EXAMPLE]
                        + " twice, as " + previous[LABEL] + " and " + row[LABEL] + "; give it one label");
            }
            previous = row;
        }
    }

    /** Returns [examples + 1] the first row of each example, then the number of rows. */
    int[] offsets() {
        int exampleCount = rows.length == 0 ? 0 : rows[rows.length - 1][EXAMPLE] + 1;
        int[] offsets = new int[exampleCount + 1];
        for (int row = 0; row < rows.length; row++) {
            offsets[rows[row][EXAMPLE] + 1] = row + 1;
        }
        return offsets;
    }

    /** Returns [rows] the annotators. */
    int[] annotators() {
        return column(ANNOTATOR);
    }

    /** Returns [rows] the classes. */
    int[] labels() {
        return column(LABEL);
    }

    private int[] column(int column) {
        int[] values = new int[rows.length];
        Arrays.setAll(values, row -> rows[row][column]);
        return values;
    }
}
