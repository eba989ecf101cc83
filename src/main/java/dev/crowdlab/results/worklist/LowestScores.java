package dev.crowdlab.results.worklist;

import java.nio.DoubleBuffer;
import java.util.function.IntPredicate;

/**
 * Finds the rows with the lowest scores without sorting all of them: keeps as many as are wanted in a heap, whose top
 * is the bound for the rows that follow.
 */
final class LowestScores {

    private static final int BLOCK = 4_096;

    private final int most;
    /** A heap with the highest score, and of equal ones the last row, at its top. */
    private final int[] rows;

    private final double[] scores;
    private int size;
    private double bound = Double.POSITIVE_INFINITY;

    private LowestScores(int rowCount, int most) {
        this.most = most;
        rows = new int[Math.min(rowCount, most)];
        scores = new double[rows.length];
    }

    /**
     * Returns the rows with the lowest scores, ascending by score, then by row.
     *
     * @param scores [rows], read from its start to its limit; NaN and infinity leave the row out
     * @param most how many rows to return at most, at least 1
     */
    static int[] of(DoubleBuffer scores, int most) {
        return of(scores, row -> true, most);
    }

    /**
     * The same of some rows only.
     *
     * @param wanted is asked for no row whose score is too high anyway
     */
    static int[] of(DoubleBuffer scores, IntPredicate wanted, int most) {
        LowestScores lowest = new LowestScores(scores.limit(), most);
        double[] block = new double[Math.min(BLOCK, scores.limit())];
        for (int from = 0; from < scores.limit(); from += BLOCK) {
            int length = Math.min(BLOCK, scores.limit() - from);
            scores.get(from, block, 0, length);
            lowest.take(from, block, length, wanted);
        }
        return lowest.inOrder();
    }

    private void take(int from, double[] block, int length, IntPredicate wanted) {
        for (int place = 0; place < length; place++) {
            if (block[place] < bound && wanted.test(from + place)) {
                take(from + place, block[place]);
            }
        }
    }

    /** Of equal scores at the bound the first rows stay, so that a later row has to be below it. */
    private void take(int row, double score) {
        if (size < most) {
            rise(size++, row, score);
        } else {
            sink(row, score);
        }
        bound = size < most ? bound : scores[0];
    }

    private void rise(int from, int row, double score) {
        int place = from;
        for (int parent = (place - 1) / 2; place > 0 && isAfter(row, score, parent); parent = (place - 1) / 2) {
            put(place, rows[parent], scores[parent]);
            place = parent;
        }
        put(place, row, score);
    }

    /** Replaces the top. */
    private void sink(int row, double score) {
        int place = 0;
        for (int child = laterChild(place); child < size && !isAfter(row, score, child); child = laterChild(place)) {
            put(place, rows[child], scores[child]);
            place = child;
        }
        put(place, row, score);
    }

    private int laterChild(int place) {
        int child = 2 * place + 1;
        return child + 1 < size && isAfter(rows[child + 1], scores[child + 1], child) ? child + 1 : child;
    }

    private boolean isAfter(int row, double score, int place) {
        return score > scores[place] || (score == scores[place] && row > rows[place]);
    }

    private void put(int place, int row, double score) {
        rows[place] = row;
        scores[place] = score;
    }

    private int[] inOrder() {
        int[] ordered = new int[size];
        while (size > 0) {
            ordered[size - 1] = rows[0];
            size--;
            sink(rows[size], scores[size]);
        }
        return ordered;
    }
}
