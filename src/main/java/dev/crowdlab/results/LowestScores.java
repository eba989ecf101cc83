package dev.crowdlab.results;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import it.unimi.dsi.fastutil.ints.IntHeapPriorityQueue;
import java.util.function.IntToDoubleFunction;

/** Finds the rows with the lowest scores without sorting all of them. */
final class LowestScores {

    private LowestScores() {}

    /**
     * Returns the rows with the lowest scores, ascending by score, then by row.
     *
     * @param rowCount number of rows
     * @param score the score of a row; NaN leaves the row out
     * @param most how many rows to return at most, at least 1
     */
    static int[] of(int rowCount, IntToDoubleFunction score, int most) {
        IntComparator ascending = (left, right) -> {
            int scores = Double.compare(score.applyAsDouble(left), score.applyAsDouble(right));
            return scores != 0 ? scores : Integer.compare(left, right);
        };
        // the first of the queue is the row that the next better one drives out
        IntHeapPriorityQueue lowest = new IntHeapPriorityQueue(Math.min(rowCount, most), ascending.reversed());
        double bound = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rowCount; row++) {
            if (score.applyAsDouble(row) < bound) {
                if (lowest.size() == most) {
                    lowest.dequeueInt();
                }
                lowest.enqueue(row);
                bound = lowest.size() == most ? score.applyAsDouble(lowest.firstInt()) : bound;
            }
        }
        int[] rows = new int[lowest.size()];
        for (int place = 0; place < rows.length; place++) {
            rows[place] = lowest.dequeueInt();
        }
        return IntArrays.reverse(rows);
    }
}
