package dev.crowdlab.results;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * Finds the rows with the lowest scores without sorting all of them: keeps those below a bound, and lowers the bound whenever
 * there are twice as many as wanted.
 */
final class LowestScores {

    private final int most;
    private final int[] rows;
    private final double[] scores;
    private int size;
    private double bound = Double.POSITIVE_INFINITY;

    private LowestScores(int rowCount, int most) {
        this.most = most;
        int room = (int) Math.min(rowCount, 2L * most);
        rows = new int[room];
        scores = new double[room];
    }

    /**
     * Returns the rows with the lowest scores, ascending by score, then by row.
     *
     * @param rowCount number of rows
     * @param score the score of a row; NaN and infinity leave the row out
     * @param most how many rows to return at most, at least 1
     */
    static int[] of(int rowCount, IntToDoubleFunction score, int most) {
        return of(rowCount, score, row -> true, most);
    }

    /**
     * The same of some rows only.
     *
     * @param wanted is asked for no row whose score is too high anyway
     */
    static int[] of(int rowCount, IntToDoubleFunction score, IntPredicate wanted, int most) {
        LowestScores lowest = new LowestScores(rowCount, most);
        for (int row = 0; row < rowCount; row++) {
            double found = score.applyAsDouble(row);
            if (found < lowest.bound && wanted.test(row)) {
                lowest.take(row, found);
            }
        }
        return lowest.inOrder();
    }

    private void take(int row, double score) {
        if (size == rows.length) {
            keepMost();
        }
        if (score < bound) {
            rows[size] = row;
            scores[size++] = score;
        }
    }

    /** Of equal scores at the bound the first rows stay, so that a later row has to be below it. */
    private void keepMost() {
        double[] sorted = Arrays.copyOf(scores, size);
        Arrays.sort(sorted);
        bound = sorted[most - 1];
        int equal = most;
        for (int place = 0; place < size; place++) {
            equal -= scores[place] < bound ? 1 : 0;
        }
        int kept = 0;
        for (int place = 0; place < size; place++) {
            if (scores[place] < bound || (scores[place] == bound && equal-- > 0)) {
                rows[kept] = rows[place];
                scores[kept++] = scores[place];
            }
        }
        size = kept;
    }

    private int[] inOrder() {
        if (size > most) {
            keepMost();
        }
        int[] places = new int[size];
        Arrays.setAll(places, place -> place);
        IntArrays.mergeSort(places, (left, right) -> {
            int order = Double.compare(scores[left], scores[right]);
            return order != 0 ? order : Integer.compare(left, right);
        });
        for (int rank = 0; rank < size; rank++) {
            places[rank] = rows[places[rank]];
        }
        return places;
    }
}
