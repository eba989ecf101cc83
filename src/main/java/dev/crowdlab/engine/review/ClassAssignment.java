package dev.crowdlab.engine.review;

import java.util.Arrays;

/**
 * Assigns each row of a square matrix a column of its own so that the sum is maximal: the Hungarian algorithm with
 * potentials (Kuhn 1955, Munkres 1957), in O(n³).
 */
final class ClassAssignment {

    /** [rows][columns] the cost of each assignment. */
    private final long[][] costs;

    private final long[] rowPotentials;
    private final long[] columnPotentials;
    /** [columns + 1] the row of each column; the last column is that of the row which is being assigned; -1: none. */
    private final int[] rows;

    private ClassAssignment(long[][] values) {
        int size = values.length;
        costs = new long[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                // among equal sums prefer the one with more classes in their own place
                costs[row][column] = -(values[row][column] * (size + 1) + (row == column ? 1 : 0));
            }
        }
        rowPotentials = new long[size];
        columnPotentials = new long[size + 1];
        rows = new int[size + 1];
        Arrays.fill(rows, -1);
    }

    /** Returns the column of each row. */
    static int[] best(long[][] values) {
        ClassAssignment assignment = new ClassAssignment(values);
        for (int row = 0; row < values.length; row++) {
            assignment.assign(row);
        }
        int[] columns = new int[values.length];
        for (int column = 0; column < values.length; column++) {
            columns[assignment.rows[column]] = column;
        }
        return columns;
    }

    /** Finds the cheapest chain of changes that gives the row a column. */
    private void assign(int row) {
        int size = costs.length;
        long[] slacks = new long[size];
        Arrays.fill(slacks, Long.MAX_VALUE);
        int[] before = new int[size];
        boolean[] used = new boolean[size + 1];
        int column = size;
        rows[column] = row;
        while (rows[column] >= 0) {
            used[column] = true;
            int next = nearest(column, slacks, before, used);
            shift(slacks[next], slacks, used);
            column = next;
        }
        while (column != size) {
            int previous = before[column];
            rows[column] = rows[previous];
            column = previous;
        }
        rows[size] = -1;
    }

    private int nearest(int column, long[] slacks, int[] before, boolean[] used) {
        int row = rows[column];
        int nearest = -1;
        for (int other = 0; other < slacks.length; other++) {
            if (!used[other]) {
                long slack = costs[row][other] - rowPotentials[row] - columnPotentials[other];
                if (slack < slacks[other]) {
                    slacks[other] = slack;
                    before[other] = column;
                }
                nearest = nearest < 0 || slacks[other] < slacks[nearest] ? other : nearest;
            }
        }
        return nearest;
    }

    private void shift(long slack, long[] slacks, boolean[] used) {
        for (int column = 0; column < used.length; column++) {
            if (used[column]) {
                rowPotentials[rows[column]] += slack;
                columnPotentials[column] -= slack;
            } else if (column < slacks.length) {
                slacks[column] -= slack;
            }
        }
    }
}
