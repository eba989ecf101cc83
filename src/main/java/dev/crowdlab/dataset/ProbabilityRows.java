package dev.crowdlab.dataset;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The probabilities of each prediction row. Nearly all rows are of one length, that of the first row which has any, and stand
 * in chunks that never move, so that growing copies nothing: ten million rows of ten classes take the 800 MB of their
 * numbers. A row of another length is kept by itself. Not thread-safe while it grows.
 */
final class ProbabilityRows {

    private static final int CHUNK_CELLS = 1 << 19;
    private static final double[] NULL_ARRAY = {};

    private final List<double[]> chunks = new ArrayList<>();
    /** Rows of another length; {@link #NULL_ARRAY} itself: there is no array. */
    private final Int2ObjectOpenHashMap<double[]> others = new Int2ObjectOpenHashMap<>();

    private int rowLength;
    /** A chunk holds 2^rowBits rows. */
    private int rowBits;

    private int size;

    /** Adds a row; a length of {@link TextColumn#NULL}: there is no array. */
    void add(double[] source, int from, int length) {
        if (rowLength == 0 && length > 0) {
            rowLength = length;
            rowBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_CELLS / length));
        }
        if (length == rowLength && length > 0) {
            while (size >>> rowBits >= chunks.size()) {
                chunks.add(new double[rowLength << rowBits]);
            }
            System.arraycopy(source, from, chunks.get(size >>> rowBits), start(size), length);
        } else {
            keepApart(source, from, length);
        }
        size++;
    }

    private void keepApart(double[] source, int from, int length) {
        others.put(size, length == TextColumn.NULL ? NULL_ARRAY : Arrays.copyOfRange(source, from, from + length));
    }

    /** The row's length, or {@link TextColumn#NULL}. */
    int length(int row) {
        double[] other = apart(row);
        if (other == null) {
            return rowLength;
        }
        return isNull(other) ? TextColumn.NULL : other.length;
    }

    @SuppressWarnings("ArrayEquals") // identity: an empty array is not null
    private static boolean isNull(double[] row) {
        return row == NULL_ARRAY;
    }

    /** The array in which the row stands, from {@link #start} on. */
    double[] array(int row) {
        double[] other = apart(row);
        return other == null ? chunks.get(row >>> rowBits) : other;
    }

    /** Where in {@link #array} the row starts. */
    int start(int row) {
        return apart(row) == null ? (row & (1 << rowBits) - 1) * rowLength : 0;
    }

    /** One of the row's numbers. */
    double get(int row, int element) {
        return array(row)[start(row) + element];
    }

    private double @Nullable [] apart(int row) {
        return others.isEmpty() ? null : others.get(row);
    }
}
